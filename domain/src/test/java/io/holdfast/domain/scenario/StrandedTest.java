package io.holdfast.domain.scenario;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** A gateway's node is down, and nothing can take its place: what is removed still ends. */
class StrandedTest {
  /** Lease 10 s, waited for 13 s; nodes are lost after 15 s. */
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      beat n1
      define-gateway gw1 n1,n2 fence=10s
      define-gateway gw2 n3
      allocate owner=a gateway=gw1 count=3
      agent gw1 n1
      eip 10.0.0.1                         -> ALLOCATED ready
      """;

  @Test
  void aReleaseEndsWhenTheLeaseHasSurelyRunOut() {
    new Script()
        .play(WORLD)
        .play(
            """
            off n1
            tick +16s                      -> NodeLost GatewayRescheduled*0
            release 10.0.0.1               -> EipReleaseRequested EipCooldownStarted*0
            gateway gw1                    -> epoch=1 node=n1
            tick +1s                       -> GatewayRescheduled*1 GatewayInstanceFenced*1
            gateway gw1                    -> epoch=2 node=n1 unfenced:0
            tick +0s                       -> EipWithdrawn EipCooldownStarted
            tick +30s                      -> EipFreed
            eip 10.0.0.2                   -> ALLOCATED on:gw1 unready
            tick +1h                       -> silent
            # later ones need no more time, and each its own epoch
            release 10.0.0.2
            release 10.0.0.3
            tick +0s                       -> GatewayRescheduled*1 GatewayInstanceFenced*1
            tick +0s                       -> EipWithdrawn*2 EipCooldownStarted*2
            """);
  }

  @Test
  void beforeTheLeaseHasSurelyRunOutItIsNotFree() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 cooldown=0s
            beat n1
            define-gateway gw1 n1 fence=40s
            allocate owner=a gateway=gw1
            agent gw1 n1
            cut n1
            tick +16s                      -> NodeLost
            release 10.0.0.1
            tick +29999ms                  -> GatewayInstanceFenced*0
            restart
            tick +45999ms                  -> silent
            eip 10.0.0.1                   -> RELEASING
            tick +1ms                      -> GatewayRescheduled GatewayInstanceFenced
            tick +0s                       -> EipFreed
            """);
  }

  @Test
  void aNodeThatComesBackInTimeTakesItDownItselfAndKeepsItsEpoch() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 cooldown=0s
            beat n1
            define-gateway gw1 n1 fence=40s
            allocate owner=a gateway=gw1 count=2
            agent gw1 n1
            cut n1
            tick +16s                      -> NodeLost
            release 10.0.0.1
            tick +20s                      -> silent
            heal n1
            beat n1                        -> NodeReturned
            tick +14s                      -> GatewayRescheduled*0
            beat n1
            agent gw1 n1                   -> EipWithdrawn EipFreed
            gateway gw1                    -> epoch=1
            eip 10.0.0.2                   -> ready
            """);
  }

  @Test
  void whatIsWantedIsGivenAgainWhenTheNodeComesBack() {
    new Script()
        .play(WORLD)
        .play(
            """
            cut n1
            tick +16s                      -> NodeLost
            release 10.0.0.1
            tick +1s                       -> GatewayInstanceFenced
            tick +0s                       -> EipCooldownStarted
            heal n1
            beat n1                        -> NodeReturned
            agent gw1 n1                   -> GatewayInstanceStarted EipProgrammed*2 DriftDetected*0
            eip 10.0.0.2                   -> ready
            """);
  }

  @Test
  void aMoveToAnotherGatewayAndRemovedRulesDoNotWaitEither() {
    new Script()
        .play(WORLD)
        .play(
            """
            bind-fip 10.0.0.1 192.168.0.1
            agent gw1 n1                   -> RuleProgrammed
            off n1
            tick +16s                      -> NodeLost
            unbind-fip 10.0.0.1
            beat n3
            attach 10.0.0.2 gw2            -> EipDetached EipAttached
            agent gw2 n3
            eip 10.0.0.2                   -> on:gw2 unready
            tick +1s                       -> GatewayInstanceFenced
            tick +0s                       -> RuleWithdrawn EipWithdrawn
            agent gw2 n3                   -> EipProgrammed
            rule 10.0.0.1 fip              -> none
            """);
  }

  @Test
  void onANodeThatWasNeverHeardOfToo() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 cooldown=0s
            define-gateway gw1 n1 fence=10s
            allocate owner=a gateway=gw1
            release 10.0.0.1
            tick +12s                      -> silent
            tick +1s                       -> GatewayInstanceFenced
            tick +0s                       -> EipFreed
            """);
  }

  /** Nothing is released, but something is to be taken down all the same. */
  @Test
  void aQuarantineForWhatItShowedEndsToo() {
    new Script()
        .play(WORLD)
        .play(
            """
            observe gw1 all ip=10.0.0.5/32 -> DriftDetected IpQuarantined
            off n1
            # its lease is over by then
            tick +16s                      -> NodeLost GatewayRescheduled GatewayInstanceFenced DriftCleared EipCooldownStarted
            """);
  }

  @Test
  void whatWasSeenOnAnotherNodeIsNotWaitedFor() {
    new Script()
        .play(WORLD)
        .play(
            """
            observe gw1 n2 epoch=1 ip=10.0.0.5/32 -> DriftDetected IpQuarantined
            off n1
            tick +16s                      -> NodeLost
            tick +1m                       -> silent
            gateway gw1                    -> epoch=1
            """);
  }

  @Test
  void oneThatWasSeenOnItIsWaitedForWhateverElseWasSeenElsewhere() {
    for (String[] seen : new String[][] {{"10.0.0.4", "10.0.0.5"}, {"10.0.0.5", "10.0.0.4"}}) {
      new Script()
          .play(WORLD)
          .play(
              """
              observe gw1 all ip=%s/32       -> DriftDetected
              observe gw1 n2 epoch=1 ip=%s/32 -> DriftDetected
              off n1
              tick +16s                      -> NodeLost GatewayRescheduled DriftCleared*1
              """
                  .formatted((Object[]) seen));
    }
  }

  @Test
  void norWhatAnInstanceLongBeforeItShowed() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 cooldown=30s
            beat n1
            beat n2
            define-gateway gw1 n1,n2 fence=10s
            reschedule gw1 n2
            observe gw1 n1 epoch=1         -> GatewayInstanceFenced
            observe gw1 n1 epoch=1 ip=10.0.0.5/32 -> DriftDetected
            reschedule gw1 n1
            observe gw1 n2 epoch=2         -> GatewayInstanceFenced
            wait +15s
            beat n1
            tick +1s                       -> NodeLost
            off n1
            tick +16s                      -> NodeLost GatewayRescheduled*0
            tick +1m                       -> silent
            gateway gw1                    -> epoch=3
            """);
  }

  /** One thing that it may carry is enough, whatever else waits for another instance. */
  @Test
  void onlyWhatTheLostInstanceMayCarryIsWaitedFor() {
    String world =
        """
        define-pool p 10.0.0.0/29 cooldown=30s
        beat n1
        beat n2
        define-gateway gw1 n1,n2 fence=10s
        allocate owner=a gateway=gw1 count=3
        agent gw1 n1
        release %s
        reschedule gw1 n2
        release %s
        define-gateway gw1 n2 fence=10s
        cut n2
        wait +10s
        beat n1
        tick +6s                           -> NodeLost GatewayRescheduled*%d
        gateway gw1                        -> node=n2 unfenced=1
        """;
    new Script().play(world.formatted("10.0.0.1", "10.0.0.2", 1));
    new Script().play(world.formatted("10.0.0.2", "10.0.0.1", 1));
    new Script().play(world.formatted("10.0.0.1", "10.0.0.1", 0));
  }

  @Test
  void aSwitchedOffNodeNeedsNoSecondFencing() {
    new Script()
        .play(WORLD)
        .play(
            """
            tick +16s                      -> NodeLost
            fence-node n1                  -> GatewayInstanceFenced
            release 10.0.0.1               -> EipReleaseRequested
            tick +0s                       -> GatewayInstanceFenced
            tick +0s                       -> EipCooldownStarted
            """);
  }

  @Test
  void aCandidateThatIsNamedLaterTakesOver() {
    new Script()
        .play(WORLD)
        .play(
            """
            off n1
            tick +16s                      -> NodeLost GatewayRescheduled*0
            beat n3
            define-gateway gw1 n1,n3 fence=10s
            tick +1s                       -> GatewayRescheduled
            gateway gw1                    -> node=n3
            """);
  }
}
