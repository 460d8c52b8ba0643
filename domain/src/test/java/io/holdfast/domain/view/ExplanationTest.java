package io.holdfast.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.net.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private final World world = new World();

  private static void says(List<String> sentences, String... parts) {
    assertThat(String.join("\n", sentences)).contains(parts);
  }

  @Test
  void ready() {
    world.play("allocate owner=a/u1 gateway=gw1\nobserve gw1 all");
    Explanation e = world.explain();
    says(
        e.state(),
        "10.0.0.1 of pool p is held by t/Pod/ns/a (u1) since 20",
        "by event " + world.tenure(),
        "Gateway gw1 (epoch 1, node n1) is to carry it, as /24");
    says(e.why(), "It is ready");
    assertThat(e.unblock()).isEmpty();
  }

  @Test
  void neverUsed() {
    EipView eip = EipView.find(world.lens(), IpAddress.parse("10.0.0.77"));
    Explanation e = world.explain(eip);
    says(e.state(), "10.0.0.77 of pool p is free", "never allocated");
    says(e.unblock(), "AllocateEip");
  }

  @Test
  void noAddressOfThisNetwork() {
    assertThat(EipView.find(world.lens(), IpAddress.parse("10.9.0.1"))).isNull();
  }

  @Test
  void releasing() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all\nrelease 10.0.0.1");
    Explanation e = world.explain();
    says(e.state(), "is being released; it was held by t/Pod/ns/a", "may still carry it");
    says(e.state(), "RestoreEip");
    says(e.why(), "not ready (NotAllocated)");
    says(e.unblock(), "agent of gateway gw1 on node n1", "without 10.0.0.1");
  }

  @Test
  void releasingBehindAFence() {
    world.play(
        "allocate owner=a gateway=gw1\nobserve gw1 all\nreschedule gw1 n2\nrelease 10.0.0.1");
    says(world.explain().unblock(), "Epoch 1 of gateway gw1 on node n1", "FenceNode n1");
  }

  @Test
  void coolingDown() {
    world.play("allocate owner=a\nrelease 10.0.0.1");
    Explanation e = world.explain();
    says(e.state(), "cools down until 20", "last tenure is " + world.tenure());
    says(e.state(), "was held by t/Pod/ns/a last", "RestoreEip");
    says(e.unblock(), "Nothing has to be done");
  }

  @Test
  void quarantined() {
    world.play("observe gw1 ip=10.0.0.1/32");
    Explanation e = world.explain();
    says(e.state(), "quarantine");
    says(e.why(), "NoDrift is False");
    says(e.unblock(), "Take it off gateway gw1");
  }

  @Test
  void notAttached() {
    world.play("allocate owner=a");
    says(world.explain().unblock(), "AttachEip");
  }

  @Test
  void carriedElsewhere() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all\nattach 10.0.0.1 gw2");
    Explanation e = world.explain();
    says(e.why(), "CarriedElsewhere");
    assertThat(e.unblock()).singleElement().asString().contains("gateway gw1 on node n1");
  }

  @Test
  void waitingForFence() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all\nreschedule gw1 n2");
    Explanation e = world.explain();
    says(e.why(), "WaitingForFence", "epoch 1 on node n1");
    says(e.unblock(), "must confirm that it holds nothing", "FenceNode n1");
  }

  @Test
  void notSeenYet() {
    world.play("allocate owner=a gateway=gw1");
    says(world.explain().unblock(), "agent of gateway gw1 on node n1", "heartbeats");
  }

  @Test
  void aRuleOfItsOwn() {
    world.play(
        """
        allocate owner=a gateway=gw1
        observe gw1 all
        bind-fip 10.0.0.1 192.168.0.5
        """);
    Explanation e = world.explain();
    says(e.why(), "It is ready", "Rule fip is not ready");
    says(e.unblock(), "For rule fip: The agent");
    world.play("unbind-fip 10.0.0.1");
    assertThat(world.explain().why()).isNotEmpty();
  }

  @Test
  void doubtsAreSaidThoughItIsReady() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all");
    world.play("check 10.0.0.1 tenure=%d unknown".formatted(world.tenure()));
    says(world.explain().why(), "It is ready", "OwnerKnown is Unknown");
  }

  @Test
  void whyItIsNotReadyIsSaidOnce() {
    world.play("allocate owner=a gateway=gw1");
    assertThat(world.explain().why())
        .singleElement()
        .asString()
        .startsWith("It is not ready (NotSeenYet)");
  }

  @Test
  void releasingFromAGatewayThatIsBeingRetired() {
    world.play("allocate owner=a gateway=gw1\nobserve gw1 all\nrelease 10.0.0.1\nretire gw1");
    assertThat(world.explain().unblock())
        .satisfiesExactly(
            last -> assertThat(last).isEqualTo("The last instance of gateway gw1 must be fenced."),
            epoch ->
                assertThat(epoch).startsWith("Epoch 1 of gateway gw1 on node n1 must confirm"));
  }

  /** It came after the move: the instance before never had it. */
  @Test
  void anInstanceThatCannotHaveItIsNotWaitedFor() {
    world.play(
        """
        define-gateway gw1 n1,n2,n3 fence=10s failover=takeover
        reschedule gw1 n2
        allocate owner=a gateway=gw1
        observe gw1 all
        release 10.0.0.1
        """);
    assertThat(world.explain().unblock())
        .singleElement()
        .asString()
        .startsWith("The agent of gateway gw1 on node n2");
  }

  @Test
  void rulesThatAreLeftAloneAreCounted() {
    world.play(
        """
        allocate owner=a gateway=gw1
        bind-fip 10.0.0.1 192.168.0.5
        observe gw1 all
        unbind-fip 10.0.0.1
        release 10.0.0.1
        """);
    assertThat(world.explain().unblock()).noneMatch(text -> text.startsWith("Its 1 rules"));
    world.play("observe gw1 rule=10.0.0.1|fip|192.168.0.5 -> EipWithdrawn RuleWithdrawn*0");
    assertThat(world.explain().unblock()).contains("Its 1 rules must be seen gone.");
  }
}
