package io.holdfast.cli.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
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
 * that the machine has to do. Once for each build: the launcher asks for it when there is none, and
 * not again if it cannot be made, which is no fault: starts are slower then. Closing breaks it off.
 */
public final class QuickStart implements AutoCloseable {
  /** Names the file to make; the launcher sets it. */
  static final String PROPERTY = "holdfast.up.aot";

  private static final Logger LOG = LoggerFactory.getLogger(QuickStart.class);
  private static final String TRAINING = "training";
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

  /** One at a time for each build. */
  private static void make(Path file) {
    Path run = Objects.requireNonNull(file.getParent());
    try (FileChannel channel =
            FileChannel.open(
                run.resolve("training.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null && !Files.exists(file)) {
        deleteOlder(run);
        make(run, file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("no cache for the next start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void make(Path run, Path file) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(run, TRAINING);
    Path unfinished = directory.resolve("up.aot");
    Path log = run.resolve("up.aot.log");
    String classPath = System.getProperty("java.class.path");
    try {
      boolean made =
          ended(
                  log,
                  "-XX:AOTCacheOutput=" + unfinished,
                  "-cp",
                  classPath,
                  UpTraining.class.getName(),
                  directory.resolve("data").toString())
              // One that the JVM does not accept costs more time than none.
              && ended(
                  log,
                  "-XX:AOTMode=on",
                  "-XX:AOTCache=" + unfinished,
                  "-jar",
                  classPath,
                  "version");
      if (made) {
        // It must not be there by name alone after a power cut: the JVM does not look closely.
        try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
          written.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.writeString(run.resolve("up.aot.failed"), "see " + log + "\n");
      }
    } finally {
      delete(directory);
    }
  }

  /** Whether it ended well. What it says is appended to the log. */
  private static boolean ended(Path log, String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "nice",
                "-n",
                "19",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      return process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      end(process);
    }
  }

  /**
   * At once: it would write its cache even so, in a process of its own. PostgreSQL is one of those
   * that it started, and is asked to end.
   */
  private static void end(Process process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    for (ProcessHandle started : below) {
      if (started.info().command().orElse("").endsWith("java")) {
        started.destroyForcibly();
      } else {
        started.destroy();
      }
    }
    Stream.concat(Stream.of(process.toHandle()), below.stream())
        .forEach(left -> left.onExit().completeOnTimeout(left, 5, TimeUnit.SECONDS).join());
  }

  /** Of runs that were killed. */
  private static void deleteOlder(Path run) throws IOException {
    try (DirectoryStream<Path> older =
        Files.newDirectoryStream(
            run,
            path ->
                path.getFileName().toString().startsWith(TRAINING) && Files.isDirectory(path))) {
      for (Path directory : older) {
        delete(directory);
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
        var _ = thread.join(STOP_LIMIT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
