package io.holdfast.projector.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.log.LogScan;
import io.holdfast.projector.replay.DatabaseSnapshot;
import io.holdfast.projector.replay.Verifier;
import io.holdfast.projector.support.Await;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.Play;
import io.holdfast.projector.support.SharedParts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The projector is killed (SIGKILL) 50 times in a load; every event is there exactly once. */
@ExtendWith(SharedParts.class)
class KillIT {
  private static final int KILLS = 50;
  private static final int EVENTS = 75_000;

  @Test
  void everyEventIsThereExactlyOnce(Parts parts) throws Exception {
    Random random = new Random(50);
    Book book =
        new Play(50, new Book(parts.codec(), "net"), "10.0.0.0/22", 500).until(EVENTS).book();
    int per = book.events().size() / KILLS;
    int inTheMiddle = 0;
    List<Process> started = new ArrayList<>();
    Process next = projector(parts);
    started.add(next);
    try {
      for (int i = 0; i < KILLS; i++) {
        int from = i * per;
        int end = i == KILLS - 1 ? book.events().size() : from + per;
        Process process = next;
        begin(process);
        next = projector(parts); // its JVM starts while this one works
        started.add(next);
        awaitFollowing(process);
        long before = count(parts);
        // In small transactions, so that the load lasts while it is killed.
        Thread load = Thread.ofPlatform().start(() -> produce(parts, book, from, end));
        Await.until("it writes", () -> count(parts) > before);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(40)); // where it is killed is to be random
        process.destroyForcibly().waitFor();
        load.join();
        inTheMiddle += count(parts) < end ? 1 : 0;
      }
      begin(next);
      Await.until("all", () -> count(parts) >= book.events().size());
    } finally {
      for (Process process : started) {
        process.destroyForcibly().waitFor();
      }
    }
    assertThat(inTheMiddle).as("kills with work left").isPositive();
    assertThat(count(parts)).isEqualTo(book.events().size());
    assertThat(parts.count("SELECT count(DISTINCT sequence) FROM event"))
        .isEqualTo(book.events().size());
    assertThat(parts.count("SELECT count(*) FROM alarm")).isZero();
    try (DatabaseSnapshot database = DatabaseSnapshot.open(parts.database())) {
      LogScan log = new LogScan(parts.consumers(), new EntryReader(parts.codec()));
      List<Verifier.Verdict> verdicts =
          new Verifier(log, Map.of(), Optional.of(database))
              .run(Optional.empty(), (done, total) -> {});
      assertThat(verdicts).hasSize(1);
      assertThat(verdicts.getFirst().fault()).isNull();
      assertThat(verdicts.getFirst().databaseAt()).isEqualTo(book.events().size());
    }
    System.out.println(inTheMiddle + " of " + KILLS + " kills came with work left");
  }

  private static void begin(Process process) throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  private static void produce(Parts parts, Book book, int from, int end) {
    for (int at = from; at < end; at += 50) {
      parts.produce(
          "net",
          book.events().subList(at, Math.min(at + 50, end)),
          at == 0 ? book.outcomes() : List.of());
    }
  }

  /** The process has read its positions, and nothing it does not know of is in the log yet. */
  private static void awaitFollowing(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); !ProjectorProcess.FOLLOWING.equals(line); ) {
      assertThat(line).as("the projector ended").isNotNull();
      line = out.readLine();
    }
  }

  private static long count(Parts parts) {
    try {
      return parts.count("SELECT count(*) FROM event");
    } catch (java.sql.SQLException e) {
      return 0; // no schema yet
    }
  }

  private static Process projector(Parts parts) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            ProjectorProcess.class.getName(),
            parts.bootstrapServers(),
            parts.jdbcUrl())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
