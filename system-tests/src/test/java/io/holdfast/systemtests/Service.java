package io.holdfast.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Everything in a process of its own, which can be killed. */
final class Service implements AutoCloseable {
  private final Process process;
  private final String bootstrap;
  private final URI registry;

  private Service(Process process, String bootstrap, URI registry) {
    this.process = process;
    this.bootstrap = bootstrap;
    this.registry = registry;
  }

  /** Starts on a data directory and returns when it can answer. */
  static Service start(Path dataDir, boolean fsync) {
    try {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx1g",
                  "-XX:+UseSerialGC",
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Victim.class.getName(),
                  dataDir.toString(),
                  Boolean.toString(fsync)));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      @Nullable String line = out.readLine();
      while (line != null && !line.startsWith(Victim.READY)) {
        line = out.readLine();
      }
      if (line == null) {
        throw new AssertionError("the service ended before it was ready");
      }
      String[] parts = line.split(" ", -1);
      return new Service(process, parts[1], URI.create(parts[2]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String bootstrap() {
    return bootstrap;
  }

  URI registry() {
    return registry;
  }

  /** SIGKILL: nothing in the process gets to do anything any more. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** SIGTERM. */
  void stop() {
    process.destroy();
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the service does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
