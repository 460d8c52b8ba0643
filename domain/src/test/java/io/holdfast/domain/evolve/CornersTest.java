package io.holdfast.domain.evolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.script.Script;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.view.DesiredState;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each is there because a mutation of evolve survived every scenario. */
class CornersTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      heartbeat n1 b1
      heartbeat n2 b1
      define-gateway gw1 n1,n2 fence=10s failover=takeover
      """;

  @Test
  void onNoGatewayAReplacedFipGivesItsInsideBackAtOnce() {
    new Script()
        .play(WORLD)
        .play(
            """
            allocate owner=a count=2
            bind-fip 10.0.0.1 192.168.0.1
            bind-fip 10.0.0.2 192.168.0.1            -> InternalIpInUse
            bind-fip 10.0.0.1 192.168.0.2 replace    -> FipBound
            bind-fip 10.0.0.2 192.168.0.1            -> FipBound
            unbind-fip 10.0.0.2                      -> FipUnbound RuleWithdrawn
            rule 10.0.0.2 fip                        -> none
            bind-fip 10.0.0.1 192.168.0.1 replace    -> FipBound
            release 10.0.0.2                         -> EipCooldownStarted
            """);
  }

  @Test
  void allRulesComeAlongWhenTheirEipIsAttached() {
    new Script()
        .play(WORLD)
        .play(
            """
            allocate owner=a
            add-dnat 10.0.0.1 tcp/80 192.168.0.1
            bind-fip 10.0.0.1 192.168.0.1 vpc=w
            add-snat 10.0.0.1 192.168.0.0/24
            attach 10.0.0.1 gw1
            observe gw1 all                          -> EipProgrammed RuleProgrammed*3
            detach 10.0.0.1                          -> InUse
            """);
  }

  @Test
  void aRuleThatIsSeenMissingIsNotReadyUntilItIsSeenAgain() {
    new Script()
        .play(WORLD)
        .play(
            """
            allocate owner=a gateway=gw1
            bind-fip 10.0.0.1 192.168.0.1
            observe gw1 all                          -> RuleProgrammed
            observe gw1 all but=10.0.0.1|fip         -> RuleUnprogrammed EipUnprogrammed*0
            rule 10.0.0.1 fip                        -> wanted unready
            eip 10.0.0.1                             -> ready
            observe gw1 all but=10.0.0.1|fip         -> silent
            observe gw1 all                          -> RuleProgrammed
            rule 10.0.0.1 fip                        -> ready
            """);
  }

  @Test
  void aRuleThatThePresentInstanceDroppedWaitsForTheEarlierOneOnly() {
    new Script()
        .play(WORLD)
        .play(
            """
            allocate owner=a gateway=gw1
            bind-fip 10.0.0.1 192.168.0.1
            observe gw1 all
            reschedule gw1                           -> GatewayRescheduled
            observe gw1 all                          -> RuleProgrammed
            unbind-fip 10.0.0.1
            observe gw1 all                          -> RuleCleared RuleWithdrawn*0
            observe gw1 all                          -> silent
            rule 10.0.0.1 fip                        -> removing
            observe gw1 n1 epoch=1                   -> GatewayInstanceFenced
            tick +0s                                 -> RuleWithdrawn
            """);
  }

  @Test
  void aProbeRecoversOnce() {
    new Script()
        .play(WORLD)
        .play(
            """
            allocate owner=a                         -> 10.0.0.1#6
            probe 10.0.0.1 tenure=6 fail             -> ProbeFailed
            probe 10.0.0.1 tenure=6 ok               -> ProbeRecovered
            probe 10.0.0.1 tenure=6 ok               -> silent
            """);
  }

  @Test
  void anAlarmIsRaisedOnceAlsoAcrossARestart() {
    new Script()
        .play(WORLD)
        .play(
            """
            allocate owner=a node=n1
            heartbeat n1 b2                          -> NodeReturned
            tick +300s                               -> OwnerInventoryOverdue
            restart
            tick +1s                                 -> OwnerInventoryOverdue*0
            """);
  }

  @Test
  void aCoolingAddressThatIsSeenSomewhereIsQuarantinedPastItsDeadline() {
    new Script()
        .play(WORLD)
        .play(
            """
            allocate owner=a
            release 10.0.0.1                         -> EipCooldownStarted
            observe gw1 ip=10.0.0.1/32               -> DriftDetected IpQuarantined
            tick +10s
            wait +20s
            heartbeat n1 b1
            tick +1s                                 -> EipFreed*0
            eip 10.0.0.1                             -> QUARANTINED
            """);
  }

  /** An unknown answer is no beginning of an absence. */
  @Test
  void theTimeOfAnAbsenceIsCountedFromTheFirstAbsent() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 confirm=2 over=60s retry-min=1s
            allocate owner=a                         -> 10.0.0.1#2
            check 10.0.0.1 unknown tenure=2          -> OwnerUnknown
            tick +300s
            check 10.0.0.1 absent tenure=2           -> OwnerAbsent
            tick +59s
            check 10.0.0.1 absent tenure=2           -> EipReleaseRequested*0
            tick +61s
            check 10.0.0.1 absent tenure=2           -> EipReleaseRequested
            """);
  }

  @Test
  void aCutPoolRetainsAllItsAddressesAndTakesThemBack() {
    new Script()
        .play(WORLD)
        .play(
            """
            allocate owner=a count=4
            release 10.0.0.2
            resize-pool p 10.0.0.4-10.0.0.6 mode=retain
            pool p                                   -> size=3 allocated=3 cooling=1 retained=3 free=2
            resize-pool p 10.0.0.0/29 mode=retain
            pool p                                   -> size=6 retained=0
            """);
  }

  @Test
  void theLastNeverUsedAddressOfARangeOutlivesAResize() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.3
            allocate owner=a count=2
            resize-pool p 10.0.0.1-10.0.0.4
            allocate owner=b count=2                 -> 10.0.0.3 10.0.0.4
            """);
  }

  @Test
  void aLogThatDoesNotFitItsStateIsAnError() {
    Event.EipRebound event =
        new Event.EipRebound(IpAddress.parse("10.0.0.1"), 1, new NodeBinding("n1", "b1"));
    assertThatThrownBy(() -> Evolver.apply(new MemoryState(), new EventHeader(1, 1), event))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("10.0.0.1");
  }

  @Test
  void aPoolMayEndWhereTheAddressesEnd() {
    for (String range :
        new String[] {
          "255.255.255.254-255.255.255.255",
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
        }) {
      String family = range.contains(":") ? "v6" : "v4";
      new Script()
          .play("define-pool p " + range)
          .play("allocate owner=a count=2 family=" + family + " -> EipAllocated*2")
          .play("allocate owner=b family=" + family + " -> PoolExhausted");
    }
  }

  /** An agent that waits for news hears of it. */
  @Test
  void driftAndTheEndOfAGatewayAreNewsForItsAgents() {
    Script script = new Script().play(WORLD);
    script.play("observe gw1 ip=10.0.0.1/32 -> DriftDetected IpQuarantined");
    long detected = script.ledger().head().sequence() - 1;
    assertThat(revision(script)).isEqualTo(detected);
    script.play("retire gw1 -> GatewayRetiring");
    script.play("observe gw1 n1 epoch=1 -> GatewayInstanceFenced DriftCleared GatewayRetired");
    assertThat(revision(script)).isEqualTo(script.ledger().head().sequence());
  }

  private static long revision(Script script) {
    return Objects.requireNonNull(DesiredState.version(script.ledger().state(), "gw1", "n1"))
        .revision();
  }
}
