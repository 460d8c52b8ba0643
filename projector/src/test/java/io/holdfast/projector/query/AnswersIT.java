package io.holdfast.projector.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.Lens;
import io.holdfast.domain.view.Readiness;
import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.project.Projector;
import io.holdfast.projector.support.Await;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.Play;
import io.holdfast.projector.support.SharedParts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 200,000 random events; what the database says of them, and what a naive fold says. */
@ExtendWith(SharedParts.class)
class AnswersIT {
  private static final int EVENTS = 200_000;
  private static final int QUESTIONS = 10_000;

  private static Parts parts;
  private static Play play;
  private static AuditDatabase.ReaderPool readers;
  private static AuditQueries queries;

  @BeforeAll
  static void project(Parts shared) throws Exception {
    parts = shared;
    play = new Play(7, new Book(parts.codec(), "net"), "10.0.0.0/22", 700).until(EVENTS);
    Book book = play.book();
    for (int i = 0; i < book.events().size(); i += 5_000) {
      parts.produce(
          "net",
          book.events().subList(i, Math.min(i + 5_000, book.events().size())),
          i == 0 ? book.outcomes() : List.of());
    }
    try (Projector projector =
        Projector.start(
            parts.consumers(), parts.database(), parts.codec(), new SimpleMeterRegistry())) {
      Await.until("all projected", () -> projector.progress().events() >= book.events().size());
    }
    assertThat(parts.text("SELECT string_agg(message, ' ') FROM alarm")).isEqualTo("null");
    readers = parts.database().readers();
    queries = new AuditQueries(readers.source());
  }

  @AfterAll
  static void stop() {
    readers.close();
  }

  private static Instant some(Random random) {
    long span = play.head().time() - Play.START;
    // Mostly the very millisecond of an event: that is where two answers meet.
    List<?> all = play.book().messages();
    return Instant.ofEpochMilli(
        random.nextInt(3) > 0
            ? play.book().messages().get(random.nextInt(all.size())).meta().time()
            : Play.START - 1_000 + random.nextLong(span + 2_000));
  }

  @Test
  void whoHadIsWhatANaiveFoldSays() {
    NaiveFold naive = new NaiveFold(play.book());
    List<IpAddress> ips = naive.addresses();
    Random random = new Random(99);
    long[] took = new long[QUESTIONS];
    for (int i = 0; i < QUESTIONS; i++) {
      IpAddress ip = ips.get(random.nextInt(ips.size()));
      Instant at = some(random);
      long began = System.nanoTime();
      JsonNode item = queries.whoHad("net", ip, at, null, null).path("items").path(0);
      took[i] = System.nanoTime() - began;
      assertThat(text(item)).as("%s at %s", ip, at).isEqualTo(naive.at(ip, at.toEpochMilli()));
    }
    Arrays.sort(took);
    System.out.printf(
        "who-had: p50 %.2f ms, p99 %.2f ms%n",
        took[QUESTIONS / 2] / 1e6, took[QUESTIONS * 99 / 100] / 1e6);
  }

  private static String text(JsonNode item) {
    String phase = item.path("phase").asText();
    if (!item.has("owner")) {
      return phase;
    }
    JsonNode o = item.path("owner");
    String fip = "";
    for (JsonNode rule : item.path("rules")) {
      if (rule.path("kind").asText().equals("Fip") && !rule.path("leaving").asBoolean()) {
        fip = " " + rule.path("inside").asText();
      }
    }
    return phase
        + " "
        + item.path("began").path("sequence").asLong()
        + " "
        + o.path("tenant").asText()
        + "/Pod/shop/"
        + o.path("name").asText()
        + fip;
  }

  @Test
  void theStateAtTheEndIsTheStoresState() {
    Instant end = Instant.ofEpochMilli(play.head().time());
    List<String> told = new ArrayList<>();
    Page page = new Page(500, "");
    while (page != null) {
      ObjectNode answer = queries.state("net", end, null, page);
      answer.path("items").forEach(item -> told.add(line(item)));
      page = answer.has("next") ? new Page(500, answer.path("next").asText()) : null;
    }
    List<String> expected = new ArrayList<>();
    Lens lens = new Lens(play.state());
    play.state()
        .addresses()
        .scan(
            IpAddress.parse("0.0.0.0"),
            IpAddress.parse("ffff::"),
            (ip, address) -> {
              if (address.phase() != Phase.FREE) {
                expected.add(line(lens, ip, address));
              }
              return true;
            });
    assertThat(told).hasSizeGreaterThan(100).containsExactlyElementsOf(expected);
  }

  private static String line(JsonNode item) {
    TreeSet<String> rules = new TreeSet<>();
    item.path("rules").forEach(r -> rules.add(r.path("rule").asText() + r.path("target").asText()));
    return item.path("ip").asText()
        + " "
        + item.path("phase").asText()
        + " "
        + item.path("owner").path("name").asText()
        + " on "
        + item.path("gateway").asText()
        + (item.path("ready").asBoolean() ? " ready " : " ")
        + rules;
  }

  private static String line(Lens lens, IpAddress ip, Address address) {
    TreeSet<String> rules = new TreeSet<>();
    play.state()
        .rules()
        .scan(
            new io.holdfast.domain.model.RuleKey(ip, ""),
            new io.holdfast.domain.model.RuleKey(ip, "~"),
            (key, rule) -> {
              if (rule.wanted()) {
                rules.add(key.rule() + rule.spec().target());
              }
              return true;
            });
    String phase =
        switch (address.phase()) {
          case FREE -> "Free";
          case ALLOCATED -> "Allocated";
          case RELEASING -> "Releasing";
          case COOLING_DOWN -> "CoolingDown";
          case QUARANTINED -> "Quarantined";
          case RESERVED -> "Reserved";
        };
    var tenancy = address.tenancy();
    String on = tenancy == null || address.phase() != Phase.ALLOCATED ? null : tenancy.gateway();
    return ip
        + " "
        + phase
        + " "
        + (tenancy == null ? "" : tenancy.owner().name())
        + " on "
        + (on == null ? "" : on)
        + (Readiness.of(lens, ip, address).ready() ? " ready " : " ")
        + rules;
  }

  @Test
  void anInternalAddressLeadsToWhoeverWasInFrontOfIt() {
    Random random = new Random(5);
    int found = 0;
    for (int i = 0; i < 300; i++) {
      Instant at = some(random);
      IpAddress inside = IpAddress.parse("10.0.0." + (1 + random.nextInt(250)));
      for (JsonNode item : queries.behind("net", inside, at, null, null, "vpc").path("items")) {
        IpAddress ip = IpAddress.parse(item.path("ip").asText());
        JsonNode there = queries.whoHad("net", ip, at, null, null).path("items").path(0);
        assertThat(there.path("began")).isEqualTo(item.path("began"));
        assertThat(there.path("rules").findValuesAsText("inside")).contains(inside.toString());
        found++;
      }
    }
    assertThat(found).isPositive();
  }

  @Test
  void aDiffSaysWhatDiffers() {
    Instant from = Instant.ofEpochMilli(play.head().time() - 60_000);
    Instant to = Instant.ofEpochMilli(play.head().time());
    NaiveFold naive = new NaiveFold(play.book());
    TreeSet<String> told = new TreeSet<>();
    JsonNode diff = queries.diff("net", from, to, new Page(Page.MAX, ""));
    diff.path("items").forEach(item -> told.add(item.path("ip").asText()));
    TreeSet<String> expected = new TreeSet<>();
    for (IpAddress ip : naive.addresses()) {
      if (!naive.at(ip, from.toEpochMilli()).equals(naive.at(ip, to.toEpochMilli()))) {
        expected.add(ip.toString());
      }
    }
    // Moves to another gateway differ too, and the naive fold does not look at them.
    assertThat(told).containsAll(expected);
  }

  @Test
  void historyComesInPagesAndInOrder() {
    IpAddress ip = new NaiveFold(play.book()).addresses().getFirst();
    List<Long> all = new ArrayList<>();
    Page page = new Page(7, "");
    while (page != null) {
      JsonNode answer = queries.historyOfIp("net", ip, page);
      answer.path("items").forEach(e -> all.add(e.path("sequence").asLong()));
      page = answer.has("next") ? new Page(7, answer.path("next").asText()) : null;
    }
    List<Long> expected =
        play.book().messages().stream()
            .filter(m ->
                ip.equals(
                    io.holdfast.projector.history.Subjects.of(
                            (io.holdfast.domain.event.Event) m.body())
                        .ip()))
            .map(m -> m.meta().sequence())
            .toList();
    assertThat(all).hasSizeGreaterThan(10).isEqualTo(expected);
  }

  @Test
  void refusalsAreThere() {
    JsonNode refused =
        queries.refused(
            "net", Instant.EPOCH, Instant.parse("2027-01-01T00:00:00Z"), "InUse", null, Page.FIRST);
    assertThat(refused.path("items")).isNotEmpty();
    refused.path("items").forEach(r -> assertThat(r.path("code").asText()).isEqualTo("InUse"));
  }

  /** What the constraint cannot find, it cannot refuse. */
  @Test
  void theIndexThatRefusesTwoHoldersHasEveryTenure() throws SQLException {
    try (Connection connection = DriverManager.getConnection(parts.jdbcUrl());
        Statement statement = connection.createStatement()) {
      // Only a bitmap is left, and only this index can make one of that condition.
      statement.execute(
          "SET enable_seqscan = off; SET enable_indexscan = off; SET enable_indexonlyscan = off");
      String all = "SELECT count(from_at) FROM tenure WHERE occupied && '(,)'";
      assertThat(lines(statement, "EXPLAIN " + all)).anyMatch(l -> l.contains("one_holder"));
      assertThat(lines(statement, all))
          .containsExactly(parts.text("SELECT count(*) FROM tenure WHERE NOT isempty(occupied)"));
    }
  }

  private static List<String> lines(Statement statement, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }

  @Test
  void anUnknownNetworkIsSaid() {
    assertThatThrownBy(() -> queries.historyOfGateway("no-such", "gw-1", Page.FIRST))
        .hasMessage("network no-such has no events here");
  }
}
