package io.holdfast.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.Eventually;
import io.holdfast.agent.linux.NeedsRoot;
import io.holdfast.agent.linux.Peers;
import io.holdfast.agent.linux.TestNet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Harvester #7471, #8150, rancher #21348 on a real gateway whose node loses power: what its owners'
 * addresses become, in the service and in the kernel.
 */
@NeedsRoot
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(OneStack.class)
class LinuxRebootIT {
  private static final int OWNERS = 12;

  @TempDir private Path folder;
  private final TestNet net = new TestNet();
  private final List<String> ips = new ArrayList<>();

  private TestService service;
  private LinuxNode node;

  @BeforeEach
  void start(TestService given) throws Exception {
    service = given;
    node = new LinuxNode(net, folder, "n1", service.network(), service.url());
    service.pool();
    service.gateway("gw1", 5_000, "n1");
    node.start();
    Eventually.holds(
        TestService.SOON, "n1 is known", () -> service.get("/nodes").toString().contains("n1"));
    for (int i = 0; i < OWNERS; i++) {
      ips.add(service.eip("vm" + i, "gw1", "n1"));
    }
    service.fip(ips.getFirst(), "192.168.0.2");
    ready(ips);
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    net.close();
  }

  private void ready(List<String> some) throws Exception {
    service.readies(some.toArray(String[]::new));
    assertThat(inKernel()).containsExactlyInAnyOrderElementsOf(some);
  }

  private List<String> inKernel() {
    return ips.stream().filter(node::has).toList();
  }

  private void inventory(String bootId, List<String> owners) throws Exception {
    service.report(
        "OwnerInventory",
        "{'node':'n1','bootId':'%s','complete':true,'owners':[%s]}"
            .formatted(
                bootId,
                owners.stream()
                    .map("{'tenant':'t','kind':'Vm','name':'%s'}"::formatted)
                    .collect(Collectors.joining(","))));
  }

  private void areFree(List<String> some) throws Exception {
    for (String ip : some) {
      Eventually.holds(
          TestService.SOON,
          ip + " is free",
          () -> service.address(ip).path("phase").asText().equals("Free"));
    }
  }

  /** H-c, then H-b, then H-a. */
  @Test
  void whoIsNotInTheInventoryOfTheNewBootIsGone() throws Exception {
    inventory(node.bootId(), List.of());
    ready(ips); // nothing is concluded from an inventory of the same boot

    long epoch = service.epoch("gw1");
    node.reboot();
    Eventually.holds(TestService.SOON, "a new epoch", () -> service.epoch("gw1") > epoch);
    ready(ips); // until the inventory comes, all are kept, and carried again
    inventory(node.bootId(), List.of("vm0", "vm4", "vm7"));
    List<String> stay = List.of(ips.getFirst(), ips.get(4), ips.get(7));
    areFree(ips.stream().filter(ip -> !stay.contains(ip)).toList());
    ready(stay);
    assertThat(Peers.seenByTcp(net.outside, "", ips.getFirst(), 80)).isEqualTo("10.1.0.1");

    long second = service.epoch("gw1");
    node.reboot();
    Eventually.holds(TestService.SOON, "another epoch", () -> service.epoch("gw1") > second);
    inventory(node.bootId(), List.of());
    areFree(ips);
    assertThat(inKernel()).isEmpty();
    assertThat(net.in("n1", "nft list ruleset").output()).doesNotContain(ips.getFirst());
  }

  /** H-d: kept, with an alarm, until an operator says that the earlier boot's owners are gone. */
  @Test
  void withoutAnInventoryAnOperatorFreesThem() throws Exception {
    node.reboot();
    Eventually.holds(
        TestService.SOON,
        "the inventory is awaited",
        () -> service.get("/nodes/n1").path("awaitedInventory").asText().equals(node.bootId()));
    Eventually.holds(
        TestService.SOON,
        "it is overdue",
        () -> service.get("/nodes/n1").path("overdue").asBoolean());
    ready(ips);
    service.command("FenceNode", "{'node':'n1'}");
    areFree(ips);
    assertThat(inKernel()).isEmpty();
  }
}
