package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.script.Script;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** H. Harvester #7471, #8150, rancher #21348: hard reboots use up the pool, or duplicate it. */
class HarvesterRebootTest {
  private static final String BOUND =
      """
      define-pool p 10.52.3.0/24 cooldown=300s
      heartbeat n1 b1
      repeat 250 allocate owner=vm{i} node=n1
      pool p -> allocated=250 free=4
      """;

  @Test
  void ownersThatDidNotComeBackAreReleased() {
    Script script =
        new Script()
            .auditAtTheEnd()
            .play(BOUND)
            .play(
                """
                heartbeat n1 b2                    -> NodeReturned
                pool p                             -> allocated=250
                inventory n1 b2                    -> OwnerInventoryTaken EipReleaseRequested*250 EipCooldownStarted*250
                pool p                             -> allocated=0 cooling=250 free=4
                inventory n1 b2                    -> silent
                tick +300s                         -> EipFreed*250
                pool p                             -> allocated=0 cooling=0 free=254
                """);
    assertThat(script.ledger().log())
        .extracting(Recorded::event)
        .filteredOn(Event.EipReleaseRequested.class::isInstance)
        .hasSize(250)
        .allSatisfy(e -> {
          Event.EipReleaseRequested release = (Event.EipReleaseRequested) e;
          assertThat(release.cause()).isEqualTo(ReleaseCause.OWNER_REBOOTED);
          assertThat(release.evidence()).contains("n1", "b2");
        });
  }

  @Test
  void aHundredRebootsNeverUseUpThePool() {
    Script script =
        new Script()
            .auditAtTheEnd()
            .play("define-pool p 10.52.3.0/28 cooldown=5s\nheartbeat n1 b0");
    for (int boot = 1; boot <= 100; boot++) {
      script.step("repeat 6 allocate owner=vm{i} node=n1 -> EipAllocated");
      script.step("pool p -> allocated=6");
      script.step("heartbeat n1 b" + boot);
      script.step("inventory n1 b" + boot + " -> EipReleaseRequested*6");
      script.step("tick +6s -> EipFreed*6");
    }
    script.play("pool p -> allocated=0 free=14");
  }

  @Test
  void exactlyThoseInTheInventoryStay() {
    new Script()
        .auditAtTheEnd()
        .play(BOUND)
        .play(
            """
            heartbeat n1 b2
            inventory n1 b2 owners=vm0,vm7,vm249,other   -> EipReleaseRequested*247
            pool p                                       -> allocated=3 cooling=247
            allocate owner=vm7                           -> same 10.52.3.8
            allocate owner=vm7 node=n1                   -> ok 10.52.3.8 EipRebound
            """);
  }

  @Test
  void whoSurvivedOneBootIsNotReleasedByALaterInventoryOfTheSameBoot() {
    new Script()
        .play(
            """
            define-pool p 10.52.3.0/28
            heartbeat n1 b1
            allocate owner=vm1 node=n1
            heartbeat n1 b2
            inventory n1 b2 owners=vm1          -> OwnerInventoryTaken EipReleaseRequested*0
            inventory n1 b2                     -> silent
            pool p                              -> allocated=1
            heartbeat n1 b3
            inventory n1 b3                     -> EipReleaseRequested*1
            """);
  }

  @Test
  void withoutANewBootNothingIsReleased() {
    new Script()
        .auditAtTheEnd()
        .play(BOUND)
        .play(
            """
            inventory n1 b1                     -> silent
            inventory n1 b1 incomplete          -> late silent
            inventory n1 b0                     -> late silent
            heartbeat n1 b2
            inventory n1 b2 incomplete          -> late silent
            inventory n1 b1                     -> late silent
            pool p                              -> allocated=250
            """);
  }

  @Test
  void whoGotItsAddressInTheNewBootStays() {
    new Script()
        .play(
            """
            define-pool p 10.52.3.0/28
            heartbeat n1 b1
            allocate owner=old node=n1
            heartbeat n1 b2
            allocate owner=new node=n1
            inventory n1 b2                     -> EipReleaseRequested*1
            eip 10.52.3.2                       -> ALLOCATED owner:new
            """);
  }

  @Test
  void aSecondRebootBeforeTheFirstInventory() {
    new Script()
        .play(
            """
            define-pool p 10.52.3.0/28
            heartbeat n1 b1
            allocate owner=one node=n1
            heartbeat n1 b2
            allocate owner=two node=n1
            heartbeat n1 b3
            inventory n1 b2                     -> late silent
            heartbeat n1 b2                     -> late silent
            heartbeat n1 b1                     -> late silent
            inventory n1 b3 owners=two          -> EipReleaseRequested*1
            eip 10.52.3.2                       -> ALLOCATED owner:two
            """);
  }

  @Test
  void anInventoryThatNeverComesIsAnAlarmAndAnOperatorDecides() {
    new Script()
        .auditAtTheEnd()
        .play(BOUND)
        .play(
            """
            heartbeat n1 b2
            tick +299s                          -> OwnerInventoryOverdue*0
            heartbeat n1 b2
            tick +1s                            -> OwnerInventoryOverdue*1
            tick +1h                            -> OwnerInventoryOverdue*0
            pool p                              -> allocated=250
            heartbeat n1 b2
            fence-node n1 reason= wrongly       -> Invalid meta.reason
            fence-node n1 wrongly               -> NodeFenced EipReleaseRequested*250
            pool p                              -> allocated=0
            fence-node n1 wrongly               -> InUse
            inventory n1 b2                     -> silent
            """);
  }

  @Test
  void aNodeThatIsOffIsFencedWithEverythingOnIt() {
    new Script()
        .play(
            """
            define-pool p 10.52.3.0/28
            heartbeat n1 b1
            define-gateway gw1 n1 fence=10s
            allocate owner=a node=n1 gateway=gw1
            allocate owner=b gateway=gw1
            fence-node n1 wrongly               -> InUse silent
            tick +16s                           -> NodeLost
            fence-node n1                       -> NodeFenced GatewayRescheduled GatewayInstanceFenced EipReleaseRequested*1
            tick +0s                            -> EipWithdrawn EipCooldownStarted
            eip 10.52.3.2                       -> ALLOCATED owner:b on:gw1 unready
            """);
  }

  @Test
  void whoAsksAgainAfterTheRebootOutlivesAnInventoryTakenBefore() {
    new Script()
        .play(
            """
            define-pool p 10.52.3.0/28
            heartbeat n1 b1
            allocate owner=vm1 node=n1          -> 10.52.3.1
            allocate owner=vm2 node=n1          -> 10.52.3.2
            allocate owner=vm1 node=n1          -> same 10.52.3.1 silent
            heartbeat n1 b2
            allocate owner=vm1 node=n1 dry      -> ok 10.52.3.1 silent
            allocate owner=vm1 node=n1 id=x     -> ok 10.52.3.1 EipRebound*1 EipAllocated*0
            allocate owner=vm1 node=n1 id=x     -> ok silent
            allocate owner=vm1 node=n1          -> same 10.52.3.1 silent
            inventory n1 b2                     -> OwnerInventoryTaken EipReleaseRequested*1
            eip 10.52.3.1                       -> ALLOCATED owner:vm1 bound:n1/b2
            eip 10.52.3.2                       -> COOLING_DOWN
            restart
            heartbeat n1 b3
            inventory n1 b3                     -> EipReleaseRequested*1
            """);
  }

  @Test
  void withADryRunOnlyTheOldBindingStands() {
    new Script()
        .play(
            """
            define-pool p 10.52.3.0/28
            heartbeat n1 b1
            allocate owner=vm1 node=n1
            heartbeat n1 b2
            allocate owner=vm1 node=n1 dry      -> ok silent
            eip 10.52.3.1                       -> bound:n1/b1
            inventory n1 b2                     -> EipReleaseRequested*1
            """);
  }

  @Test
  void whoMovedToAnotherNodeIsNotTakenAwayByTheOldOne() {
    new Script()
        .play(
            """
            define-pool p 10.52.3.0/28
            heartbeat n1 b1
            heartbeat n2 b7
            allocate owner=vm1 node=n1
            allocate owner=vm1 node=n2          -> ok 10.52.3.1 EipRebound
            heartbeat n1 b2
            inventory n1 b2                     -> EipReleaseRequested*0
            tick +16s                           -> NodeLost*2
            fence-node n1                       -> NodeFenced EipReleaseRequested*0
            fence-node n2                       -> NodeFenced EipReleaseRequested*1
            """);
  }

  @Test
  void anOwnerThatNamesNoNodeStaysWhereItIsAndOneThatNeverDidIsBoundOnceItDoes() {
    new Script()
        .play(
            """
            define-pool p 10.52.3.0/28
            heartbeat n1 b1
            allocate owner=vm1 node=n1
            allocate owner=vm1                  -> same silent
            eip 10.52.3.1                       -> bound:n1/b1
            allocate owner=vm2
            eip 10.52.3.2                       -> bound:none
            allocate owner=vm2 ip=10.52.3.2 node=n1 -> ok EipRebound
            heartbeat n1 b2
            allocate owner=vm1                  -> same silent
            inventory n1 b2                     -> EipReleaseRequested*2
            """);
  }

  /** An owner lives in one place: its other bound addresses come along, unbound ones do not. */
  @Test
  void allThatIsBoundFollowsTheOwner() {
    new Script()
        .play(
            """
            define-pool p4 10.52.3.0/28
            define-pool p6 2001:db8::/125
            heartbeat n1 b1
            allocate owner=vm1 node=n1 family=dual
            allocate owner=vm1 count=2          -> 10.52.3.2 EipAllocated*1
            heartbeat n1 b2
            allocate owner=vm1 node=n1          -> 10.52.3.1 EipRebound*2
            eip 2001:db8::1                     -> bound:n1/b2
            eip 10.52.3.2                       -> bound:none
            inventory n1 b2                     -> EipReleaseRequested*0
            """);
  }

  /** H-e: each command is sent again after a power cut, as by a client that saw no answer. */
  @Test
  void powerCutsInTheMiddleOfAThousandCommands() {
    Script script = new Script().auditAtTheEnd().play("define-pool p 10.0.0.0/21 cooldown=1h");
    Random random = new Random(7471);
    for (int i = 0; i < 1_000; i++) {
      script.step("allocate owner=o" + i + " id=c" + i + " -> ok EipAllocated*1");
      if (random.nextInt(100) == 0) {
        script.step("restart");
        for (int again = Math.max(0, i - 20); again <= i; again++) {
          script.step("allocate owner=o" + again + " id=c" + again + " -> ok silent");
        }
      }
    }
    script.play("restart\npool p -> allocated=1000 free=1046");
  }
}
