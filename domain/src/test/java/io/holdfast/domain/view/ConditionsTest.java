package io.holdfast.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.view.Condition.Status;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private final World world = new World().play("allocate owner=a gateway=gw1\nobserve gw1 all");

  private void holds(Condition.Type type, Status status, String reason) {
    Condition c = world.condition(type);
    assertThat(c.status()).as(c.toString()).isEqualTo(status);
    assertThat(c.reason()).isEqualTo(reason);
    assertThat(c.message()).isNotEmpty();
  }

  @Test
  void allIsWell() {
    assertThat(world.eip().conditions())
        .allMatch(c -> c.status() == Status.True)
        .extracting(Condition::type)
        .containsExactly(
            Condition.Type.Ready,
            Condition.Type.Programmed,
            Condition.Type.OwnerKnown,
            Condition.Type.Reachable,
            Condition.Type.NoConflict,
            Condition.Type.InPool,
            Condition.Type.NoDrift);
  }

  @Test
  void readyComesFirst() {
    assertThat(world.eip().conditions().getFirst().type()).isEqualTo(Condition.Type.Ready);
  }

  @Test
  void programmedIsUnknownUntilTheNewInstanceIsSeen() {
    world.play("reschedule gw1 n2");
    holds(Condition.Type.Programmed, Status.Unknown, "SeenByEarlierInstance");
  }

  @Test
  void ownerUnknown() {
    world.play("check 10.0.0.1 tenure=%d unknown".formatted(world.tenure()));
    holds(Condition.Type.OwnerKnown, Status.Unknown, "OwnerUnknown");
    assertThat(world.condition(Condition.Type.OwnerKnown).since()).isEqualTo(world.now());
    assertThat(world.eip().ready()).isTrue();
  }

  @Test
  void ownerAbsent() {
    world.play("check 10.0.0.1 tenure=%d absent".formatted(world.tenure()));
    holds(Condition.Type.OwnerKnown, Status.False, "OwnerAbsent");
  }

  @Test
  void eipProbeFailed() {
    world.play("probe 10.0.0.1 tenure=%d fail".formatted(world.tenure()));
    holds(Condition.Type.Reachable, Status.False, "ProbeFailed");
    assertThat(world.condition(Condition.Type.Reachable).since()).isEqualTo(world.now());
  }

  @Test
  void gatewayProbeFailed() {
    world.play("probe gw1 epoch=1 fail");
    holds(Condition.Type.Reachable, Status.False, "GatewayProbeFailed");
  }

  @Test
  void retained() {
    world.play("resize-pool p 10.0.0.8/29 mode=retain");
    holds(Condition.Type.InPool, Status.False, "Retained");
    assertThat(world.eip().retained()).isTrue();
    assertThat(world.eip().ready()).isTrue();
  }

  @Test
  void seenTwice() {
    world.play("observe gw2 ip=10.0.0.1/32");
    holds(Condition.Type.NoDrift, Status.False, "SeenTwice");
    assertThat(world.condition(Condition.Type.NoDrift).message()).contains("gw2");
    assertThat(world.condition(Condition.Type.NoDrift).since()).isEqualTo(world.now());
  }

  @Test
  void seenUnasked() {
    world.play("detach 10.0.0.1\nobserve gw1\nobserve gw2 ip=10.0.0.1/32");
    holds(Condition.Type.NoDrift, Status.False, "SeenUnasked");
    holds(Condition.Type.Programmed, Status.False, "NotAttached");
  }

  @Test
  void howOftenItFailedIsSaid() {
    world.play("probe gw1 epoch=1 fail");
    assertThat(message(Condition.Type.Reachable))
        .isEqualTo("gateway gw1 failed its probe once in a row: timeout");
    world.play("probe gw1 epoch=1 fail");
    assertThat(message(Condition.Type.Reachable))
        .isEqualTo("gateway gw1 failed its probe 2 times in a row: timeout");
  }

  @Test
  void whereItIsWantedIsSaidIfItIsWanted() {
    world.play("observe gw2 ip=10.0.0.1/32");
    assertThat(message(Condition.Type.NoDrift)).endsWith("; it is wanted on gateway gw1");
    world.play("detach 10.0.0.1");
    assertThat(message(Condition.Type.NoDrift)).doesNotContain("wanted");
  }

  @Test
  void whatIsBeingRemovedIsWantedOnNoGateway() {
    world.play("bind-fip 10.0.0.1 192.168.0.5\nobserve gw1 all\nunbind-fip 10.0.0.1");
    assertThat(world.rule("fip").conditions().getLast())
        .isEqualTo(
            Condition.fails(
                Condition.Type.Programmed, "NotAttached", "rule fip is wanted on no gateway", 0));
    world.play("release 10.0.0.1");
    holds(Condition.Type.Programmed, Status.False, "NotAttached");
  }

  @Test
  void theSameAddressOnTwoNodesOfOneGatewayIsSaidTwice() {
    world.play("observe gw2 ip=10.0.0.1/32\nobserve gw2 n1 epoch=0 ip=10.0.0.1/32");
    assertThat(message(Condition.Type.NoDrift))
        .startsWith("gateway gw2 on node n1, gateway gw2 on node n3 was seen with it");
  }

  private String message(Condition.Type type) {
    return world.condition(type).message();
  }
}
