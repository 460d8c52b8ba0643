package io.holdfast.cli.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code up} does for its next start, asked for as the launcher does. */
class QuickStartIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path run;

  @BeforeEach
  void ask() {
    System.setProperty(QuickStart.PROPERTY, run.resolve("up.aot").toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(QuickStart.PROPERTY);
  }

  /** Here the class path has folders, which the JVM does not cache. */
  @Test
  void whatCannotBeMadeSaysWhyAndLeavesNothing() throws Exception {
    Files.createDirectories(run.resolve("training-of-one-that-was-killed/data"));
    try (QuickStart _ = QuickStart.begin()) {
      await(() -> Files.exists(run.resolve("up.aot.failed")) && directories().isEmpty());
    }
    assertThat(run.resolve("up.aot")).doesNotExist();
    assertThat(run.resolve("up.aot.log")).content().isNotBlank();
    assertThat(run.resolve("up.aot.failed")).content().contains("up.aot.log");
  }

  @Test
  void whatIsBrokenOffLeavesNothingAndIsNoFailure() throws Exception {
    List<ProcessHandle> started;
    try (QuickStart _ = QuickStart.begin()) {
      // It is in the middle of it: its broker has a directory.
      await(() ->
          directories().stream()
              .anyMatch(training -> Files.exists(training.resolve("data/kafka/holdfast.lock"))));
      started = trainings();
      assertThat(started).isNotEmpty();
    }
    assertThat(started).noneMatch(ProcessHandle::isAlive);
    assertThat(directories()).isEmpty();
    assertThat(run.resolve("up.aot.failed")).doesNotExist();
  }

  private List<ProcessHandle> trainings() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains(run.toString()))
        .toList();
  }

  private List<Path> directories() {
    try (Stream<Path> files = Files.list(run)) {
      return files.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within the limit").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
