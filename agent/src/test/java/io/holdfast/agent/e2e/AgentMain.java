package io.holdfast.agent.e2e;

import io.holdfast.agent.exec.ExecDrivers;
import io.holdfast.agent.exec.ExecOptions;
import io.holdfast.agent.node.Kernel;
import io.holdfast.agent.node.NodeAgent;
import io.holdfast.agent.node.Site;
import io.holdfast.agent.service.ServiceClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An agent as a process of its own: node, boot id, service, program, run folder, network. */
final class AgentMain {
  private AgentMain() {}

  public static void main(String[] args) throws Exception {
    Path run = Path.of(args[4]);
    Site site =
        new Site(
            args[0],
            args[1],
            Kernel::uptimeMillis,
            new ServiceClient(URI.create(args[2]), "agent-" + args[0]),
            new ExecDrivers(
                new ExecOptions(Path.of(args[3]), run, ExecOptions.DEFAULT_LIMIT),
                Kernel::uptimeMillis),
            Duration.ofSeconds(2));
    NodeAgent.start(site, List.of(args[5]), run);
    Thread.currentThread().join();
  }
}
