package io.holdfast.projector;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.log.LogScan;
import io.holdfast.projector.project.Projector;
import io.holdfast.projector.query.AuditQueries;
import io.holdfast.projector.replay.Folding;
import io.holdfast.projector.replay.Replay;
import io.holdfast.projector.replay.Verifier;
import io.holdfast.projector.support.Await;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.Play;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Figures of the projector; run it by hand: how many events, how many tenures. */
final class ProjectorBench {
  private static final int NETWORKS = 4;
  private static final int QUESTIONS = 10_000;

  private ProjectorBench() {}

  public static void main(String[] args) {
    try {
      run(
          args.length > 0 ? Integer.parseInt(args[0]) : 200_000,
          args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000);
    } catch (Exception | AssertionError e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }

  private static void run(int total, int tenures) throws Exception {
    Path dir = Files.createTempDirectory("holdfast-bench");
    try (Parts parts = new Parts(dir)) {
      long events = 0;
      for (int n = 0; n < NETWORKS; n++) {
        Play play = new Play(n, new Book(parts.codec(), "net-" + n), "10." + n + ".0.0/20", 400);
        // In chunks: a book of a million events does not fit.
        while (events < (long) total * (n + 1) / NETWORKS) {
          play.until(20_000);
          events += play.book().events().size();
          parts.produce(play.book().network(), play.book().events(), play.book().outcomes());
          play.book().forget();
        }
      }
      project(parts, events);
      replay(parts);
      questions(parts, tenures);
    }
  }

  private static void project(Parts parts, long events) throws Exception {
    long began = System.nanoTime();
    try (Projector projector =
        Projector.start(
            parts.consumers(), parts.database(), parts.codec(), new SimpleMeterRegistry())) {
      Await.until("projected", () -> projector.progress().events() >= events);
    }
    say("projector: %,d events in %.1f s: %,.0f/s", events, began);
    say("alarms: %d", parts.count("SELECT count(*) FROM alarm"));
  }

  private static void replay(Parts parts) throws SQLException {
    LogScan log = new LogScan(parts.consumers(), new EntryReader(parts.codec()));
    for (int n = 0; n < NETWORKS; n++) {
      long began = System.nanoTime();
      Folding folding = new Replay(log).run("net-" + n, Replay.Until.END, (done, all) -> {});
      say("replay of one network: %,d events in %.1f s: %,.0f/s", folding.sequence(), began);
    }
    long began = System.nanoTime();
    long events = 0;
    for (Verifier.Verdict v :
        new Verifier(log, Map.of(), Optional.empty()).run(Optional.empty(), (done, all) -> {})) {
      events += v.events();
    }
    say("verify of all networks: %,d events in %.1f s: %,.0f/s", events, began);
  }

  private static void say(String format, long count, long began) {
    double s = (System.nanoTime() - began) / 1e9;
    System.out.printf(Locale.ROOT, format + "%n", count, s, count / s);
  }

  private static void say(String format, long count) {
    System.out.printf(Locale.ROOT, format + "%n", count);
  }

  /** Tenures enough for ten a day of 100,000 addresses, each over before the next. */
  private static void questions(Parts parts, int tenures) throws SQLException {
    parts.execute(
        """
        INSERT INTO network (name, sequence, at) VALUES ('big', 10000000, now());
        INSERT INTO event SELECT n.id, g, timestamptz '2026-01-01' + g * interval '1 s', 'EipAllocated', NULL, NULL, NULL,
          'a', '', 'COMMAND', '', 9, g, '\\x00', 0, '{}' FROM network n, generate_series(1, %1$d) g WHERE n.name = 'big';
        INSERT INTO tenure (network, item, from_seq, from_at, to_seq, to_at, gone_seq, gone_at, ip, tenure, pool,
          tenant, kind, namespace, name, uid)
        SELECT n.id, 'big ' || g, g, timestamptz '2026-01-01' + g * interval '1 s', g + 50000,
          timestamptz '2026-01-01' + (g + 50000) * interval '1 s', g + 60000,
          timestamptz '2026-01-01' + (g + 60000) * interval '1 s',
          '10.0.0.0'::inet + (g %% 100000), g, 'p', 't' || g %% 100, 'Pod', '', 'n' || g %% 5000, ''
        FROM network n, generate_series(1, %1$d) g WHERE n.name = 'big';
        ANALYZE
        """
            .formatted(tenures));
    try (var readers = parts.database().readers()) {
      AuditQueries queries = new AuditQueries(readers.source());
      Random random = new Random(1);
      long[] took = new long[QUESTIONS];
      long start = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
      int found = 0;
      for (int i = 0; i < QUESTIONS; i++) {
        IpAddress ip =
            new IpAddress(
                io.holdfast.domain.net.IpFamily.V4, 0, (10L << 24) + random.nextInt(100_000));
        Instant at = Instant.ofEpochMilli(start + random.nextLong(1_000L * tenures));
        long began = System.nanoTime();
        var answer = queries.whoHad("big", ip, at, null, null);
        took[i] = System.nanoTime() - began;
        found += answer.path("items").path(0).has("owner") ? 1 : 0;
      }
      Arrays.sort(took);
      System.out.printf(
          Locale.ROOT,
          "who-had at %,d tenures: p50 %.2f ms, p99 %.2f ms, max %.2f ms (%d of %d found)%n",
          tenures,
          took[QUESTIONS / 2] / 1e6,
          took[QUESTIONS * 99 / 100] / 1e6,
          took[QUESTIONS - 1] / 1e6,
          found,
          QUESTIONS);
    }
  }
}
