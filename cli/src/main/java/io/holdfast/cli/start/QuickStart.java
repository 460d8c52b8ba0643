package io.holdfast.cli.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the JVM's AOT cache for later starts of {@code up}, in the background and after all else
 * that the machine has to do. Once for each build: the launcher asks for it when there is none.
 * Closing breaks it off. That it cannot be made is no fault: starts are slower then.
 */
public final class QuickStart implements AutoCloseable {
  /** Names the file to make; the launcher sets it. */
  static final String PROPERTY = "holdfast.up.aot";

  private static final Logger LOG = LoggerFactory.getLogger(QuickStart.class);
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final @Nullable Thread thread;

  private QuickStart(@Nullable Thread thread) {
    this.thread = thread;
  }

  /** Begins, if the launcher asked for it. */
  public static QuickStart begin() {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      return new QuickStart(null);
    }
    return new QuickStart(
        Thread.ofPlatform().daemon().name("up-training").start(() -> make(Path.of(file))));
  }

  private static void make(Path file) {
    try {
      Path directory =
          Files.createTempDirectory(Objects.requireNonNull(file.getParent()), "training");
      try {
        Path unfinished = directory.resolve("up.aot");
        train(unfinished, directory.resolve("data"));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      LOG.debug("no cache for the next start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The class path must be the one of the starts to come, to the letter. */
  private static void train(Path cache, Path data) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    "nice",
                    "-n",
                    "19",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:AOTCacheOutput=" + cache,
                    "-cp",
                    System.getProperty("java.class.path"),
                    UpTraining.class.getName(),
                    data.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("the training run did not end as it should");
      }
    } finally {
      // It stops what it started when this is closed.
      process.getOutputStream().close();
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
      try {
        var _ = thread.join(STOP_LIMIT.multipliedBy(2));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
