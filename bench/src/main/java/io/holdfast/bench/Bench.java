package io.holdfast.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the benchmarks on throw-away stacks and renders the figures. */
public final class Bench {
  private Bench() {}

  /**
   * Measures.
   *
   * @param quick shorter runs, same figures
   * @param progress takes a line for people at each step
   */
  public static List<Figure> run(boolean quick, Consumer<String> progress) throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (boolean fsync : new boolean[] {false, true}) {
      String label = fsync ? "fsync" : "no fsync";
      Path dir = Files.createTempDirectory("holdfast-bench");
      try (Standalone standalone =
          Standalone.start(
              StandaloneOptions.in(dir).withFsync(fsync),
              line -> progress.accept(label + ": " + line))) {
        figures.addAll(
            new AllocateBench(standalone, line -> progress.accept(label + ": " + line), fsync)
                .run(50, Duration.ofSeconds(quick ? 8 : 20), quick ? 10_000 : 50_000));
      } finally {
        delete(dir);
      }
    }
    return figures;
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** As a table for people. */
  public static String table(List<Figure> figures) {
    StringBuilder text = new StringBuilder();
    for (Figure f : figures) {
      String target =
          f.target() == null
              ? ""
              : String.format(
                  Locale.ROOT,
                  "%s %,.0f %s",
                  f.atMost() ? "at most" : "at least",
                  f.target(),
                  Boolean.TRUE.equals(f.met()) ? "met" : "MISSED");
      String limit =
          f.limit() == null
              ? ""
              : String.format(Locale.ROOT, "limit %,.1f (x %.2f)", f.limit(), f.ratio());
      text.append(
          String.format(
              Locale.ROOT,
              "%-62s %,12.1f %-11s %-26s %s%n",
              f.name(),
              f.value(),
              f.unit(),
              limit,
              target));
    }
    return text.toString();
  }

  /** As JSON for programs. */
  public static String json(List<Figure> figures) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = mapper.createObjectNode();
    ArrayNode list = root.putArray("figures");
    for (Figure f : figures) {
      list.addObject()
          .put("name", f.name())
          .put("value", f.value())
          .put("unit", f.unit())
          .put("limit", f.limit())
          .put("ratio", f.ratio())
          .put("target", f.target())
          .put("met", f.met());
    }
    root.putObject("machine")
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    return mapper.writeValueAsString(root);
  }

  /** {@code [--quick] [--json]}: what {@code holdfast bench} runs. */
  public static void main(String[] args) throws IOException {
    List<String> flags = List.of(args);
    List<Figure> figures = run(flags.contains("--quick"), System.err::println);
    System.out.println(flags.contains("--json") ? json(figures) : table(figures));
  }
}
