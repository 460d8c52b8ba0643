package io.holdfast.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.Eventually;
import io.holdfast.agent.linux.ArpWatch;
import io.holdfast.agent.linux.NeedsRoot;
import io.holdfast.agent.linux.Peers;
import io.holdfast.agent.linux.TestNet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two real gateways, real agents, the real service: whatever happens to an agent, the outside host,
 * which asks a hundred times a second, never hears two nodes answer for one address.
 */
@NeedsRoot
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(OneStack.class)
class LinuxFenceIT {
  private static final int FENCE_AFTER_MS = 3_000;
  private static final String OUTSIDE = "10.1.0.1";

  @TempDir private Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final TestNet net = new TestNet();
  private TestService service;
  private Line line;
  private LinuxNode n1;
  private LinuxNode n2;
  private final List<String> ips = new ArrayList<>();
  private final List<ArpWatch> watches = new ArrayList<>();
  private long firstEpoch;

  @BeforeEach
  void start(TestService given) throws Exception {
    open.push(net);
    service = given;
    line = new Line(service.url());
    open.push(line);
    n1 = new LinuxNode(net, folder, "n1", service.network(), line.url());
    open.push(n1::close);
    n2 = new LinuxNode(net, folder, "n2", service.network(), service.url());
    open.push(n2::close);
    service.pool();
    service.gateway("gw1", FENCE_AFTER_MS, "n1", "n2");
    n1.start();
    Eventually.holds(TestService.SOON, "n1 is up", () -> isUp("n1"));
    n2.start();
    Eventually.holds(TestService.SOON, "n2 is up", () -> isUp("n2"));
    for (int i = 2; i <= 3; i++) {
      String ip = service.eip("o" + i, "gw1");
      service.fip(ip, "192.168.0." + i);
      ips.add(ip);
      watches.add(new ArpWatch(net.outside, OUTSIDE, ip));
    }
    firstEpoch = service.epoch("gw1");
    carries(n1);
  }

  /** An address changes hands as often as its gateway moved, and no more. */
  private void checkAnswers() throws Exception {
    long moves = service.epoch("gw1") - firstEpoch;
    for (ArpWatch watch : watches) {
      watch.close();
      assertThat(watch.answers()).hasSizeGreaterThan(5);
      assertThat((long) watch.changes()).as("moves: %d", moves).isLessThanOrEqualTo(moves);
    }
  }

  /** What was not opened, because the start failed, need not be closed. */
  @AfterEach
  void stop() throws Exception {
    try {
      if (!watches.isEmpty()) {
        checkAnswers();
      }
    } finally {
      watches.forEach(ArpWatch::close);
      while (!open.isEmpty()) {
        open.pop().close();
      }
    }
  }

  private boolean isUp(String node) throws Exception {
    for (var item : service.get("/nodes").path("items")) {
      if (item.path("node").asText().equals(node)) {
        return item.path("up").asBoolean();
      }
    }
    return false;
  }

  /** On its interface, answered for by it alone, and traffic gets through. */
  private void carries(LinuxNode node) throws Exception {
    for (int i = 0; i < ips.size(); i++) {
      String ip = ips.get(i);
      Eventually.holds(TestService.SOON, node.name + " has " + ip, () -> node.has(ip));
      ArpWatch watch = watches.get(i);
      Eventually.holds(
          TestService.SOON,
          node.name + " answers for " + ip,
          () -> !watch.answers().isEmpty() && watch.answers().getLast().mac().equals(node.mac()));
      service.readies(ip);
      Eventually.holds(TestService.SOON, "the FIP of " + ip + " is ready", () -> fipIsReady(ip));
      assertThat(Peers.seenByTcp(net.outside, "", ip, 80)).isEqualTo(OUTSIDE);
    }
  }

  private boolean fipIsReady(String ip) throws Exception {
    return service.get("/rules?ip=" + ip).at("/items/0/ready").asBoolean();
  }

  private void hasNothing(LinuxNode node) {
    assertThat(ips).noneMatch(node::has);
  }

  @Test
  void aMoveGoesByConfirmation() throws Exception {
    service.command("RescheduleGateway", "{'gateway':'gw1','node':'n2'}");
    carries(n2);
    hasNothing(n1);
    service.command("RescheduleGateway", "{'gateway':'gw1','node':'n1'}");
    carries(n1);
    hasNothing(n2);
  }

  @Test
  void aKilledAgentThatIsStartedInTimeKeepsItsConnections() throws Exception {
    // Time enough for any machine, and nowhere to move to. The change itself is no outage.
    service.gateway("gw1", 60_000, "n1");
    Eventually.holds(
        TestService.SOON,
        "the longer lease is in use",
        () -> {
          String rules = net.in("n1", "nft list ruleset").output();
          return rules.contains("timeout 54s") && !rules.contains("timeout 2s700ms");
        });
    try (Peers.Connection connection =
        Peers.connect(net.outside, "", ips.getFirst(), 80).orElseThrow()) {
      n1.kill();
      assertThat(connection.echoes()).isTrue();
      n1.start();
      carries(n1);
      assertThat(connection.echoes()).isTrue();
      assertThat(service.epoch("gw1")).isEqualTo(firstEpoch);
    }
  }

  @Test
  void aKilledAgentThatDoesNotComeBack() throws Exception {
    n1.kill();
    carries(n2);
    n1.start();
    Eventually.holds(TestService.SOON, "n1 is back", () -> isUp("n1"));
    Eventually.holds(TestService.SOON, "n1 is empty", () -> ips.stream().noneMatch(n1::has));
    carries(n2);
    service.command("RescheduleGateway", "{'gateway':'gw1','node':'n1'}");
    carries(n1);
  }

  /** Its addresses stay on the interface, and yet nobody hears of them. */
  @Test
  void aStoppedAgent() throws Exception {
    n1.signal("STOP");
    carries(n2);
    assertThat(ips).allMatch(n1::has);
    n1.signal("CONT");
    Eventually.holds(TestService.SOON, "n1 is empty", () -> ips.stream().noneMatch(n1::has));
    carries(n2);
  }

  /** Cut off from the service, but not from the network that its addresses are on. */
  @Test
  void anAgentThatIsCutOff() throws Exception {
    line.cut();
    Eventually.holds(
        Duration.ofMillis(FENCE_AFTER_MS + 2_000),
        "n1 took all down",
        () -> ips.stream().noneMatch(n1::has));
    carries(n2);
    line.mend();
    Eventually.holds(TestService.SOON, "n1 is back", () -> isUp("n1"));
    n2.kill();
    carries(n1);
  }

  /** Kube-OVN #4718, with the kernel's own words. */
  @Test
  void ofTwoAddressesOnlyTheReleasedOneGoes() throws Exception {
    String gone = ips.getFirst();
    service.command("UnbindFip", "{'ip':'" + gone + "'}");
    service.command("ReleaseEip", "{'ip':'" + gone + "'}");
    Eventually.holds(TestService.SOON, gone + " is off the interface", () -> !n1.has(gone));
    assertThat(net.answersArp(gone)).isFalse();
    assertThat(net.in("n1", "nft list ruleset").output()).doesNotContain(gone);
    assertThat(n1.has(ips.get(1))).isTrue();
    assertThat(Peers.seenByTcp(net.outside, "", ips.get(1), 80)).isEqualTo(OUTSIDE);
  }

  /** Killed, stopped and moved at random points. */
  @Test
  void atRandom() throws Exception {
    long seed = Long.getLong("holdfast.seed", System.nanoTime());
    IO.println("LinuxFenceIT.atRandom: -Dholdfast.seed=" + seed);
    Random dice = new Random(seed);
    boolean stopped = false;
    for (int i = 0; i < 12; i++) {
      switch (dice.nextInt(3)) {
        case 0 -> {
          if (!stopped) {
            n1.kill();
            n1.start();
          }
        }
        case 1 -> {
          n1.signal(stopped ? "CONT" : "STOP");
          stopped = !stopped;
        }
        default -> service.tries("RescheduleGateway", "{'gateway':'gw1'}");
      }
      Thread.sleep(dice.nextInt(2_000)); // the random point is a point in time
    }
    if (stopped) {
      n1.signal("CONT");
    }
    Eventually.holds(TestService.SOON, "n1 is up", () -> isUp("n1"));
    service.command("RescheduleGateway", "{'gateway':'gw1','node':'n2'}");
    carries(n2);
    hasNothing(n1);
  }
}
