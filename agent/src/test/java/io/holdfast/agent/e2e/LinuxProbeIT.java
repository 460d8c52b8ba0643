package io.holdfast.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.Eventually;
import io.holdfast.agent.linux.LinuxDrivers;
import io.holdfast.agent.linux.LinuxOptions;
import io.holdfast.agent.linux.NeedsRoot;
import io.holdfast.agent.linux.Peers;
import io.holdfast.agent.linux.TestNet;
import io.holdfast.agent.node.Kernel;
import io.holdfast.agent.node.NodeAgent;
import io.holdfast.agent.node.Site;
import io.holdfast.agent.probe.ProbeLoop;
import io.holdfast.agent.probe.ProbeOptions;
import io.holdfast.agent.probe.Target;
import io.holdfast.agent.service.ServiceClient;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Probes are sent from inside the gateway's namespace: what they ask is on the network behind it,
 * which nobody else here can reach.
 */
@NeedsRoot
@ExtendWith(OneStack.class)
class LinuxProbeIT {
  private static final String INSIDE = "192.168.0.2";

  @TempDir private Path folder;

  @Test
  void fromWhereTheInterfacesAre(TestService service) throws Exception {
    try (TestNet net = new TestNet();
        ServiceClient client = new ServiceClient(service.url(), "agent-n1")) {
      net.gateway("gw1");
      service.pool();
      service.gateway("gw1", 10_000, "n1");
      Site site =
          new Site(
              "n1",
              Kernel.bootId(),
              Kernel::uptimeMillis,
              client,
              new LinuxDrivers(
                  new LinuxOptions(net.name("{gateway}"), "ext", "int", Duration.ZERO, null)),
              Duration.ofSeconds(60));
      ProbeOptions options =
          new ProbeOptions(
              Map.of("gw1", List.of(Target.parse("tcp://" + INSIDE + ":80"))),
              true,
              Duration.ofMillis(100),
              Duration.ofMillis(500),
              4);
      Closeable server = Peers.tcpServer(net.netns("gw1-in"), "0.0.0.0", 80);
      try (NodeAgent agent = NodeAgent.start(site, List.of(service.network()), folder);
          ProbeLoop _ = new ProbeLoop(client, agent::probed, options)) {
        String ip = service.eip("a", "gw1");
        service.command(
            "AddDnat",
            "{'ip':'%s','protocol':'TCP','port':80,'internalIp':'%s','internalPort':80,'vpc':'v'}"
                .formatted(ip, INSIDE));
        service.readies(ip);
        assertThat(service.get("/gateways/gw1").has("probe")).isFalse();

        server.close();
        Eventually.holds(
            TestService.SOON,
            "the gateway's probe has failed",
            () -> service.get("/gateways/gw1").at("/probe/failures").asInt() > 0);
        Eventually.holds(
            TestService.SOON, "its target is not reachable", () -> !isReachable(service, ip));
        // That says nothing about what is in the kernel.
        assertThat(service.isReady(ip)).isTrue();

        server = Peers.tcpServer(net.netns("gw1-in"), "0.0.0.0", 80);
        Eventually.holds(
            TestService.SOON,
            "both have recovered",
            () -> !service.get("/gateways/gw1").has("probe") && isReachable(service, ip));
      } finally {
        server.close();
      }
    }
  }

  private static boolean isReachable(TestService service, String ip) throws Exception {
    for (var condition : service.address(ip).path("conditions")) {
      if (condition.path("type").asText().equals("Reachable")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }
}
