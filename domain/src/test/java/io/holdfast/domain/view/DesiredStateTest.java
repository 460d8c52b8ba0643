package io.holdfast.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.DesiredState.DesiredAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DesiredStateTest {
  private final World world =
      new World()
          .play(
              """
              allocate owner=a gateway=gw1
              bind-fip 10.0.0.1 192.168.0.5
              observe gw1 all
              """);

  private long revision(String gateway) {
    return Objects.requireNonNull(world.state().gateways().get(gateway)).revision();
  }

  private static void isEmpty(DesiredState d) {
    assertThat(d.addresses()).isEmpty();
    assertThat(d.rules()).isEmpty();
    assertThat(d.waiting()).isEmpty();
    assertThat(d.held()).isNotEmpty();
  }

  @Test
  void unknownGateway() {
    assertThat(DesiredState.of(world.state(), "gw9", "n1")).isNull();
    assertThat(DesiredState.version(world.state(), "gw9", "n1")).isNull();
  }

  @Test
  void everythingWantedForTheCurrentInstance() {
    DesiredState d = world.desired("gw1", "n1");
    assertThat(d.held()).isEmpty();
    assertThat(d.instance()).isEqualTo("i1");
    assertThat(d.epoch()).isEqualTo(1);
    assertThat(d.revision()).isEqualTo(revision("gw1"));
    assertThat(d.fenceAfterMs()).isEqualTo(10_000);
    assertThat(d.addresses())
        .containsExactly(
            new DesiredAddress(
                World.IP, 24, world.tenure(), world.address().carriages().getFirst().revision()));
    assertThat(d.rules())
        .singleElement()
        .satisfies(r -> {
          assertThat(r.spec().id()).isEqualTo("fip");
          assertThat(r.spec().target()).isEqualTo("192.168.0.5");
          assertThat(r.tenure()).isEqualTo(world.tenure());
        });
    assertThat(d.withdraw()).isEmpty();
    assertThat(d.version()).isEqualTo(DesiredState.version(world.state(), "gw1", "n1"));
    assertThat(d.version().toString()).isEqualTo("1-" + d.revision());
  }

  @Test
  void nothingForAnotherNode() {
    DesiredState d = world.desired("gw1", "n2");
    isEmpty(d);
    assertThat(d.epoch()).isZero();
    assertThat(d.withdraw()).isEmpty();
    assertThat(d.held()).contains("runs on node n1", "no instance on node n2");
  }

  @Test
  void nothingWhileAnEarlierInstanceIsNotFenced() {
    world.play("reschedule gw1 n2");
    DesiredState d = world.desired("gw1", "n2");
    isEmpty(d);
    assertThat(d.epoch()).isEqualTo(2);
    assertThat(d.instance()).isEmpty();
    assertThat(d.held()).contains("epoch 1 on node n1", "not before 20");
    assertThat(d.withdraw()).isEmpty(); // this kernel has never been given anything
  }

  @Test
  void anEarlierInstanceIsToConfirmThatItHoldsNothing() {
    world.play("reschedule gw1 n2");
    DesiredState d = world.desired("gw1", "n1");
    isEmpty(d);
    assertThat(d.epoch()).isEqualTo(1);
    assertThat(d.revision()).isEqualTo(revision("gw1"));
    assertThat(d.instance()).isEmpty();
    assertThat(d.withdraw())
        .containsExactly(
            new Withdrawal(World.IP, 24, world.tenure(), "", Withdrawal.Reason.Moved),
            new Withdrawal(World.IP, 0, world.tenure(), "fip", Withdrawal.Reason.Moved));
    // What it is told is what fences it.
    world.play(
        "observe gw1 n1 epoch=%d applied=%d -> GatewayInstanceFenced"
            .formatted(d.epoch(), d.revision()));
    assertThat(world.desired("gw1", "n2").addresses()).hasSize(1);
    assertThat(world.desired("gw1", "n1").epoch()).isZero();
  }

  @Test
  void theLastOfSeveralEarlierInstancesSpeaksForItsNode() {
    world.play("reschedule gw1 n2\nreschedule gw1 n1\nreschedule gw1 n3");
    assertThat(world.desired("gw1", "n1").epoch()).isEqualTo(3);
    assertThat(world.desired("gw1", "n2").epoch()).isEqualTo(2);
  }

  @Test
  void backOnItsOldNodeTheOldContentIsToGoFirst() {
    world.play("reschedule gw1 n2\nreschedule gw1 n1");
    DesiredState d = world.desired("gw1", "n1");
    isEmpty(d);
    assertThat(d.epoch()).isEqualTo(3);
    assertThat(d.withdraw()).hasSize(2);
  }

  /** Never longer than its fence waits: that waits for the longest lease it may have been told. */
  @Test
  void anEarlierInstanceIsToldNoLongerLeaseThanItsFenceWaitsFor() {
    world.play("reschedule gw1 n2\ndefine-gateway gw1 n1,n2,n3 fence=5s");
    assertThat(world.desired("gw1", "n1").fenceAfterMs()).isEqualTo(5_000);
    world.play("define-gateway gw1 n1,n2,n3 fence=60s");
    assertThat(world.desired("gw1", "n1").fenceAfterMs()).isEqualTo(60_000);
    assertThat(world.desired("gw1", "n2").fenceAfterMs()).isEqualTo(60_000);
  }

  @Test
  void heldBackWhileAnotherGatewayMayCarryIt() {
    world.play("unbind-fip 10.0.0.1\nobserve gw1 all\nattach 10.0.0.1 gw2");
    DesiredState d = world.desired("gw2", "n3");
    assertThat(d.addresses()).isEmpty();
    assertThat(d.rules()).isEmpty();
    assertThat(d.held()).isEmpty();
    assertThat(d.waiting())
        .singleElement()
        .satisfies(w -> {
          assertThat(w.ip()).isEqualTo(World.IP);
          assertThat(w.prefixLength()).isEqualTo(24);
          assertThat(w.tenure()).isEqualTo(world.tenure());
          assertThat(w.reason()).contains("gw1");
        });
    assertThat(world.desired("gw1", "n1").withdraw())
        .containsExactly(
            new Withdrawal(World.IP, 24, world.tenure(), "", Withdrawal.Reason.Detached));
    DesiredState.Version before = d.version();
    world.play("observe gw1 -> EipWithdrawn");
    DesiredState after = world.desired("gw2", "n3");
    assertThat(after.addresses()).extracting(DesiredAddress::ip).containsExactly(World.IP);
    assertThat(after.version()).isNotEqualTo(before);
  }

  @Test
  void aTakeoverThatIsCalledOffIsTakenBack() {
    world.play(
        """
        define-gateway gw1 n1,n2,n3 failover=takeover
        reschedule gw1 n2
        observe gw1 all -> EipProgrammed
        define-gateway gw1 n1,n2,n3
        """);
    DesiredState d = world.desired("gw1", "n2");
    isEmpty(d);
    assertThat(d.withdraw()).extracting(Withdrawal::reason).containsOnly(Withdrawal.Reason.Moved);
    assertThat(d.withdraw()).hasSize(2);
  }

  @Test
  void rulesOfAHeldBackAddressAreHeldBackToo() {
    world.play(
        """
        unbind-fip 10.0.0.1
        observe gw1 all
        attach 10.0.0.1 gw2
        bind-fip 10.0.0.1 192.168.0.6
        """);
    assertThat(world.desired("gw2", "n3").rules()).isEmpty();
    world.play("observe gw1");
    assertThat(world.desired("gw2", "n3").rules()).hasSize(1);
  }

  @Test
  void aReleaseIsAnExactRemoval() {
    world.play("unbind-fip 10.0.0.1\nrelease 10.0.0.1");
    assertThat(world.desired("gw1", "n1").withdraw())
        .containsExactlyInAnyOrder(
            new Withdrawal(World.IP, 24, world.tenure(), "", Withdrawal.Reason.Released),
            new Withdrawal(World.IP, 0, world.tenure(), "fip", Withdrawal.Reason.RuleRemoved));
  }

  @Test
  void theRemovalIsThatOfThen() {
    world.play(
        """
        unbind-fip 10.0.0.1
        resize-pool p 10.0.0.0/25 subnet=10.0.0.0/25 mode=retain
        release 10.0.0.1
        """);
    assertThat(world.desired("gw1", "n1").withdraw())
        .filteredOn(w -> w.rule().isEmpty())
        .extracting(Withdrawal::prefixLength)
        .containsExactly(24);
  }

  @Test
  void aDriftIsRemovedWithThePrefixThatWasSeen() {
    world.play("observe gw1 all ip=10.0.0.9/28");
    assertThat(world.desired("gw1", "n1").withdraw())
        .containsExactly(
            new Withdrawal(IpAddress.parse("10.0.0.9"), 28, 0, "", Withdrawal.Reason.Drift));
  }

  @Test
  void aRetiringGatewayIsToHoldNothing() {
    world.play(
        """
        unbind-fip 10.0.0.1
        detach 10.0.0.1
        observe gw1
        retire gw1
        """);
    DesiredState d = world.desired("gw1", "n1");
    isEmpty(d);
    assertThat(d.epoch()).isEqualTo(1);
    assertThat(d.held()).contains("is being retired");
    world.play("observe gw1 n1 epoch=1 -> GatewayRetired");
    assertThat(world.desired("gw1", "n1").epoch()).isZero();
    assertThat(world.desired("gw1", "n1").held()).contains("is retired");
  }

  @Test
  void whatIsGivenIsNeverWithdrawnToo() {
    world.play(
        """
        observe gw2 ip=10.0.0.1/24
        unbind-fip 10.0.0.1
        detach 10.0.0.1
        observe gw1
        attach 10.0.0.1 gw2
        """);
    DesiredState d = world.desired("gw2", "n3");
    assertThat(d.addresses()).hasSize(1);
    assertThat(d.withdraw()).isEqualTo(List.of());
  }
}
