package io.holdfast.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.model.Gateway;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GatewayExplanationTest {
  private final World world = new World();

  private Gateway gateway(String name) {
    return Objects.requireNonNull(world.state().gateways().get(name));
  }

  private Sentences explain(String name) {
    GatewayCounts counts = GatewayCounts.start(name).more(world.lens(), name, 1_000);
    return GatewayExplanation.of(world.lens(), name, gateway(name), counts);
  }

  private Condition condition(String name, Condition.Type type) {
    return GatewayConditions.of(world.lens(), name, gateway(name)).stream()
        .filter(c -> c.type() == type)
        .findFirst()
        .orElseThrow();
  }

  private void is(String gateway, Condition.Type type, Condition.Status status, String reason) {
    Condition c = condition(gateway, type);
    assertThat(c.status()).as(c.toString()).isEqualTo(status);
    assertThat(c.reason()).isEqualTo(reason);
  }

  private static void says(List<String> sentences, String... parts) {
    assertThat(String.join("\n", sentences)).contains(parts);
  }

  @Test
  void allIsWell() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all");
    Sentences e = explain("gw1");
    says(e.state(), "Gateway gw1 runs on node n1 as epoch 1 since 20", "its instance is i1");
    says(e.state(), "n1 (up), n2 (up), n3 (up)", "1 EIP and 0 rules");
    assertThat(e.why()).containsExactly("It works, and all it is to carry is ready.");
    assertThat(e.unblock()).isEmpty();
    is("gw1", Condition.Type.Placed, Condition.Status.True, "Placed");
    assertThat(condition("gw1", Condition.Type.Placed).since())
        .isEqualTo(gateway("gw1").placedAt());
    is("gw1", Condition.Type.Active, Condition.Status.True, "Active");
    is("gw1", Condition.Type.Reachable, Condition.Status.True, "NoFailure");
    is("gw1", Condition.Type.NoDrift, Condition.Status.True, "NotSeen");
  }

  @Test
  void notSeenYet() {
    world.play("allocate owner=a gateway=gw1\nbind-fip 10.0.0.1 192.168.0.5");
    Sentences e = explain("gw1");
    assertThat(e.why()).containsExactly("1 of 1 EIP and 1 of 1 rule are not ready.");
    says(e.unblock(), "node n1 must apply revision " + gateway("gw1").revision(), "(epoch 1)");
  }

  @Test
  void waitsForAFence() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all\nreschedule gw1 n2");
    long fenceAt = gateway("gw1").unfenced().getFirst().fenceAt();
    is("gw1", Condition.Type.Active, Condition.Status.False, "WaitingForFence");
    is("gw1", Condition.Type.Reachable, Condition.Status.Unknown, "NotStarted");
    Sentences e = explain("gw1");
    says(e.state(), "Epoch 1 on node n1 was told by event", Instants.text(fenceAt));
    says(e.why(), "Active is False (WaitingForFence): it waits until epoch 1 on node n1");
    says(e.unblock(), "FenceNode n1", "Start the agent of node n2");
  }

  @Test
  void aTakeoverDoesNotWait() {
    world.play(
        """
        define-gateway gw3 n1,n2 failover=takeover
        allocate owner=a gateway=gw3
        observe gw3 all
        reschedule gw3 n2
        """);
    is("gw3", Condition.Type.Active, Condition.Status.True, "Active");
    says(explain("gw3").state(), "Epoch 1 on node n1");
    assertThat(String.join("", explain("gw3").unblock())).doesNotContain("FenceNode");
  }

  @Test
  void probesFail() {
    world.play("probe gw1 epoch=1 fail\nprobe gw1 epoch=1 fail");
    Condition reachable = condition("gw1", Condition.Type.Reachable);
    assertThat(reachable.reason()).isEqualTo("ProbeFailed");
    assertThat(reachable.since()).isEqualTo(Objects.requireNonNull(gateway("gw1").probe()).since());
    says(explain("gw1").why(), "it failed 2 probes in a row");
    says(explain("gw1").unblock(), "After 3 failures in a row it is moved");
  }

  @Test
  void itsNodeIsLostAndThereIsNoOther() {
    world.play("tick +10m");
    is("gw2", Condition.Type.Reachable, Condition.Status.False, "NodeLost");
    says(explain("gw2").state(), "n3 (lost since 20");
    says(explain("gw2").unblock(), "agent of node n3 must report heartbeats, or give it another");
    says(explain("gw1").unblock(), "must report heartbeats, or that of another candidate");
  }

  @Test
  void itsNodeWasNeverHeardOf() {
    world.play("define-gateway gw3 n9,n8\ndefine-gateway gw4 n9\nheartbeat n8 b1");
    is("gw4", Condition.Type.Reachable, Condition.Status.Unknown, "NodeUnknown");
    says(explain("gw4").state(), "n9 (never heard of)");
    says(explain("gw3").unblock(), "or move it to n8 (RescheduleGateway)");
  }

  @Test
  void drift() {
    world.play("observe gw1 ip=10.0.0.9/32,10.0.0.8/32");
    is("gw1", Condition.Type.NoDrift, Condition.Status.False, "SeenUnasked");
    says(explain("gw1").why(), "NoDrift is False", "10.0.0.8 on node n1 and 1 more");
    says(explain("gw1").unblock(), "gateway's drifts");
    is("gw2", Condition.Type.NoDrift, Condition.Status.True, "NotSeen");
  }

  @Test
  void retiringAndRetired() {
    world.play("retire gw1");
    is("gw1", Condition.Type.Placed, Condition.Status.False, "Retiring");
    Sentences e = explain("gw1");
    says(e.state(), "is being taken out of service since 20");
    assertThat(e.why()).hasSize(1);
    says(e.unblock(), "Epoch 1 of gateway gw1 on node n1 must confirm");
    world.play("observe gw1 n1 epoch=1");
    is("gw1", Condition.Type.Placed, Condition.Status.False, "Retired");
    says(explain("gw1").state(), "is retired");
    says(explain("gw1").unblock(), "DefineGateway");
  }
}
