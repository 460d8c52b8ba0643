package io.holdfast.agent.e2e;

import io.holdfast.agent.linux.LinuxDrivers;
import io.holdfast.agent.linux.LinuxOptions;
import io.holdfast.agent.node.Kernel;
import io.holdfast.agent.node.NodeAgent;
import io.holdfast.agent.node.Site;
import io.holdfast.agent.service.ServiceClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An agent of real gateways as a process of its own: node, service, namespace, run folder, network,
 * seconds from one look at everything to the next, boot id.
 */
final class LinuxAgentMain {
  private LinuxAgentMain() {}

  public static void main(String[] args) throws Exception {
    Site site =
        new Site(
            args[0],
            args[6],
            Kernel::uptimeMillis,
            new ServiceClient(URI.create(args[1]), "agent-" + args[0]),
            new LinuxDrivers(
                new LinuxOptions(args[2], "ext", "int", LinuxOptions.DEFAULT_CONFLICT_WAIT, null)),
            Duration.ofSeconds(Long.parseLong(args[5])));
    NodeAgent.start(site, List.of(args[4]), Path.of(args[3]));
    Thread.currentThread().join();
  }
}
