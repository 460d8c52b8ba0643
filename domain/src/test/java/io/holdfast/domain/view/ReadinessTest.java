package io.holdfast.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One test for each reason, on states that the domain itself made. */
class ReadinessTest {
  private final World world = new World();

  private Reason reason() {
    return world.eip().readiness().reason();
  }

  @Test
  void programmed() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all");
    assertThat(reason()).isEqualTo(Reason.Programmed);
    assertThat(world.eip().ready()).isTrue();
    assertThat(world.eip().readiness().observedRevision())
        .isEqualTo(world.address().carriages().getFirst().revision());
  }

  @Test
  void notAllocatedWhenReleasing() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all\nrelease 10.0.0.1");
    assertThat(reason()).isEqualTo(Reason.NotAllocated);
    assertThat(world.eip().readiness().message()).contains("being released");
  }

  @Test
  void notAllocatedWhenCoolingDownThenFree() {
    world.play("allocate owner=a\nrelease 10.0.0.1");
    assertThat(reason()).isEqualTo(Reason.NotAllocated);
    assertThat(world.eip().readiness().message()).contains("rests until");
    world.play("tick +600s");
    assertThat(world.eip().readiness().message()).contains("free");
  }

  @Test
  void notAllocatedInQuarantine() {
    world.play("observe gw1 ip=10.0.0.1/32");
    assertThat(reason()).isEqualTo(Reason.NotAllocated);
    assertThat(world.eip().readiness().message()).contains("quarantine");
  }

  @Test
  void notAttached() {
    world.play("allocate owner=a");
    assertThat(reason()).isEqualTo(Reason.NotAttached);
  }

  @Test
  void carriedElsewhere() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all\nattach 10.0.0.1 gw2");
    assertThat(reason()).isEqualTo(Reason.CarriedElsewhere);
    assertThat(world.eip().readiness().message()).contains("gateway gw1 may still carry 10.0.0.1");
  }

  @Test
  void waitingForFence() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all\nreschedule gw1 n2");
    assertThat(reason()).isEqualTo(Reason.WaitingForFence);
    assertThat(world.eip().readiness().message()).contains("epoch 1 on node n1", "lease", "Z");
    assertThat(world.eip().readiness().since()).isEqualTo(world.now());
  }

  @Test
  void notSeenYet() {
    world.play("allocate owner=a gateway=gw1");
    assertThat(reason()).isEqualTo(Reason.NotSeenYet);
  }

  @Test
  void seenByEarlierInstance() {
    world.play(
        """
        allocate owner=a gateway=gw1
        observe gw1 all
        reschedule gw1 n2
        observe gw1 n1 epoch=1
        """);
    assertThat(reason()).isEqualTo(Reason.SeenByEarlierInstance);
    assertThat(world.eip().readiness().since()).isPositive();
  }

  @Test
  void seenMissing() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all\nobserve gw1");
    assertThat(reason()).isEqualTo(Reason.SeenMissing);
    assertThat(world.condition(Condition.Type.Programmed).status())
        .isEqualTo(Condition.Status.False);
  }

  @Test
  void aRuleIsJudgedByItself() {
    world.play(
        """
        allocate owner=a gateway=gw1
        observe gw1 all
        bind-fip 10.0.0.1 192.168.0.5
        """);
    assertThat(reason()).isEqualTo(Reason.Programmed);
    assertThat(world.rule("fip").readiness().reason()).isEqualTo(Reason.NotSeenYet);
    world.play("observe gw1 all\nobserve gw1 rule=10.0.0.1|fip|192.168.0.5");
    assertThat(reason()).isEqualTo(Reason.SeenMissing);
    assertThat(world.rule("fip").ready()).isTrue();
  }

  @Test
  void ruleRemoved() {
    world.play(
        """
        allocate owner=a gateway=gw1
        bind-fip 10.0.0.1 192.168.0.5
        observe gw1 all
        unbind-fip 10.0.0.1
        """);
    assertThat(world.rule("fip").readiness().reason()).isEqualTo(Reason.RuleRemoved);
    assertThat(world.eip().ready()).isTrue();
  }

  @Test
  void ruleOfAnEipOnNoGateway() {
    world.play("allocate owner=a\nbind-fip 10.0.0.1 192.168.0.5");
    assertThat(world.rule("fip").readiness().reason()).isEqualTo(Reason.NotAttached);
    assertThat(world.rule("fip").conditions())
        .extracting(Condition::type)
        .containsExactly(Condition.Type.Ready, Condition.Type.Programmed);
  }

  @Test
  void takeoverDoesNotWait() {
    world.play(
        """
        define-gateway gw3 n1,n2 failover=takeover
        allocate owner=a gateway=gw3
        observe gw3 all
        reschedule gw3 n2
        """);
    assertThat(reason()).isEqualTo(Reason.SeenByEarlierInstance);
    world.play("observe gw3 all");
    assertThat(reason()).isEqualTo(Reason.Programmed);
  }
}
