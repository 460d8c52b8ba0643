package io.holdfast.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two nodes, one gateway: whatever happens to an agent, never do both carry an address. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(OneStack.class)
class FenceIT {
  private static final int FENCE_AFTER_MS = 3_000;

  @TempDir private Path folder;
  private TestService service;
  private Line line;
  private AgentNode n1;
  private AgentNode n2;
  private OneHolder watch;

  @BeforeEach
  void start(TestService given) throws Exception {
    service = given;
    line = new Line(service.url());
    n1 = new AgentNode(folder, "n1", service.network(), line.url());
    n2 = new AgentNode(folder, "n2", service.network(), service.url());
    service.pool();
    service.gateway("gw1", FENCE_AFTER_MS, "n1", "n2");
    n1.start();
    Eventually.holds(TestService.SOON, "n1 is up", () -> isUp("n1"));
    n2.start();
    Eventually.holds(TestService.SOON, "n2 is up", () -> isUp("n2"));
    watch = new OneHolder(n1, n2, "gw1");
  }

  @AfterEach
  void stop() throws Exception {
    watch.finish();
    n1.close();
    n2.close();
    line.close();
  }

  private boolean isUp(String node) throws Exception {
    for (var item : service.get("/nodes").path("items")) {
      if (item.path("node").asText().equals(node)) {
        return item.path("up").asBoolean();
      }
    }
    return false;
  }

  private List<String> eips(int count) throws Exception {
    List<String> ips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String ip = service.eip("o" + i, "gw1");
      service.fip(ip, "10.0.0." + (i + 1));
      ips.add(ip);
    }
    service.readies(ips.toArray(String[]::new));
    return ips;
  }

  private static Set<String> files(List<String> ips) {
    Set<String> files = new TreeSet<>();
    for (String ip : ips) {
      files.add("addresses/" + ip + "_24");
      files.add("rules/" + ip + "_fip");
    }
    return files;
  }

  private void carries(AgentNode node, List<String> ips) throws Exception {
    Eventually.holds(
        TestService.SOON,
        node.name + " carries " + ips,
        () -> node.there("gw1").equals(files(ips)));
    service.readies(ips.toArray(String[]::new));
  }

  @Test
  void aMoveGoesByConfirmation() throws Exception {
    List<String> ips = eips(4);
    for (int i = 0; i < 3; i++) {
      service.command("RescheduleGateway", "{'gateway':'gw1','node':'n2'}");
      carries(n2, ips);
      assertThat(n1.there("gw1")).isEmpty();
      service.command("RescheduleGateway", "{'gateway':'gw1','node':'n1'}");
      carries(n1, ips);
      assertThat(n2.there("gw1")).isEmpty();
    }
  }

  /** Stopped, an agent cannot fence itself; what it left behind does. */
  @Test
  void aStoppedAgent() throws Exception {
    List<String> ips = eips(4);
    long epoch = service.epoch("gw1");
    n1.signal("STOP");
    Eventually.holds(
        Duration.ofMillis(FENCE_AFTER_MS + 2_000),
        "n1 is empty though its agent is stopped",
        () -> n1.there("gw1").isEmpty());
    carries(n2, ips);
    assertThat(service.epoch("gw1")).isEqualTo(epoch + 1);
    n1.signal("CONT");
    n1.logs("the lease has run out, all is taken down");
    Eventually.holds(TestService.SOON, "n1 is back", () -> isUp("n1"));
    carries(n2, ips);
    assertThat(n1.there("gw1")).isEmpty();
  }

  @Test
  void aKilledAgentThatDoesNotComeBack() throws Exception {
    List<String> ips = eips(4);
    n1.kill();
    carries(n2, ips);
    n1.start();
    Eventually.holds(TestService.SOON, "n1 is back", () -> isUp("n1"));
    service.command("RescheduleGateway", "{'gateway':'gw1','node':'n1'}");
    carries(n1, ips);
  }

  /** Cut off from the service, but not from the network that its addresses are on. */
  @Test
  void anAgentThatIsCutOff() throws Exception {
    List<String> ips = eips(4);
    line.cut();
    Eventually.holds(
        Duration.ofMillis(FENCE_AFTER_MS + 2_000),
        "n1 took all down",
        () -> n1.there("gw1").isEmpty());
    carries(n2, ips);
    line.mend();
    Eventually.holds(TestService.SOON, "n1 is back", () -> isUp("n1"));
    n2.kill();
    carries(n1, ips);
  }

  /** Killed, stopped and moved at random points, while EIPs come and go. */
  @Test
  void atRandom() throws Exception {
    long seed = Long.getLong("holdfast.seed", System.nanoTime());
    IO.println("FenceIT.atRandom: -Dholdfast.seed=" + seed);
    Random dice = new Random(seed);
    List<String> ips = eips(3);
    boolean stopped = false;
    for (int i = 0; i < 14; i++) {
      switch (dice.nextInt(5)) {
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
        case 2 -> service.tries("RescheduleGateway", "{'gateway':'gw1'}"); // is the other up?
        case 3 -> {
          String ip = service.eip("r" + i, "gw1");
          service.fip(ip, "10.0.1." + i);
          ips.add(ip);
        }
        default -> {
          String ip = ips.removeFirst();
          service.command("UnbindFip", "{'ip':'" + ip + "'}");
          service.command("ReleaseEip", "{'ip':'" + ip + "'}");
          ips.add(service.eip("n" + i, "gw1"));
          service.fip(ips.getLast(), "10.0.2." + i);
        }
      }
      Thread.sleep(dice.nextInt(1_200)); // the random point is a point in time
    }
    if (stopped) {
      n1.signal("CONT");
    }
    service.readies(ips.toArray(String[]::new));
    AgentNode holder = n1.there("gw1").isEmpty() ? n2 : n1;
    carries(holder, ips);
  }
}
