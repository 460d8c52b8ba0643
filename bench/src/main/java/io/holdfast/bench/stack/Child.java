package io.holdfast.bench.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code holdfast} as a process of its own, all that it says in one file. */
public final class Child implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Process process;
  private final Path said;
  private final Thread onExit;

  private Child(Process process, Path said) {
    this.process = process;
    this.said = said;
    this.onExit = new Thread(process::destroy, "bench-child");
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /** Starts it, by the launcher if this process was started by it. */
  public static Child start(Path folder, String... words) throws IOException {
    List<String> command = command();
    command.addAll(List.of(words));
    Path said = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    // What is set for this process is not meant for that one.
    builder.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST_"));
    return new Child(builder.start(), said);
  }

  private static List<String> command() {
    String root = System.getProperty("holdfast.root", "");
    if (!root.isEmpty()) {
      return new ArrayList<>(List.of(Path.of(root, "holdfast").toString()));
    }
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.holdfast.cli.Main"));
  }

  public long pid() {
    return process.pid();
  }

  /** Returns what the pattern's group is in what it says, as soon as it has said it. */
  public String awaitSaying(Pattern pattern) throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      Matcher found = pattern.matcher(said());
      if (found.find()) {
        return found.group(found.groupCount());
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("it did not say '" + pattern + "', but: " + said().strip());
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private String said() throws IOException {
    return Files.readString(said);
  }

  /** The memory that it has from the machine, bytes. */
  public long residentBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(pid()), "status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return 1_024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IllegalStateException(status + " has no VmRSS");
  }

  /** What its heap holds after a collection, bytes. */
  public long liveHeapBytes() throws IOException, InterruptedException {
    var _ = jcmd("GC.run");
    String info = jcmd("GC.heap_info");
    Matcher used = Pattern.compile("used ([0-9]+)K").matcher(info);
    if (!used.find()) {
      throw new IllegalStateException("its heap cannot be asked: " + info);
    }
    return 1_024 * Long.parseLong(used.group(1));
  }

  private String jcmd(String question) throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid()),
                question)
            .redirectErrorStream(true)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    return answer;
  }

  /** Returns its exit code when it has ended. */
  public int await() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("it did not end within " + LIMIT.toMinutes() + " minutes");
    }
    return process.exitValue();
  }

  /** kill -9; returns when it is gone. What it had started is left to its successor. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Ends it in order, and what it leaves. */
  @Override
  public void close() {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    below.forEach(ProcessHandle::destroy);
    Runtime.getRuntime().removeShutdownHook(onExit);
  }
}
