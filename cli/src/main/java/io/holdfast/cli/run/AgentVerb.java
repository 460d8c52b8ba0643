package io.holdfast.cli.run;

import io.holdfast.agent.NamespaceDrivers;
import io.holdfast.agent.driver.Drivers;
import io.holdfast.agent.exec.ExecDrivers;
import io.holdfast.agent.exec.ExecOptions;
import io.holdfast.agent.node.Kernel;
import io.holdfast.agent.node.NodeAgent;
import io.holdfast.agent.node.Site;
import io.holdfast.agent.probe.ProbeLoop;
import io.holdfast.agent.probe.ProbeOptions;
import io.holdfast.agent.probe.Target;
import io.holdfast.agent.service.ServiceClient;
import io.holdfast.cli.args.Durations;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast agent}. */
@Command(
    name = "agent",
    description = {
      "Makes the gateways of this node what the service wants them to be, until Ctrl-C.",
      "Needs root and nftables, or a program of yours (--exec). Without --network: all networks"
          + " with a gateway for this node. -o json: its log is an object per line."
          + " See docs/agent.md."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast agent --node node-1 --service http://10.0.0.1:8080",
      "  holdfast agent --node node-1 --exec /usr/local/bin/my-gateway",
      "  holdfast agent --node node-1 --probe gw-1=ping://192.0.2.1"
    })
public final class AgentVerb implements Callable<Integer> {
  @Option(
      names = "--node",
      paramLabel = "NODE",
      required = true,
      description = "Name of this node, as gateways have it among their candidates.")
  private String node = "";

  @Option(
      names = "--networks",
      paramLabel = "NETWORK",
      split = ",",
      description = "Several networks, separated by commas.")
  private List<String> networks = List.of();

  @Option(
      names = "--exec",
      paramLabel = "PROGRAM",
      description = "Program that changes and lists gateways, instead of the Linux kernel.")
  private @Nullable Path exec;

  @Option(
      names = "--exec-limit",
      paramLabel = "DURATION",
      converter = Durations.class,
      defaultValue = "2s",
      description = "How long one run of the program may take (default: 2s).")
  private Duration execLimit = ExecOptions.DEFAULT_LIMIT;

  @Option(
      names = "--namespace",
      paramLabel = "FILE",
      defaultValue = "/run/netns/{gateway}",
      description = "A gateway's network namespace (default: /run/netns/{gateway}).")
  private String namespace = "/run/netns/{gateway}";

  @Option(
      names = "--external",
      paramLabel = "INTERFACE",
      defaultValue = "ext0",
      description = "Its interface that carries the addresses (default: ext0).")
  private String external = "ext0";

  @Option(
      names = "--internal",
      paramLabel = "INTERFACE",
      defaultValue = "int0",
      description = "Its interface towards the inside (default: int0).")
  private String internal = "int0";

  @Option(
      names = "--conflict-wait",
      paramLabel = "DURATION",
      converter = Durations.class,
      defaultValue = "200ms",
      description =
          "Before an address is put up, ask for so long whether anybody has it; 0ms: do not"
              + " (default: 200ms).")
  private Duration conflictWait = Duration.ofMillis(200);

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      defaultValue = "/run/holdfast",
      description = "For locks and leases; a boot has to empty it (default: /run/holdfast).")
  private Path runDir = Path.of("/run/holdfast");

  @Option(
      names = "--look-every",
      paramLabel = "DURATION",
      converter = Durations.class,
      defaultValue = "60s",
      description = "How often all of a gateway is looked at, unasked (default: 60s).")
  private Duration lookEvery = Duration.ofSeconds(60);

  @Option(
      names = "--probe",
      paramLabel = "GATEWAY=TARGET",
      description = "What has to answer for a gateway to be well: tcp://IP:PORT or ping://IP.")
  private List<String> probes = List.of();

  @Option(
      names = "--probe-targets",
      description = "Probe the internal targets of FIP (ping) and DNAT (TCP connect), too.")
  private boolean probeTargets;

  @Option(
      names = "--probe-every",
      paramLabel = "DURATION",
      converter = Durations.class,
      defaultValue = "5s",
      description = "How often probes are sent (default: 5s).")
  private Duration probeEvery = Duration.ofSeconds(5);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Session session = Session.of(spec);
    ProbeOptions probing =
        new ProbeOptions(targets(), probeTargets, probeEvery, Duration.ofSeconds(1), 16);
    Drivers drivers = drivers();
    AgentLog.speak(session.json());
    List<String> named = new ArrayList<>(networks);
    String one = session.namedNetwork();
    if (one != null && !named.contains(one)) {
      named.add(one);
    }
    try (Stop stop = Stop.onSignal();
        ServiceClient service = new ServiceClient(session.service(), "agent-" + node);
        NodeAgent agent = NodeAgent.start(site(service, drivers), named, runDir);
        ProbeLoop _ = new ProbeLoop(service, agent::probed, probing)) {
      stop.await();
    } catch (IOException e) {
      session.terminal().err().println("holdfast: " + e.getMessage());
      return ExitCode.FAILED;
    }
    return ExitCode.DONE;
  }

  private Site site(ServiceClient service, Drivers drivers) {
    return new Site(node, Kernel.bootId(), Kernel::uptimeMillis, service, drivers, lookEvery);
  }

  private Drivers drivers() {
    if (exec == null) {
      return new NamespaceDrivers(namespace, external, internal, conflictWait);
    }
    Path program = exec.toAbsolutePath();
    if (!Files.isExecutable(program)) {
      throw new ParameterException(
          spec.commandLine(), "--exec: " + program + " is not a program that can be run");
    }
    return new ExecDrivers(new ExecOptions(program, runDir, execLimit), Kernel::uptimeMillis);
  }

  private Map<String, List<Target>> targets() {
    Map<String, List<Target>> all = new HashMap<>();
    for (String probe : probes) {
      int equals = probe.indexOf('=');
      if (equals < 1) {
        throw new ParameterException(
            spec.commandLine(), "--probe: '" + probe + "' is not GATEWAY=TARGET");
      }
      try {
        all.computeIfAbsent(probe.substring(0, equals), g -> new ArrayList<>())
            .add(Target.parse(probe.substring(equals + 1)));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--probe: " + e.getMessage(), e);
      }
    }
    return all;
  }
}
