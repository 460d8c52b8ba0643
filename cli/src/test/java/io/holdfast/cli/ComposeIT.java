package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docker-compose.yml describes works together: its commands, its environment, its checks. */
class ComposeIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path dir;

  private record Run(int code, String out) {}

  private Run run(Map<String, String> environment, long limitS, String... command)
      throws IOException, InterruptedException {
    Path out = dir.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(limitS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroy();
      ended = process.waitFor(60, TimeUnit.SECONDS);
    }
    String said = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(ended).as("it ended: " + said).isTrue();
    return new Run(process.exitValue(), said);
  }

  private static String freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      ports.add(Integer.toString(socket.getLocalPort()));
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return String.join(" ", ports);
  }

  @Test
  void theSameProcessesWorkTogetherWithoutDocker() throws Exception {
    Run run =
        run(
            Map.of(
                "HOLDFAST", String.join(" ", HoldfastProcess.command(dir)), "PORTS", freePorts(3)),
            480,
            ROOT.resolve("deploy/without-docker").toString());
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out()).contains("the wiring works");
  }

  /** Debian's docker-compose reads the file without an engine. */
  @Test
  void composeReadsTheFile() throws Exception {
    String compose = composeCommand();
    assumeTrue(!compose.isEmpty(), "neither 'docker-compose' nor 'docker compose' is here");
    Run run = run(Map.of(), 60, "sh", "-c", compose + " -f docker-compose.yml config");
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("allocator-1", "allocator-2", "projector", "kafka", "registry", "postgres")
        .contains("HOLDFAST_ADVERTISED: allocator-2:8080")
        .contains("HOLDFAST_KAFKA: kafka:9092");
  }

  private String composeCommand() throws IOException, InterruptedException {
    for (String candidate : List.of("docker-compose", "docker compose")) {
      if (run(Map.of(), 30, "sh", "-c", candidate + " version").code() == 0) {
        return candidate;
      }
    }
    return "";
  }

  /** Every variable that is given is one that a verb reads, and is explained by its help. */
  @Test
  void theEnvironmentIsWhatTheVerbsRead() throws Exception {
    String help = help("serve") + help("project");
    for (String file : List.of("holdfast", "allocator-1", "allocator-2", "projector")) {
      for (String line : Files.readAllLines(ROOT.resolve("deploy/" + file + ".env"))) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String name = line.substring(0, line.indexOf('='));
          assertThat(help).as("%s in %s.env", name, file).contains("$" + name);
        }
      }
    }
  }

  private static String help(String verb) {
    Shell shell = new Shell(java.net.URI.create("http://127.0.0.1:1"));
    Shell.Run run = shell.run(verb, "--help");
    assertThat(run.code()).isZero();
    return run.out().replaceAll("\\s+", " ");
  }
}
