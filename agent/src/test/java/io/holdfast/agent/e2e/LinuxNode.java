package io.holdfast.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.Eventually;
import io.holdfast.agent.linux.LinuxGateway;
import io.holdfast.agent.linux.Peers;
import io.holdfast.agent.linux.Shell;
import io.holdfast.agent.linux.TestNet;
import io.holdfast.agent.node.Kernel;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A gateway node: a namespace with hosts behind it, and a real agent. */
final class LinuxNode {
  final String name;
  private final TestNet net;
  private final Path folder;
  private final String network;
  private final URI service;
  private final Closeable server;
  private Duration lookEvery = Duration.ofSeconds(2);
  private String bootId = Kernel.bootId();
  private @Nullable Process agent;

  LinuxNode(TestNet net, Path folder, String name, String network, URI service) throws IOException {
    this.net = net;
    this.name = name;
    this.folder = folder.resolve(name);
    this.network = network;
    this.service = service;
    LinuxGateway _ = net.gateway(name);
    net.ip(name, "route add 10.1.0.0/16 dev ext");
    server = Peers.tcpServer(net.netns(name + "-in"), "0.0.0.0", 80);
  }

  /** How often the agent looks at everything, from its next start on. */
  LinuxNode looksEvery(Duration period) {
    lookEvery = period;
    return this;
  }

  LinuxNode start() throws IOException {
    Files.createDirectories(folder);
    agent =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LinuxAgentMain.class.getName(),
                    name,
                    service.toString(),
                    net.name(name),
                    folder.resolve("run-" + bootId).toString(),
                    network,
                    Long.toString(lookEvery.toSeconds()),
                    bootId))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("agent.log").toFile()))
            .start();
    return this;
  }

  /** Has the address on its interface, as {@code ip} says. */
  boolean has(String ip) {
    return net.ip(name, "-o addr show dev ext").contains(" " + ip + "/24 ");
  }

  /** Its external interface's. */
  String mac() {
    return net.ip(name, "-br link show ext").split(" +", -1)[2];
  }

  private Process process() {
    Process running = agent;
    if (running == null) {
      throw new IllegalStateException("the agent of " + name + " does not run");
    }
    return running;
  }

  long pid() {
    return process().pid();
  }

  void kill() throws Exception {
    process().destroyForcibly();
    assertThat(process().waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  String bootId() {
    return bootId;
  }

  /** The machine loses power and comes back: the agent is gone, and its kernel's state. */
  void reboot() throws Exception {
    kill();
    assertThat(net.in(name, "nft flush ruleset").code()).isZero();
    net.ip(name, "addr flush dev ext");
    net.ip(name, "route replace 10.1.0.0/16 dev ext");
    bootId = UUID.randomUUID().toString();
    start();
  }

  void signal(String which) {
    Shell.run("kill -" + which + " " + process().pid());
  }

  void logs(String text) throws Exception {
    Path log = folder.resolve("agent.log");
    Eventually.holds(
        Duration.ofSeconds(20),
        name + " logs " + text,
        () -> Files.exists(log) && Files.readString(log).contains(text));
  }

  void close() throws Exception {
    server.close();
    if (Boolean.getBoolean("agent.log")) {
      System.err.println(Files.readString(folder.resolve("agent.log")));
    }
    if (agent != null && agent.isAlive()) {
      signal("CONT");
      kill();
    }
  }
}
