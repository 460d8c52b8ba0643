package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.script.Ledger;
import io.holdfast.domain.script.Script;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** "More of them" in scenarios.md, as far as the commands go. */
class MoreTest {

  /** AWS CNI #1127. */
  @Test
  void aCoolDownOutlivesARestart() {
    Script script =
        new Script()
            .play(
                """
                define-pool p 10.0.0.1 cooldown=300s
                allocate owner=a
                release 10.0.0.1                   -> EipCooldownStarted
                """);
    String deadline = Instant.ofEpochMilli(Ledger.START + 300_000).toString();
    for (String passed : new String[] {"tick +150s", "restart", "tick +149s", "restart"}) {
      script.step(passed);
      script.step("allocate owner=b -> PoolExhausted silent");
      assertThat(script.lastRefusal().details()).containsEntry("nextFreeAt", deadline);
      script.step("allocate owner=b ip=10.0.0.1 -> AddressCoolingDown silent");
      assertThat(script.lastRefusal().details()).containsEntry("freeAt", deadline);
    }
    script.play("tick +1s -> EipFreed\nallocate owner=b -> 10.0.0.1");
  }

  /** Kube-OVN #4922. */
  @Test
  void anUnknownGatewayIsRefusedBeforeAnyAddressMoves() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            repeat 100 allocate owner=a gateway=nope   -> GatewayUnknown silent
            pool p                             -> free=6
            """);
  }

  /** CAPO #1632. */
  @Test
  void aRetryIsNeverANewAddress() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.20
            allocate owner=a                   -> 10.0.0.1#2
            repeat 500 allocate owner=a        -> same 10.0.0.1#2 silent
            repeat 500 attach 10.0.0.1 nope    -> GatewayUnknown silent
            pool p                             -> free=19
            """);
  }

  /** Found in review: a pool that became opt-in made those who held addresses of it strangers. */
  @Test
  void aPoolThatBecomesOptInKnowsItsOwners() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.9 lease=100s
            define-pool q 10.0.1.1-10.0.1.9
            allocate owner=a                 -> 10.0.0.1
            define-pool p 10.0.0.1-10.0.0.9 lease=100s opt-in -> PoolChanged
            tick +50s
            allocate owner=a                 -> 10.0.0.1 LeaseSet EipAllocated*0
            allocate owner=a count=2         -> 10.0.0.1 10.0.1.1
            define-pool q 10.0.1.1-10.0.1.9 opt-in -> PoolChanged
            allocate owner=a count=2         -> same 10.0.0.1 10.0.1.1
            allocate owner=a count=3         -> NoMatchingPool
            allocate owner=a pool=q          -> same 10.0.1.1
            allocate owner=b                 -> NoMatchingPool
            """);
  }

  /** CAPO #1632, with a gateway: the retry finishes what the first one did not. */
  @Test
  void aRetryWithAGatewayAttachesWhatIsOnNone() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            define-gateway gw1 n1
            define-gateway gw2 n1
            allocate owner=a                           -> 10.0.0.1
            allocate owner=a gateway=gw1 dry           -> ok 10.0.0.1 silent
            allocate owner=a gateway=gw1               -> ok 10.0.0.1 EipAttached EipAllocated*0
            allocate owner=a gateway=gw1               -> same 10.0.0.1
            allocate owner=a                           -> same 10.0.0.1
            allocate owner=a gateway=gw2               -> InUse silent
            eip 10.0.0.1                               -> on:gw1
            detach 10.0.0.1
            allocate owner=a gateway=gw2               -> ok 10.0.0.1 EipAttached
            eip 10.0.0.1                               -> on:gw2 /32
            detach 10.0.0.1
            allocate owner=a ip=10.0.0.1 gateway=gw1   -> ok EipAttached
            """);
  }

  @Test
  void ofSeveralTheOnesOnTheNamedGatewayAnswerFirst() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            define-gateway gw1 n1
            define-gateway gw2 n1
            allocate owner=a gateway=gw1 count=2       -> 10.0.0.1 10.0.0.2
            detach 10.0.0.1
            attach 10.0.0.1 gw2
            allocate owner=a count=3                   -> 10.0.0.3
            allocate owner=a                           -> same 10.0.0.1
            allocate owner=a gateway=gw1               -> same 10.0.0.2 silent
            allocate owner=a gateway=gw1 count=2       -> ok 10.0.0.2 10.0.0.3 EipAttached*1
            allocate owner=a gateway=gw1 count=3       -> InUse silent
            allocate owner=a gateway=gw2               -> same 10.0.0.1
            """);
  }

  /** Kube-OVN #4210. */
  @Test
  void halfAnAllocationIsNone() {
    for (String full : new String[] {"2001:db8::1", "10.0.0.1"}) {
      boolean v6 = full.contains(":");
      Script script =
          new Script()
              .play("define-pool p4 " + (v6 ? "10.0.0.0/24" : full))
              .play("define-pool p6 " + (v6 ? full : "2001:db8::/120"))
              .play("allocate owner=z family=" + (v6 ? "v6" : "v4"))
              .play("repeat 1000 allocate owner=o{i} family=dual -> PoolExhausted silent");
      script.play("pool " + (v6 ? "p4" : "p6") + " -> allocated=0");
      script.play("pool " + (v6 ? "p4 -> free=254" : "p6 -> free=255"));
    }
  }

  @Test
  void dualStackGivesWhatIsMissing() {
    new Script()
        .play(
            """
            define-pool p4 10.0.0.0/29
            define-pool p6 2001:db8::/125
            allocate owner=a                           -> 10.0.0.1
            allocate owner=a family=dual count=2       -> 10.0.0.1 10.0.0.2 2001:db8::1 2001:db8::2 EipAllocated*3
            allocate owner=a family=dual count=2       -> same
            allocate owner=a family=dual count=1       -> same 10.0.0.1 2001:db8::1
            allocate owner=a family=v4 count=7         -> PoolExhausted
            pool p4                                    -> allocated=2
            """);
  }

  /** whereabouts #176. */
  @Test
  void aLateCleanUpOfTheOldOwnerTakesOnlyItsOwn() {
    new Script()
        .play(
            """
            define-pool p 192.168.0.151-192.168.0.152
            allocate owner=app/uid2 ip=192.168.0.151
            allocate owner=app/uid1 ip=192.168.0.152
            release 192.168.0.151 owner=app/uid1     -> NotOwner
            release 192.168.0.152 owner=app/uid1     -> EipReleaseRequested
            eip 192.168.0.151                        -> ALLOCATED
            """);
  }

  /** spinifex #538. */
  @Test
  void onePrivateAddressNeverHasTwoEips() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            define-gateway gw1 n1
            allocate owner=a gateway=gw1 count=2
            bind-fip 10.0.0.1 192.168.0.9
            observe gw1 all                          -> RuleProgrammed
            unbind-fip 10.0.0.1
            bind-fip 10.0.0.2 192.168.0.9            -> InternalIpInUse
            observe gw1 all rule=10.0.0.1|fip|192.168.0.9 -> silent
            bind-fip 10.0.0.2 192.168.0.9            -> InternalIpInUse
            bind-fip 10.0.0.2 192.168.0.9 vpc=other  -> ok
            observe gw1 all                          -> RuleWithdrawn
            bind-fip 10.0.0.2 192.168.0.9 replace    -> ok
            """);
  }

  @Test
  void aReplacedFipGivesItsInsideBackOnceTheNewOneIsSeen() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            define-gateway gw1 n1
            allocate owner=a gateway=gw1 count=2
            bind-fip 10.0.0.1 192.168.0.1
            observe gw1 all
            bind-fip 10.0.0.1 192.168.0.2 replace    -> FipBound FipUnbound*0
            bind-fip 10.0.0.2 192.168.0.1            -> InternalIpInUse
            observe gw1 all but=10.0.0.1|fip rule=10.0.0.1|fip|192.168.0.1   -> RuleProgrammed*0
            bind-fip 10.0.0.2 192.168.0.1            -> InternalIpInUse
            observe gw1 all                          -> RuleProgrammed
            bind-fip 10.0.0.2 192.168.0.1            -> ok
            """);
  }

  /** Kube-OVN #7405, #5115. */
  @Test
  void rulesKeepAnEipUntilTheyAreSeenGone() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            define-gateway gw1 n1
            allocate owner=a gateway=gw1
            observe gw1 all
            add-dnat 10.0.0.1 tcp/443 192.168.0.1
            release 10.0.0.1                         -> InUse
            remove-dnat 10.0.0.1 tcp/443
            release 10.0.0.1                         -> ok
            observe gw1 rule=10.0.0.1|dnat/tcp/443|192.168.0.1:8080   -> EipWithdrawn EipCooldownStarted*0
            observe gw1                              -> RuleWithdrawn EipCooldownStarted
            """);
  }

  @Test
  void aRuleThatIsAddedAgainWhileItIsRemovedIsSeenAnew() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            define-gateway gw1 n1
            allocate owner=a gateway=gw1
            add-snat 10.0.0.1 192.168.0.0/24
            observe gw1 all                          -> RuleProgrammed
            remove-snat 10.0.0.1 192.168.0.0/24
            add-snat 10.0.0.1 192.168.0.0/24         -> SnatAdded
            rule 10.0.0.1 snat/192.168.0.0/24        -> wanted unready
            observe gw1 ip=10.0.0.1/32 applied=9     -> silent
            observe gw1 all                          -> RuleProgrammed
            rule 10.0.0.1 snat/192.168.0.0/24        -> ready
            """);
  }

  @Test
  void rulesComeAlongWhenTheirEipIsAttached() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            define-gateway gw1 n1
            allocate owner=a
            bind-fip 10.0.0.1 192.168.0.1
            rule 10.0.0.1 fip                        -> wanted unready
            attach 10.0.0.1 gw1
            observe gw1 all                          -> EipProgrammed RuleProgrammed
            force-release 10.0.0.1                   -> FipUnbound EipReleaseRequested
            observe gw1                              -> EipWithdrawn RuleWithdrawn EipCooldownStarted
            """);
  }

  /** CAPI in-cluster #332. */
  @Test
  void theLongestUnusedIsHandedOutFirst() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.3 cooldown=300s
            allocate owner=a                         -> 10.0.0.1
            release 10.0.0.1
            tick +1s
            allocate owner=b                         -> 10.0.0.2
            release 10.0.0.2
            tick +1s
            allocate owner=c                         -> 10.0.0.3
            allocate owner=d                         -> PoolExhausted
            tick +400s
            allocate owner=d                         -> 10.0.0.1
            allocate owner=e                         -> 10.0.0.2
            """);
  }

  /** nvidia-k8s-ipam #266. */
  @Test
  void aHugePoolWithOneAddressLeft() {
    Script script =
        new Script()
            .play(
                """
                define-pool p 2001:db8::/64 exclude=2001:db8::-2001:db8::ffff:ffff:ffff:fffe
                pool p                               -> size=1 free=1
                allocate owner=a family=v6           -> 2001:db8::ffff:ffff:ffff:ffff
                allocate owner=b family=v6           -> PoolExhausted
                resize-pool p 2001:db8::/64 mode=retain   -> PoolResized*1
                pool p                               -> size=18446744073709551615 free=18446744073709551614
                allocate owner=b family=v6           -> 2001:db8::1
                """);
    assertThat(script.ledger().log()).hasSize(4);
  }

  /** Kube-OVN #7275. */
  @Test
  void exclusionsStayExcluded() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 cooldown=0s via=10.0.0.1
            allocate owner=a                         -> 10.0.0.2
            resize-pool p 10.0.0.0/29 exclude=10.0.0.2,10.0.0.4 via=10.0.0.1 mode=retain
            release 10.0.0.2                         -> EipFreed
            eip 10.0.0.2                             -> unused
            allocate owner=b ip=10.0.0.2             -> OutOfRange
            allocate owner=b ip=10.0.0.1             -> OutOfRange
            allocate owner=b count=3                 -> 10.0.0.3 10.0.0.5 10.0.0.6
            allocate owner=c                         -> PoolExhausted
            resize-pool p 10.0.0.0/29 exclude=10.0.0.4 via=10.0.0.1 mode=retain
            allocate owner=c                         -> 10.0.0.2
            """);
  }

  /** Cilium #40358, MetalLB #2449. */
  @Test
  void growingAndCuttingUnusedAddressesTouchesNoAddress() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 cooldown=0s
            allocate owner=a                              -> 10.0.0.1
            resize-pool p 10.0.0.0/28 mode=reject         -> PoolResized*1 ok
            resize-pool p 10.0.0.0/28 mode=reject         -> same silent
            resize-pool p 10.0.0.0/28 mode=retain dry     -> same silent
            resize-pool p 10.0.0.1-10.0.0.3 mode=reject   -> PoolResized*1
            resize-pool p 10.0.0.2-10.0.0.3 mode=reject dry  -> InUse
            resize-pool p 10.0.0.2-10.0.0.3 mode=retain dry  -> ok silent
            allocate owner=b                              -> 10.0.0.2
            release 10.0.0.2                              -> EipFreed
            resize-pool p 10.0.0.1 mode=reject            -> ok
            eip 10.0.0.2                                  -> unused
            resize-pool p 10.0.0.1-10.0.0.2 mode=reject   -> ok
            allocate owner=b                              -> 10.0.0.2
            remove-pool p                                 -> InUse
            force-release 10.0.0.1
            force-release 10.0.0.2
            remove-pool p                                 -> PoolRemoved
            define-pool q 10.0.0.0/29
            allocate owner=b                              -> 10.0.0.1
            """);
  }

  /** OVN-Kubernetes #6553, kube-vip #996. */
  @Test
  void anAddressSeenOnTwoGatewaysIsADriftThatNamesBoth() {
    Script script =
        new Script()
            .play(
                """
                define-pool p 10.0.0.0/29
                heartbeat n1 b1
                heartbeat n2 b1
                define-gateway gw1 n1
                define-gateway gw2 n2
                allocate owner=a gateway=gw1
                observe gw1 all
                observe gw2 ip=10.0.0.1/32               -> DriftDetected*1
                eip 10.0.0.1                             -> ALLOCATED ready
                """);
    assertThat(script.ledger().log().getLast().event().toString())
        .contains("gateway=gw2", "wantedOn=gw1");
    script.play("observe gw2 -> DriftCleared\neip 10.0.0.1 -> ALLOCATED ready");
  }

  @Test
  void probesMoveAGatewayAfterItsThresholdAndHoldDown() {
    new Script()
        .play(
            """
            heartbeat n1 b1
            heartbeat n2 b1
            define-gateway gw1 n1,n2 threshold=3 hold=60s fence=10s
            probe gw1 epoch=1 fail                   -> ProbeFailed
            probe gw1 epoch=1 ok                     -> ProbeRecovered
            repeat 3 probe gw1 epoch=1 fail          -> ProbeFailed GatewayRescheduled*0
            repeat 9 probe gw1 epoch=1 fail          -> silent
            wait +60s
            probe gw1 epoch=0 fail                   -> late silent
            probe gw1 epoch=1 fail                   -> GatewayRescheduled*1
            probe gw1 epoch=1 fail                   -> late
            repeat 9 probe gw1 epoch=2 fail          -> late silent
            observe gw1 n1 epoch=1                   -> GatewayInstanceFenced
            probe gw1 epoch=2 fail                   -> ProbeFailed*1
            """);
  }

  @Test
  void aGatewayWhoseFirstNodeWasNeverHeardOfMovesOn() {
    new Script()
        .play(
            """
            define-gateway gw1 n1,n2 fence=10s
            heartbeat n2 b1
            gateway gw1                              -> node=n1
            tick +14s                                -> silent
            heartbeat n2 b1
            tick +2s                                 -> GatewayRescheduled
            gateway gw1                              -> node=n2 epoch=2
            """);
  }

  @Test
  void aRetiredGatewayGoesOnWithItsEpochs() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            define-gateway gw1 n1 fence=10s
            started gw1 n1 b1 i1
            allocate owner=a gateway=gw1             -> 10.0.0.1
            observe gw1 all
            detach 10.0.0.1
            retire gw1                               -> GatewayRetiring
            observe gw1 n1 epoch=1 ip=10.0.0.1/32    -> silent
            define-gateway gw1 n1 fence=10s          -> GatewayRetiring silent
            observe gw1 n1 epoch=1                   -> GatewayInstanceFenced GatewayRetired
            define-gateway gw1 n1 fence=10s          -> GatewayDefined GatewayPlaced
            gateway gw1                              -> epoch=2 unretired active
            attach 10.0.0.1 gw1
            observe gw1 n1 epoch=1 ip=10.0.0.1/32    -> late silent
            tick +1s
            eip 10.0.0.1                             -> ALLOCATED on:gw1 unready
            observe gw1 all                          -> EipProgrammed EipWithdrawn*0
            """);
  }

  @Test
  void anInstanceThatStartsAnewInPlaceIsANewEpoch() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            define-gateway gw1 n1
            started gw1 n1 b0 i1                     -> late
            started gw1 n2 b1 i1                     -> late
            started gw1 n1 b1 i1                     -> GatewayInstanceStarted
            started gw1 n1 b1 i1                     -> late silent
            allocate owner=a gateway=gw1
            observe gw1 all                          -> EipProgrammed
            started gw1 n1 b1 i2                     -> GatewayRescheduled GatewayInstanceFenced GatewayInstanceStarted
            started gw1 n1 b1 i1                     -> late silent
            eip 10.0.0.1                             -> unready
            gateway gw1                              -> epoch=2 active
            observe gw1 epoch=1 ip=10.0.0.1/32       -> late silent
            observe gw1 all                          -> EipProgrammed
            """);
  }

  @Test
  void anObservationFromTheFutureIsNoObservation() {
    new Script()
        .play(
            """
            heartbeat n1 b1
            define-gateway gw1 n1
            observe gw1 applied=99                   -> invalid appliedRevision silent
            observe nope                             -> late
            heartbeat -n b1                          -> invalid
            """);
  }

  @Test
  void eipProbesStopAtTheirThreshold() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            allocate owner=a                         -> 10.0.0.1#2
            probe 10.0.0.1 tenure=2 ok               -> silent
            probe 10.0.0.1 tenure=2 fail             -> ProbeFailed
            probe 10.0.0.1 tenure=2 fail             -> ProbeFailed
            probe 10.0.0.1 tenure=2 fail             -> ProbeFailed
            probe 10.0.0.1 tenure=2 fail             -> silent
            probe 10.0.0.1 tenure=1 ok               -> late
            probe 10.0.0.1 tenure=2 ok               -> ProbeRecovered
            """);
  }
}
