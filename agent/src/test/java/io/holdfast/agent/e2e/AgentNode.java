package io.holdfast.agent.e2e;

import io.holdfast.agent.Eventually;
import io.holdfast.agent.exec.FileGateway;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node of a test: its gateways' files, and its agent, which can be killed and stopped. */
final class AgentNode {
  final String name;
  final FileGateway gateways;
  private final Path folder;
  private final String network;
  private URI service;
  private String bootId = "boot-1";
  private @Nullable Process agent;
  private final List<ProcessHandle> guards = new ArrayList<>();

  AgentNode(Path folder, String name, String network, URI service) {
    this.name = name;
    this.folder = folder.resolve(name);
    this.network = network;
    this.service = service;
    this.gateways = new FileGateway(this.folder);
  }

  /** Where the agent finds the service from its next start on. */
  void reaches(URI otherService) {
    service = otherService;
  }

  AgentNode start() throws IOException {
    Files.createDirectories(folder);
    agent =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    AgentMain.class.getName(),
                    name,
                    bootId,
                    service.toString(),
                    gateways.program().toString(),
                    folder.resolve("run-" + bootId).toString(), // a boot empties it
                    network))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("agent.log").toFile()))
            .start();
    return this;
  }

  Set<String> there(String gateway) {
    return gateways.there(network, gateway);
  }

  boolean holds(String gateway, String ip) {
    return there(gateway).stream().anyMatch(f -> f.startsWith("addresses/" + ip + "_"));
  }

  private Process process() {
    Process running = agent;
    if (running == null) {
      throw new IllegalStateException("the agent of " + name + " does not run");
    }
    return running;
  }

  /** SIGKILL. */
  void kill() throws Exception {
    process().descendants().forEach(guards::add);
    process().destroyForcibly();
    if (!process().waitFor(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the agent does not die");
    }
  }

  /** SIGSTOP or SIGCONT. */
  void signal(String which) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + which, Long.toString(process().pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + which);
    }
  }

  /** The machine loses power: the agent dies, its memory and its files are gone. */
  void reboot() throws Exception {
    kill();
    bootId = "boot-" + (Integer.parseInt(bootId.substring(5)) + 1);
    gateways.wipe();
    start();
  }

  String log() throws IOException {
    Path file = folder.resolve("agent.log");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  void logs(String text) throws Exception {
    Eventually.holds(Duration.ofSeconds(20), name + " logs " + text, () -> log().contains(text));
  }

  void close() throws Exception {
    if (Boolean.getBoolean("agent.log")) {
      System.err.println(log());
    }
    if (agent != null && agent.isAlive()) {
      signal("CONT");
      kill();
    }
    // They would go by themselves, but later than the test's folder.
    guards.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle guard : guards) {
      guard.onExit().get(10, TimeUnit.SECONDS);
    }
  }
}
