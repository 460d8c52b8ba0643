package io.holdfast.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.net.IpAddress;
import java.util.Objects;
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

  /**
   * A view may have read the rule before, and the address after something happened to it: what it
   * says is still no more than what is so.
   */
  @Test
  void aRuleThatWasReadBeforeItsAddressWent() {
    world.play(
        """
        resize-pool p 10.0.0.0/24 subnet=10.0.0.0/24
        allocate owner=a gateway=gw1
        bind-fip 10.0.0.1 192.168.0.5
        observe gw1 all
        """);
    Rule before = world.rule("fip").rule();
    RuleKey key = new RuleKey(World.IP, "fip");
    world.play("force-release 10.0.0.1");
    RuleView releasing = RuleView.of(world.lens(), key, before);
    assertThat(releasing.readiness().reason()).isEqualTo(Reason.NotAllocated);
    assertThat(releasing.readiness().message()).isEqualTo("10.0.0.1 is being released");
    world.play("resize-pool p 10.0.0.8-10.0.0.9 mode=retain\nobserve gw1\ntick +300s -> EipFreed");
    assertThat(world.state().addresses().get(World.IP)).isNull();
    RuleView gone = RuleView.of(world.lens(), key, before);
    assertThat(gone.readiness().reason()).isEqualTo(Reason.NotAllocated);
    assertThat(gone.readiness().message()).isEqualTo("10.0.0.1 is free");
    assertThat(gone.ready()).isFalse();
  }

  @Test
  void anAddressThatWasReadBeforeItsGatewayWent() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all");
    Address before = world.address();
    world.play("detach 10.0.0.1\nobserve gw1\nretire gw1");
    Readiness readiness = Readiness.of(world.lens(), World.IP, before);
    assertThat(readiness.reason()).isEqualTo(Reason.GatewayUnplaced);
    assertThat(readiness.message()).isEqualTo("gateway gw1 has no instance");
  }

  @Test
  void noMoreRulesThanAskedFor() {
    world.play(
        """
        allocate owner=a
        bind-fip 10.0.0.1 192.168.0.5
        add-dnat 10.0.0.1 tcp/80 192.168.0.5
        add-dnat 10.0.0.1 tcp/81 192.168.0.5
        """);
    assertThat(RuleView.ofAddress(world.lens(), World.IP, 4))
        .extracting(rule -> rule.key().rule())
        .containsExactly("dnat/tcp/80", "dnat/tcp/81", "fip");
    assertThat(RuleView.ofAddress(world.lens(), World.IP, 3)).hasSize(3);
    assertThat(RuleView.ofAddress(world.lens(), World.IP, 2))
        .extracting(rule -> rule.key().rule())
        .containsExactly("dnat/tcp/80", "dnat/tcp/81");
  }

  @Test
  void anEipIsRetainedOnlyOutsideItsPool() {
    world.play("allocate owner=a");
    assertThat(world.eip().retained()).isFalse();
    world.play("resize-pool p 10.0.0.8-10.0.0.9 mode=retain");
    assertThat(world.eip().retained()).isTrue();
  }

  @Test
  void aNeverUsedAddressIsFoundInWhicheverPoolCoversIt() {
    world.play("define-pool q 10.1.0.0/24");
    EipView found = Objects.requireNonNull(EipView.find(world.lens(), IpAddress.parse("10.1.0.7")));
    assertThat(found.address().pool()).isEqualTo("q");
    assertThat(found.address().phase()).isEqualTo(Phase.FREE);
  }
}
