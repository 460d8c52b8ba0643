package io.holdfast.projector.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.log.LogScan;
import io.holdfast.projector.project.Projector;
import io.holdfast.projector.support.Await;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Ids;
import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.Play;
import io.holdfast.projector.support.SharedParts;
import io.holdfast.wire.Contract;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Log, live head and database against each other; what was tampered with is named. */
@ExtendWith(SharedParts.class)
class VerifyIT {
  @TempDir static Path dir;
  private static Parts parts;
  private static Play play;

  @BeforeAll
  static void project(Parts shared) throws Exception {
    parts = shared;
    play = new Play(21, new Book(parts.codec(), "net"), "10.0.0.0/24", 900).until(10_000);
    parts.produce("net", play.book().events(), play.book().outcomes());
    try (Projector projector =
        Projector.start(
            parts.consumers(), parts.database(), parts.codec(), new SimpleMeterRegistry())) {
      Await.until("all", () -> projector.progress().events() >= play.book().events().size());
    }
  }

  private static LogScan log() {
    return new LogScan(parts.consumers(), new EntryReader(parts.codec()));
  }

  private static Verifier.Verdict verify(HeadAt live) throws SQLException {
    try (DatabaseSnapshot database = DatabaseSnapshot.open(parts.database())) {
      return new Verifier(log(), Map.of("net", live), Optional.of(database))
          .run(Optional.of("net"), (done, total) -> {})
          .getFirst();
    }
  }

  private static HeadAt head() {
    return new HeadAt(
        play.head().sequence(), Folding.hex(play.head().digest()), play.book().last().toString());
  }

  private static Fault afterSql(String tamper, String undo) throws SQLException {
    parts.execute(tamper);
    try {
      return Objects.requireNonNull(verify(head()).fault(), "nothing was found");
    } finally {
      parts.execute(undo);
    }
  }

  @Test
  void aWholeRecordIsWholeEverywhere() throws Exception {
    Verifier.Verdict verdict = verify(head());

    assertThat(verdict.fault()).isNull();
    assertThat(verdict.events()).isEqualTo(play.book().events().size());
    assertThat(verdict.liveAt()).isEqualTo(verdict.events());
    assertThat(verdict.databaseAt()).isEqualTo(verdict.events());
    assertThat(verdict.digest()).isEqualTo(Folding.hex(play.head().digest()));
  }

  @Test
  void liveStoresThatDifferAreFound() throws Exception {
    Fault fault =
        verify(
                new HeadAt(
                    play.head().sequence(), "00000000deadbeef", play.book().last().toString()))
            .fault();

    assertThat(fault).isNotNull().extracting(Fault::kind).isEqualTo(Fault.Kind.LIVE);
  }

  @Test
  void tamperedRowsAreNamedByTheirEvents() throws Exception {
    Fault payload =
        afterSql(
            "UPDATE event SET payload = payload || '{\"ip\":\"10.9.9.9\"}' WHERE sequence = 777",
            "UPDATE event SET payload = payload || jsonb_build_object('ip', host(ip)) WHERE"
                + " sequence = 777 AND ip IS NOT NULL;UPDATE event SET payload = payload - 'ip'"
                + " WHERE sequence = 777 AND ip IS NULL");
    assertThat(payload.sequence()).isEqualTo(777);
    assertThat(payload.kind()).isEqualTo(Fault.Kind.DATABASE);

    Fault owner =
        afterSql(
            "UPDATE tenure SET tenant = tenant || 'x' WHERE from_seq = (SELECT max(from_seq) FROM"
                + " tenure)",
            "UPDATE tenure SET tenant = left(tenant, -1) WHERE from_seq = (SELECT max(from_seq)"
                + " FROM tenure)");
    assertThat(owner.sequence()).isEqualTo(parts.count("SELECT max(from_seq) FROM tenure"));
    assertThat(owner.message()).contains("another tenant").contains("tenure");

    Fault deleted =
        afterSql(
            "CREATE TABLE kept AS SELECT network, sequence FROM event WHERE sequence = 4000;"
                + "UPDATE event SET network = -1 WHERE sequence = 4000",
            "UPDATE event e SET network = k.network FROM kept k WHERE e.network = -1; DROP TABLE"
                + " kept");
    assertThat(deleted.sequence()).isEqualTo(4_000);
    assertThat(verify(head()).fault()).isNull();
  }

  /** Whoever can write to the topic cannot do so unseen. */
  @Test
  void whatWasDoneToTheLogIsNamed() throws Exception {
    Map<String, Long> at = new TreeMap<>();
    Random random = new Random(4);
    for (String what : List.of("deleted", "doubled", "edited", "swapped")) {
      Book book =
          new Play(random.nextInt(99), new Book(parts.codec(), what), "10.0.0.0/24", 900)
              .until(2_000)
              .book();
      List<byte[]> log = new ArrayList<>(book.events());
      int i = 1 + random.nextInt(log.size() - 3);
      switch (what) {
        case "deleted" -> log.remove(i);
        case "doubled" -> log.add(i, log.get(i));
        case "swapped" -> Collections.swap(log, i, i + 1);
        default -> log.set(i, withAnotherActor(book, i));
      }
      at.put(what, i + 1L);
      parts.produce(what, log, List.of());
    }
    parts.settle();
    Map<String, Long> named = new TreeMap<>();
    for (Verifier.Verdict v :
        new Verifier(log(), Map.of(), Optional.empty())
            .run(Optional.empty(), (done, total) -> {})) {
      if (v.fault() != null) {
        named.put(v.network(), v.fault().sequence());
      }
    }
    assertThat(named).isEqualTo(at);
  }

  private static byte[] withAnotherActor(Book book, int i) {
    Message<EventMeta, ?> was = book.messages().get(i);
    EventMeta m = was.meta();
    EventMeta other =
        new EventMeta(
            m.network(),
            m.sequence(),
            m.time(),
            m.previousHash(),
            m.digest(),
            "somebody-else",
            m.reason(),
            m.causeKind(),
            m.cause());
    return parts.codec().encode(Contract.EVENTS, new Message<>(other, was.body()));
  }

  @Test
  void replayStopsWhereItIsTold() {
    Folding all = new Replay(log()).run("net", Replay.Until.END, (done, total) -> {});
    assertThat(all.fault()).isNull();
    assertThat(all.digest()).isEqualTo(play.head().digest());

    Folding some = new Replay(log()).run("net", Replay.Until.parse("1500"), (done, total) -> {});
    assertThat(some.sequence()).isEqualTo(1_500);
    assertThat(some.digest()).isEqualTo(play.book().messages().get(1_499).meta().digest());
    assertThat(StateDocument.of(some).path("sequence").asLong()).isEqualTo(1_500);
  }

  @Test
  void aProofStandsAloneAndShowsWhatWasDoneToIt() throws Exception {
    Path file = dir.resolve("net.proof");
    Ids ids = new Ids();
    io.holdfast.wire.Codec codec = new io.holdfast.wire.Codec(ids);
    Proof.Summary written =
        Proof.export(
            log(),
            "net",
            Replay.Until.END,
            id -> ids.byId(id).orElseThrow(),
            new EntryReader(codec),
            file,
            (done, total) -> {});
    assertThat(written.fault()).isNull();
    assertThat(Proof.verify(file)).isEqualTo(written);
    assertThat(written.hash()).isEqualTo(play.book().last().toString());

    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    int line = lines.size() / 2;
    while (!lines.get(line).contains("\"event\"")) {
      line++;
    }
    String removed = lines.get(line);
    List<String> holed = new ArrayList<>(lines);
    holed.remove(line);
    Files.write(file, holed);
    Fault fault = Objects.requireNonNull(Proof.verify(file).fault(), "nothing was found");
    assertThat(removed).contains("\"event\":" + fault.sequence() + ",");
  }
}
