package io.holdfast.projector.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.projector.history.HistoryTable;
import io.holdfast.projector.support.Await;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.Play;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * From a broker into a database, with all that can come in between. It holds wherever they come
 * from: each way of having them is a class of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProjectionContract {
  private static final int EVENTS = 5_000;

  final Parts parts;
  private SimpleMeterRegistry meters = new SimpleMeterRegistry();

  ProjectionContract(Parts parts) {
    this.parts = parts;
  }

  @BeforeEach
  void empty() {
    parts.reset();
    meters = new SimpleMeterRegistry();
  }

  private Book played(String network, long seed) {
    return new Play(seed, new Book(parts.codec(), network), "10.0.0.0/24", 900)
        .until(EVENTS)
        .book();
  }

  private Projector projector() {
    return Projector.start(parts.consumers(), parts.database(), parts.codec(), meters);
  }

  private void awaitEvents(String network, long count) throws Exception {
    Await.until(count + " events of " + network, () -> count(network) >= count);
  }

  private long count(String network) {
    try {
      return parts.count(
          "SELECT count(*) FROM event JOIN network n ON n.id = network WHERE n.name = '"
              + network
              + "'");
    } catch (SQLException e) {
      return 0; // no schema yet
    }
  }

  /** Every row of every table that the log makes, as one hash. */
  private String fingerprint() throws SQLException {
    List<String> all = new ArrayList<>();
    all.add(
        parts.text("SELECT md5(string_agg(t::text, '|' ORDER BY network, sequence)) FROM event t"));
    all.add(
        parts.text(
            "SELECT md5(string_agg(t::text, '|' ORDER BY \"partition\", \"offset\")) FROM"
                + " refusal t"));
    for (HistoryTable table : HistoryTable.values()) {
      all.add(
          parts.text(
              "SELECT md5(string_agg(t::text, '|' ORDER BY network, from_seq)) FROM "
                  + table.sqlName()
                  + " t"));
    }
    return all.toString();
  }

  @Test
  void abortedRecordsAreNotThereAndARebuildMakesTheSameRows() throws Exception {
    Book book = played("net", 1);
    Book never = played("never", 2);
    parts.produce("net", book.events().subList(0, 2_000), book.outcomes());
    parts.produce("never", never.events(), never.outcomes(), false);
    parts.produce("net", book.events().subList(2_000, book.events().size()), List.of());
    try (Projector projector = projector()) {
      awaitEvents("net", book.events().size());
      Await.until("no lag", () -> projector.progress().lag() == 0);
    }
    assertThat(parts.count("SELECT count(*) FROM network")).isEqualTo(1);
    assertThat(parts.count("SELECT count(*) FROM alarm")).isZero();
    String before = fingerprint();

    // Refusals that the topic has no longer are all that there is of them.
    parts.execute(
        "INSERT INTO refusal SELECT \"partition\", -1, network, 0, at, 'old', command, actor,"
            + " repeated, dry_run, code, message, field, value, allowed, details FROM refusal LIMIT"
            + " 1");
    try (Projector projector =
        Projector.start(parts.consumers(), parts.database(), parts.codec(), meters, Rebuild.ALL)) {
      Await.until(
          "rebuilt", () -> projector.progress().total() > 0 && projector.progress().lag() == 0);
    }
    assertThat(parts.count("SELECT count(*) FROM refusal WHERE command_id = 'old'")).isEqualTo(1);
    parts.execute("DELETE FROM refusal WHERE command_id = 'old'");
    assertThat(fingerprint()).isEqualTo(before);
  }

  @Test
  void aBrokenChainStopsItsNetworkAndTheOthersGoOn() throws Exception {
    Book good = played("good", 3);
    Book bad = played("bad", 4);
    List<byte[]> holed = new ArrayList<>(bad.events());
    holed.remove(1_234);
    parts.produce("bad", holed, List.of());
    parts.produce("good", good.events(), List.of());
    try (Projector projector = projector()) {
      awaitEvents("good", good.events().size());
      Await.until("no lag", () -> projector.progress().lag() == 0);
    }
    assertThat(count("bad")).isEqualTo(1_234);
    assertThat(parts.text("SELECT kind || ' ' || network || ': ' || message FROM alarm"))
        .isEqualTo("BROKEN_CHAIN bad: event 1235 is missing: event 1236 follows");
    assertThat(parts.count("SELECT count(*) FROM network WHERE stopped_at IS NOT NULL"))
        .isEqualTo(1);
    assertThat(
            Objects.requireNonNull(meters.find("holdfast.projector.stopped.networks").gauge())
                .value())
        .isEqualTo(1);
    assertThat(
            Objects.requireNonNull(
                    meters.find("holdfast.projector.alarms").tag("kind", "BROKEN_CHAIN").counter())
                .count())
        .isEqualTo(1);
  }

  /** Somebody had written into the database; the log is right. */
  @Test
  void aStoppedNetworkIsMadeAnewAndGoesOnWithTheOthers() throws Exception {
    Book good = played("good", 13);
    Book bad = played("bad", 14);
    int half = EVENTS / 2;
    parts.produce("good", good.events().subList(0, half), good.outcomes());
    parts.produce("bad", bad.events().subList(0, half), bad.outcomes());
    try (Projector projector = projector()) {
      awaitEvents("bad", half);
      Await.until("no lag", () -> projector.progress().lag() == 0);
    }
    parts.execute(
        "UPDATE network SET hash = decode(repeat('ab', 32), 'hex') WHERE name = 'bad';"
            + "DELETE FROM tenure WHERE network = (SELECT id FROM network WHERE name = 'bad')");
    parts.produce("bad", bad.events().subList(half, half + 100), List.of());
    parts.produce("good", good.events().subList(half, half + 100), List.of());
    try (Projector projector = projector()) {
      awaitEvents("good", half + 100);
      Await.until("no lag", () -> projector.progress().lag() == 0);
    }
    assertThat(parts.text("SELECT kind || ' ' || network FROM alarm"))
        .isEqualTo("BROKEN_CHAIN bad");
    assertThat(count("bad")).isEqualTo(half);

    try (Projector projector =
        Projector.start(
            parts.consumers(),
            parts.database(),
            parts.codec(),
            meters,
            Rebuild.of(Set.of("bad")))) {
      awaitEvents("bad", half + 100);
      parts.produce("bad", bad.events().subList(half + 100, bad.events().size()), List.of());
      parts.produce("good", good.events().subList(half + 100, good.events().size()), List.of());
      awaitEvents("bad", bad.events().size());
      awaitEvents("good", good.events().size());
      Await.until("no lag", () -> projector.progress().lag() == 0);
    }
    assertThat(parts.count("SELECT count(*) FROM network WHERE stopped_at IS NOT NULL")).isZero();
    assertThat(parts.count("SELECT count(*) FROM alarm")).isEqualTo(1);
    String rebuilt = fingerprint();
    try (Projector projector =
        Projector.start(parts.consumers(), parts.database(), parts.codec(), meters, Rebuild.ALL)) {
      Await.until("all", () -> projector.progress().total() > 0 && projector.progress().lag() == 0);
    }
    assertThat(rebuilt).isEqualTo(fingerprint());
  }

  @Test
  void twoHoldersOfOneAddressAreRefusedByTheDatabase() throws Exception {
    Book good = played("good", 5);
    Book bad = played("bad", 6);
    parts.produce("bad", bad.events().subList(0, 2_500), List.of());
    try (Projector projector = projector()) {
      awaitEvents("bad", 2_500);
      Await.until("no lag", () -> projector.progress().lag() == 0);
    }
    assertThatThrownBy(() ->
            parts.execute(
                "INSERT INTO tenure (network, item, from_seq, from_at, ip, tenure, pool, tenant,"
                    + " kind, namespace, name, uid) SELECT network, 'another', 1000000, from_at, ip,"
                    + " 1000000, pool, 't', 'k', '', 'n', '' FROM tenure WHERE gone_seq IS NULL"
                    + " LIMIT 1"))
        .as("whatever the projector calls them")
        .hasMessageContaining("one_holder");
    // Somebody else had, according to the database, all addresses all the time.
    parts.execute(
        "INSERT INTO tenure (network, item, from_seq, from_at, ip, tenure, pool, tenant, kind,"
            + " namespace, name, uid, gone_seq, gone_at, to_seq, to_at) SELECT id, 'x' || g,"
            + " 1000000 + g, '2026-01-01', ('10.0.0.' || g)::inet, 1000000 + g, 'p4', 't', 'k', '',"
            + " 'n', '', 2000000, '2027-01-01', 2000000, '2027-01-01' FROM network,"
            + " generate_series(1, 254) g WHERE name = 'bad' AND NOT EXISTS (SELECT FROM tenure t"
            + " WHERE t.network = id AND t.ip = ('10.0.0.' || g)::inet)");
    parts.execute(
        "UPDATE tenure SET gone_at = '2027-01-01', to_at = '2027-01-01' WHERE gone_seq IS NOT NULL"
            + " AND from_seq = (SELECT max(from_seq) FROM tenure t WHERE t.ip = tenure.ip AND"
            + " t.network = tenure.network)");
    parts.produce("bad", bad.events().subList(2_500, bad.events().size()), List.of());
    parts.produce("good", good.events(), List.of());
    try (Projector projector = projector()) {
      awaitEvents("good", good.events().size());
      Await.until("no lag", () -> projector.progress().lag() == 0);
    }
    assertThat(parts.text("SELECT kind || ' ' || network || ' ' || message FROM alarm"))
        .startsWith("CONFLICT bad ")
        .contains("one_holder");
    long stoppedAfter = parts.count("SELECT sequence FROM network WHERE name = 'bad'");
    long named = parts.count("SELECT sequence FROM alarm");
    assertThat(named).isEqualTo(stoppedAfter + 1);
    assertThat(bad.messages().get((int) named - 1).body())
        .isInstanceOf(io.holdfast.domain.event.Event.EipAllocated.class);
    assertThat(count("bad")).isEqualTo(stoppedAfter);
  }

  @Test
  void aDatabaseThatGoesAwayIsWaitedFor() throws Exception {
    Book book = played("net", 8);
    try (Projector projector = projector()) {
      parts.produce("net", book.events().subList(0, 1_000), List.of());
      awaitEvents("net", 1_000);
      parts.withoutDatabase(() -> {
        parts.produce("net", book.events().subList(1_000, book.events().size()), List.of());
        try {
          Await.until("the projector notices", () -> !projector.trouble().isEmpty());
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      });
      awaitEvents("net", book.events().size());
      Await.until("no trouble", () -> projector.trouble().isEmpty());
    }
    assertThat(count("net")).isEqualTo(book.events().size());
    assertThat(parts.count("SELECT count(*) FROM alarm")).isZero();
  }

  @Test
  void aSecondProjectorWaitsForTheFirst() throws Exception {
    Book book = played("net", 9);
    parts.produce("net", book.events(), List.of());
    Projector first = projector();
    try (Projector second = secondAfter(first, book)) {
      Await.until("it waits", () -> second.trouble().contains("another projector"));
      first.close();
      Await.until("its turn", () -> second.trouble().isEmpty());
    } finally {
      first.close();
    }
    assertThat(count("net")).isEqualTo(book.events().size());
  }

  private Projector secondAfter(Projector first, Book book) throws Exception {
    awaitEvents("net", book.events().size());
    assertThat(first.trouble()).isEmpty();
    return projector();
  }
}
