package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The command as a process of its own, with all that it says in one file. Not through ./holdfast,
 * which would build this very module again.
 */
final class HoldfastProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Process process;
  private final Path said;

  private HoldfastProcess(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  /** The words that run it, without a verb; their file is put into the folder. */
  static List<String> command(Path dir) throws IOException {
    Path arguments = dir.resolve("java.args");
    Files.writeString(
        arguments,
        """
        -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
        -cp "%s"
        io.holdfast.cli.Main
        """
            .formatted(System.getProperty("java.class.path")));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + arguments);
  }

  /**
   * Starts it.
   *
   * @param dir takes the files of this one process
   */
  static HoldfastProcess start(Path dir, Map<String, String> environment, String... words)
      throws IOException {
    Files.createDirectories(dir);
    List<String> command = new ArrayList<>(command(dir));
    command.addAll(List.of(words));
    Path said = dir.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST_"));
    builder.environment().putAll(environment);
    return new HoldfastProcess(builder.start(), said);
  }

  String said() throws IOException {
    return Files.readString(said);
  }

  /** Returns when it has said that. */
  void awaitSaying(String text) throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!said().contains(text)) {
      assertThat(process.isAlive()).as("it runs: " + said()).isTrue();
      assertThat(System.nanoTime()).as("it says '%s': %s", text, said()).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** SIGTERM; returns when it has ended. */
  void terminate() throws IOException, InterruptedException {
    process.destroy();
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(said()).isTrue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
