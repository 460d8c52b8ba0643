package io.holdfast.projector;

import io.holdfast.projector.project.Projector;
import io.holdfast.projector.support.Await;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.Play;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Figures of the projector; run it by hand. */
final class ProjectorBench {
  private ProjectorBench() {}

  public static void main(String[] args) throws Exception {
    try {
      run(args);
    } catch (Exception | AssertionError e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }

  private static void run(String[] args) throws Exception {
    int total = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    Path dir = Files.createTempDirectory("holdfast-bench");
    try (Parts parts = new Parts(dir)) {
      long began = System.nanoTime();
      long events = 0;
      for (int n = 0; n < 4; n++) {
        Book book =
            new Play(n, new Book(parts.codec(), "net-" + n), "10." + n + ".0.0/20", 400)
                .until(total / 4)
                .book();
        for (int i = 0; i < book.events().size(); i += 2_000) {
          parts.produce(
              book.network(),
              book.events().subList(i, Math.min(i + 2_000, book.events().size())),
              i == 0 ? book.outcomes() : List.of());
        }
        events += book.events().size();
      }
      System.out.printf("made %d in %.1f s%n", events, (System.nanoTime() - began) / 1e9);
      began = System.nanoTime();
      long all = events;
      try (Projector projector =
          Projector.start(
              parts.consumers(), parts.database(), parts.codec(), new SimpleMeterRegistry())) {
        Await.until("projected", () -> projector.progress().events() >= all);
      }
      double s = (System.nanoTime() - began) / 1e9;
      System.out.printf("projected %d in %.1f s: %.0f/s%n", events, s, events / s);
      System.out.println(parts.count("select count(*) from event") + " events, alarms "
          + parts.text("select string_agg(message, E'\\n') from alarm"));
      System.out.println(
          parts.text("select json_agg(t) from (select type, count(*) from event group by 1 order by 2 desc limit 40) t"));
    }
  }
}
