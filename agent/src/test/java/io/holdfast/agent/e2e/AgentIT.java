package io.holdfast.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.Eventually;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One agent: what is wanted comes to be there, and only that. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(OneStack.class)
class AgentIT {
  @TempDir private Path folder;
  private TestService service;
  private AgentNode node;

  @BeforeEach
  void start(TestService given) throws Exception {
    service = given;
    node = new AgentNode(folder, "n1", service.network(), service.url());
    service.pool();
    service.gateway("gw1", 30_000, "n1");
    node.start();
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  @Test
  void aRuleBecomesReadyAndARemovalTakesExactlyOne() throws Exception {
    String a = service.eip("a", "gw1");
    String b = service.eip("b", "gw1");
    service.fip(b, "10.0.0.5");
    service.readies(a, b);
    assertThat(node.there("gw1"))
        .isEqualTo(
            Set.of("addresses/" + a + "_24", "addresses/" + b + "_24", "rules/" + b + "_fip"));
    service.command("ReleaseEip", "{'ip':'" + a + "'}");
    Eventually.holds(
        TestService.SOON,
        "gone",
        () -> service.address(a).path("phase").asText().matches("CoolingDown|Free"));
    assertThat(node.there("gw1"))
        .isEqualTo(Set.of("addresses/" + b + "_24", "rules/" + b + "_fip"));
    assertThat(service.isReady(b)).isTrue();
    service.command("UnbindFip", "{'ip':'" + b + "'}");
    Eventually.holds(
        TestService.SOON, "no rule", () -> service.get("/rules").path("items").isEmpty());
    assertThat(node.there("gw1")).isEqualTo(Set.of("addresses/" + b + "_24"));
  }

  /** K-b: the removal says it succeeded, and removed nothing. */
  @Test
  void aRemovalThatRemovesNothingIsNoRemoval() throws Exception {
    String a = service.eip("a", "gw1");
    String b = service.eip("b", "gw1");
    service.readies(a, b);
    node.gateways.breakWith("case $1 in remove-address) exit 0 ;; esac");
    service.command("ReleaseEip", "{'ip':'" + a + "'}");
    node.logs("is not yet as it should be");
    assertThat(service.address(a).path("phase").asText()).isEqualTo("Releasing");
    node.gateways.breakWith("");
    Eventually.holds(
        TestService.SOON,
        "gone",
        () -> service.address(a).path("phase").asText().matches("CoolingDown|Free"));
    assertThat(node.there("gw1")).isEqualTo(Set.of("addresses/" + b + "_24"));
  }

  /** Somebody else's address is drift, and stays. */
  @Test
  void whatIsForeignIsReportedAndNotRemoved() throws Exception {
    String a = service.eip("a", "gw1");
    service.readies(a);
    node.gateways.foreign(service.network(), "gw1", "10.1.69.240_32");
    Eventually.holds(
        TestService.SOON, "drift", () -> service.get("/gateways/gw1").path("drifts").asInt() == 1);
    assertThat(service.get("/gateways/gw1").at("/driftItems/0/ip").asText())
        .isEqualTo("10.1.69.240");
    String c = service.eip("c", "gw1");
    service.readies(c);
    assertThat(node.there("gw1")).contains("addresses/10.1.69.240_32");
  }

  /** An agent that is killed and comes back in time goes on where it was: nothing goes down. */
  @Test
  void aRestartInTimeChangesNothing() throws Exception {
    String a = service.eip("a", "gw1");
    service.readies(a);
    long epoch = service.epoch("gw1");
    node.kill();
    node.start();
    node.logs("goes on as instance");
    String b = service.eip("b", "gw1");
    service.readies(a, b);
    assertThat(service.epoch("gw1")).isEqualTo(epoch);
  }

  /** F-e, and a reboot: the kernel is empty, so it is a new epoch and all is put there again. */
  @Test
  void aRebootIsANewEpoch() throws Exception {
    String a = service.eip("a", "gw1");
    service.fip(a, "10.0.0.5");
    service.readies(a);
    long epoch = service.epoch("gw1");
    node.reboot();
    Eventually.holds(TestService.SOON, "new epoch", () -> service.epoch("gw1") > epoch);
    service.readies(a);
    assertThat(node.there("gw1"))
        .isEqualTo(Set.of("addresses/" + a + "_24", "rules/" + a + "_fip"));
  }
}
