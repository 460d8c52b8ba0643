package io.holdfast.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.agent.Eventually;
import io.holdfast.agent.linux.NeedsRoot;
import io.holdfast.agent.linux.Peers;
import io.holdfast.agent.linux.TestNet;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.EipView;
import io.holdfast.domain.view.Lens;
import io.holdfast.domain.view.RuleView;
import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints what 10,000 EIPs with a FIP each take on one real gateway, from the command to Ready, with
 * agents in processes of their own and the service as {@code holdfast up} runs it. Not part of the
 * tests: {@code mvn test -pl agent -am -Dtest=GatewayBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@NeedsRoot
class GatewayBenchmark {
  private static final int COUNT = Integer.getInteger("bench.count", 10_000);
  private static final int AT_ONCE = 250;
  private static final int ROUNDS = 40;
  private static final String NETWORK = "bench";
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Duration IDLE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void tenThousand() throws Exception {
    try (Standalone standalone =
            Standalone.start(StandaloneOptions.in(folder.resolve("data")), IO::println);
        TestService service =
            new TestService(URI.create(standalone.httpUrl().toString()), NETWORK);
        TestNet net = new TestNet()) {
      List<String> ips = allocate(service);
      LinuxNode n1 = new LinuxNode(net, folder, "n1", NETWORK, service.url());
      LinuxNode n2 = new LinuxNode(net, folder, "n2", NETWORK, service.url());
      try {
        Cost first = new Cost();
        n1.looksEvery(Duration.ofMinutes(1)).start();
        awaitReady(standalone, ips);
        first.say("first programming, from the start of the agent's process", n1.pid());
        reachable(net, ips);

        n2.looksEvery(Duration.ofMinutes(1)).start();
        Eventually.holds(LONG, "n2 is up", () -> isUp(service, "n2"));
        moves(standalone, service, ips, n1.pid(), n2.pid());
        reachable(net, ips);

        print("one more FIP on an EIP that is there, outcome to Ready", fips(standalone, service));
        print("one more EIP with its FIP, outcomes to Ready", eips(standalone, service));
        idle(n1.pid(), n2.pid());
      } finally {
        n1.close();
        n2.close();
      }
    }
  }

  private static List<String> allocate(TestService service) throws Exception {
    service.command(
        "DefinePool",
        "{'pool':'p','family':'V4','ranges':['10.1.64.0-10.1.127.255'],'subnet':'10.1.0.0/16'}");
    service.gateway("gw1", 10_000, "n1", "n2");
    List<String> ips = new ArrayList<>();
    for (int i = 0; i < COUNT; i += AT_ONCE) {
      JsonNode granted =
          service.command(
              "AllocateEip",
              "{'owner':{'tenant':'t','kind':'Vm','name':'o%d'},'count':%d,'gateway':'gw1'}"
                  .formatted(i, Math.min(AT_ONCE, COUNT - i)));
      granted.path("grants").forEach(g -> ips.add(g.path("ip").asText()));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < ips.size(); i++) {
        String ip = ips.get(i);
        String internal = i < 2 ? "192.168.0." + (i + 2) : internal(i);
        all.add(
            threads.submit(() -> {
              service.fip(ip, internal);
              return ip;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    return ips;
  }

  private static String internal(int i) {
    return "192.168." + (64 + i / 250) + "." + (1 + i % 250);
  }

  private static boolean isUp(TestService service, String node) throws Exception {
    for (JsonNode item : service.get("/nodes").path("items")) {
      if (item.path("node").asText().equals(node)) {
        return item.path("up").asBoolean();
      }
    }
    return false;
  }

  private static void moves(
      Standalone standalone, TestService service, List<String> ips, long... agents)
      throws Exception {
    for (String to : List.of("n2", "n1", "n2", "n1")) {
      service.command("RescheduleGateway", "{'gateway':'gw1','node':'" + to + "'}");
      Cost cost = new Cost(agents);
      awaitReady(standalone, ips);
      cost.say("reschedule, outcome to all Ready", agents);
    }
  }

  /** The FIP of an EIP is taken away, seen gone, and bound anew. */
  private static long[] fips(Standalone standalone, TestService service) throws Exception {
    long[] nanos = new long[ROUNDS];
    String ip = service.eip("fips", "gw1");
    IpAddress eip = IpAddress.parse(ip);
    await(standalone, view -> isReady(view, eip));
    for (int i = 0; i < ROUNDS; i++) {
      service.fip(ip, "192.168.1." + (i + 1));
      long start = System.nanoTime();
      await(standalone, view -> ruleIsReady(view, eip));
      nanos[i] = System.nanoTime() - start;
      service.command("UnbindFip", "{'ip':'" + ip + "'}");
      await(standalone, view -> view.state().rules().get(new RuleKey(eip, "fip")) == null);
    }
    return nanos;
  }

  private static long[] eips(Standalone standalone, TestService service) throws Exception {
    long[] nanos = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      String ip = service.eip("one-more-" + i, "gw1");
      service.fip(ip, "192.168.2." + (i + 1));
      long start = System.nanoTime();
      IpAddress eip = IpAddress.parse(ip);
      await(standalone, view -> isReady(view, eip) && ruleIsReady(view, eip));
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private static boolean isReady(View view, IpAddress ip) {
    EipView eip = EipView.find(new Lens(view.state()), ip);
    return eip != null && eip.ready();
  }

  private static boolean ruleIsReady(View view, IpAddress ip) {
    return RuleView.ofAddress(new Lens(view.state()), ip, 1).stream().anyMatch(RuleView::ready);
  }

  /** Looks at each only once it was ready: counting all each time would be what is measured. */
  private static void awaitReady(Standalone standalone, List<String> ips) {
    int[] next = {0};
    await(
        standalone,
        view -> {
          for (int i = next[0]; i < ips.size(); i++) {
            IpAddress ip = IpAddress.parse(ips.get(i));
            if (!isReady(view, ip) || !ruleIsReady(view, ip)) {
              return false;
            }
            next[0] = i + 1;
          }
          return true;
        });
  }

  private static void await(Standalone standalone, Predicate<View> until) {
    assertThat(standalone.allocator().await(NETWORK, until, LONG)).isTrue();
  }

  private static void reachable(TestNet net, List<String> ips) throws Exception {
    assertThat(Peers.seenByTcp(net.outside, "", ips.getFirst(), 80)).isEqualTo("10.1.0.1");
  }

  private static void idle(long... pids) throws Exception {
    Thread.sleep(5_000); // what was begun ends
    long[] before = Arrays.stream(pids).map(GatewayBenchmark::ticks).toArray();
    Thread.sleep(IDLE); // the time is what is measured
    for (int i = 0; i < pids.length; i++) {
      double used = (ticks(pids[i]) - before[i]) / 100.0;
      IO.println(
          "idle agent of n%d, %d EIPs there: %.2f %% of a core"
              .formatted(i + 1, i == 0 ? COUNT : 0, 100 * used / IDLE.toSeconds()));
    }
  }

  /** User and system time of a process, in hundredths of a second; proc_pid_stat(5). */
  private static long ticks(long pid) {
    try {
      String stat = java.nio.file.Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Time on the wall, and of the processors: the latter says something on a busy machine, too. */
  private static final class Cost {
    private final long start = System.nanoTime();
    private final long agentsBefore;
    private final long serviceBefore = ticks(ProcessHandle.current().pid());

    Cost(long... agents) {
      agentsBefore = Arrays.stream(agents).map(GatewayBenchmark::ticks).sum();
    }

    void say(String what, long... agents) {
      long wall = (System.nanoTime() - start) / 1_000_000;
      long agentTicks = Arrays.stream(agents).map(GatewayBenchmark::ticks).sum() - agentsBefore;
      long serviceTicks = ticks(ProcessHandle.current().pid()) - serviceBefore;
      IO.println(
          "%s: %d ms (processor: agents %d ms, service %d ms)"
              .formatted(what, wall, 10 * agentTicks, 10 * serviceTicks));
    }
  }

  private static void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    IO.println(
        "%s: median %.1f ms, 95 %% %.1f ms, most %.1f ms"
            .formatted(
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 95 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6));
  }
}
