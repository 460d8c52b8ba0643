package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** K. Kube-OVN #4718: clean-up called with the subnet instead of the address. */
class KubeOvnRemovalTest {
  private static final String TWO_EIPS =
      """
      define-pool p 10.1.69.205-10.1.69.206 subnet=10.1.69.0/24 cooldown=300s
      heartbeat n1 b1
      define-gateway gw1 n1
      allocate owner=a gateway=gw1         -> 10.1.69.205
      allocate owner=b gateway=gw1         -> 10.1.69.206
      observe gw1 all                      -> EipProgrammed*2
      """;

  @Test
  void theRemovalNamesExactlyWhatWasProgrammed() {
    Script script = new Script().play(TWO_EIPS).play("release 10.1.69.205 -> EipReleaseRequested");
    Event event = script.ledger().log().getLast().event();
    assertThat(event)
        .isInstanceOfSatisfying(
            Event.EipReleaseRequested.class,
            e -> {
              assertThat(e.ip()).hasToString("10.1.69.205");
              assertThat(e.prefixLength()).isEqualTo(24);
              assertThat(e.gateway()).isEqualTo("gw1");
            });
    script.play(
        """
        eip 10.1.69.206                      -> ALLOCATED ready /24
        observe gw1 ip=10.1.69.206/24        -> EipWithdrawn*1 EipCooldownStarted*1 EipUnprogrammed*0
        eip 10.1.69.206                      -> ALLOCATED ready
        """);
  }

  @Test
  void aRemovalThatRemovesNothingFreesNothing() {
    new Script()
        .play(TWO_EIPS)
        .play(
            """
            release 10.1.69.205
            repeat 5 observe gw1 ip=10.1.69.205/24,10.1.69.206/24   -> silent
            wait +1h
            heartbeat n1 b1
            tick +1s                                             -> silent
            eip 10.1.69.205                                      -> RELEASING
            observe gw1 ip=10.1.69.206/24 applied=5              -> silent
            observe gw1 partial ip=10.1.69.206/24                -> silent
            observe gw1 partial absent=10.1.69.205               -> EipWithdrawn
            """);
  }

  @Test
  void thePoolMayBeWidenedInBetween() {
    Script script =
        new Script()
            .play(TWO_EIPS)
            .play(
                """
                resize-pool p 10.1.68.10-10.1.68.20,10.1.69.205-10.1.69.206 subnet=10.1.68.0/23 mode=retain -> ok
                eip 10.1.69.205                      -> /24 ready
                release 10.1.69.205                  -> EipReleaseRequested
                """);
    assertThat(((Event.EipReleaseRequested) script.ledger().log().getLast().event()).prefixLength())
        .isEqualTo(24);
    script.play(
        """
        allocate owner=c gateway=gw1         -> 10.1.68.10
        eip 10.1.68.10                       -> /23
        """);
  }

  @Test
  void aReattachedAddressKeepsThePrefixItMayStillHave() {
    new Script()
        .play(TWO_EIPS)
        .play(
            """
            detach 10.1.69.205                   -> EipDetached
            resize-pool p 10.1.69.205-10.1.69.206 mode=retain
            attach 10.1.69.205 gw1               -> EipAttached
            eip 10.1.69.205                      -> /24 unready
            observe gw1 all                      -> EipProgrammed*1
            detach 10.1.69.205
            observe gw1 ip=10.1.69.206/24        -> EipWithdrawn
            attach 10.1.69.205 gw1
            eip 10.1.69.205                      -> /32
            """);
  }

  @Test
  void aReleasingAddressIsNeverHandedOut() {
    new Script()
        .play(TWO_EIPS)
        .play(
            """
            release 10.1.69.205
            allocate owner=c                     -> PoolExhausted silent
            allocate owner=c ip=10.1.69.205      -> AddressReleasing silent
            """);
  }

  @Test
  void aFreeAddressThatIsSeenLeavesTheFreeSet() {
    new Script()
        .play(TWO_EIPS)
        .play(
            """
            release 10.1.69.205
            observe gw1 ip=10.1.69.206/24        -> EipCooldownStarted
            tick +300s                           -> EipFreed
            heartbeat n1 b1
            pool p                               -> free=1
            observe gw1 ip=10.1.69.205/24,10.1.69.206/24    -> DriftDetected IpQuarantined
            eip 10.1.69.205                      -> QUARANTINED
            pool p                               -> free=0 quarantined=1
            allocate owner=c                     -> PoolExhausted
            allocate owner=c ip=10.1.69.205      -> AddressQuarantined
            observe gw1 ip=10.1.69.205/24,10.1.69.206/24    -> silent
            observe gw1 ip=10.1.69.206/24        -> DriftCleared EipCooldownStarted
            drifts                               -> none
            tick +300s                           -> EipFreed
            allocate owner=c                     -> 10.1.69.205
            """);
  }

  @Test
  void aNeverUsedAddressThatIsSeenIsPassedByTheCursor() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.2 cooldown=0s
            heartbeat n1 b1
            define-gateway gw1 n1
            observe gw1 ip=10.0.0.1/32           -> DriftDetected IpQuarantined
            allocate owner=a                     -> 10.0.0.2
            allocate owner=b                     -> PoolExhausted
            observe gw1                          -> DriftCleared EipFreed
            allocate owner=b                     -> 10.0.0.1
            """);
  }

  @Test
  void aHeldAddressThatIsSeenElsewhereIsNotFreedByItsRelease() {
    new Script()
        .play(TWO_EIPS)
        .play(
            """
            heartbeat n2 b1
            define-gateway gw2 n2
            observe gw2 ip=10.1.69.205/24        -> DriftDetected IpQuarantined*0
            eip 10.1.69.205                      -> ALLOCATED ready
            release 10.1.69.205
            observe gw1 ip=10.1.69.206/24        -> EipWithdrawn IpQuarantined EipCooldownStarted*0
            eip 10.1.69.205                      -> QUARANTINED
            observe gw2                          -> DriftCleared EipCooldownStarted
            """);
  }

  @Test
  void driftOfAnInstanceThatWasReplacedLastsUntilThatOneIsFenced() {
    new Script()
        .play(TWO_EIPS)
        .play(
            """
            define-pool q 10.9.9.9 cooldown=0s
            heartbeat n2 b1
            define-gateway gw1 n1,n2 fence=10s
            observe gw1 all ip=10.9.9.9/32       -> DriftDetected
            reschedule gw1                       -> GatewayRescheduled
            observe gw1 n1 epoch=1 ip=10.9.9.9/32     -> used silent
            observe gw1 n2                       -> silent
            eip 10.9.9.9                         -> QUARANTINED
            observe gw1 n1 epoch=1               -> GatewayInstanceFenced DriftCleared EipFreed
            """);
  }
}
