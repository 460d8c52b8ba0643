package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** Something that is none of ours answers for an address of a pool. */
class QuarantineTest {
  private static final String WORLD = "define-pool p 10.0.0.0/29 cooldown=30s probation=1000s\n";
  private static final String GATEWAY =
      """
      heartbeat n1 b1
      define-gateway gw1 n1
      """;

  @Test
  void aFreeOneWaitsForAProbationAndACoolDown() {
    Script script =
        new Script()
            .play(
                WORLD
                    + """
                    conflict 10.0.0.1               -> used IpQuarantined
                    eip 10.0.0.1                    -> QUARANTINED#0
                    pool p                          -> quarantined=1 free=5
                    allocate owner=a                -> 10.0.0.2
                    allocate owner=b ip=10.0.0.1    -> AddressQuarantined
                    tick +999s                      -> silent
                    restart
                    tick +1s                        -> EipCooldownStarted EipFreed*0
                    allocate owner=b ip=10.0.0.1    -> AddressCoolingDown
                    tick +30s                       -> EipFreed
                    allocate owner=b ip=10.0.0.1    -> EipAllocated
                    """);
    Event.IpQuarantined e = (Event.IpQuarantined) script.ledger().log().get(1).event();
    assertThat(e.reason()).isEqualTo("answered for by 02:00:00:00:00:66");
  }

  /** Seen every second, it makes an event each tenth of the probation, and none in between. */
  @Test
  void seenAgainItWaitsAnew() {
    new Script()
        .play(
            WORLD
                + """
                conflict 10.0.0.1                   -> IpQuarantined
                tick +99s
                conflict 10.0.0.1                   -> used silent
                tick +1s
                conflict 10.0.0.1 by=other          -> IpQuarantined
                tick +999s                          -> silent
                tick +1s                            -> EipCooldownStarted
                conflict 10.0.0.1                   -> IpQuarantined
                tick +1000s                         -> EipCooldownStarted
                """);
  }

  @Test
  void aCoolingOneAndItsWayBack() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a                    -> 10.0.0.1#2
                release 10.0.0.1                    -> EipCooldownStarted
                conflict 10.0.0.1                   -> IpQuarantined
                restore 10.0.0.1                    -> AddressQuarantined
                tick +30s                           -> silent
                end-quarantine 10.0.0.1 reason=     -> Invalid meta.reason
                end-quarantine 10.0.0.1             -> ok EipCooldownStarted
                end-quarantine 10.0.0.1             -> same
                restore 10.0.0.1                    -> EipRestored
                eip 10.0.0.1                        -> owner:a undisputed
                end-quarantine 10.0.1.1             -> OutOfRange
                end-quarantine 10.0.0.3             -> same
                """);
  }

  /** Without a probation only an operator brings it back. */
  @Test
  void onlyAnOperatorEndsIt() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 cooldown=30s probation=0s
            conflict 10.0.0.1                       -> IpQuarantined
            conflict 10.0.0.1                       -> used silent
            tick +90000h                            -> silent
            restart
            end-quarantine 10.0.0.1                 -> EipCooldownStarted
            allocate owner=a                        -> 10.0.0.2
            conflict 10.0.0.2                       -> ConflictDetected
            conflict 10.0.0.2                       -> silent
            tick +90000h                            -> EipFreed ConflictCleared*0
            end-quarantine 10.0.0.2                 -> ConflictCleared
            eip 10.0.0.2                            -> ALLOCATED undisputed
            """);
  }

  /** Rule 2: a held one stays with its holder, whatever answers for it. */
  @Test
  void aHeldOneKeepsItsTenure() {
    new Script()
        .play(
            WORLD
                + GATEWAY
                + """
                allocate owner=a gateway=gw1        -> 10.0.0.1
                observe gw1 all                     -> EipProgrammed
                conflict 10.0.0.1                   -> ConflictDetected EipReleaseRequested*0
                eip 10.0.0.1                        -> ALLOCATED ready disputed
                conflict 10.0.0.1                   -> silent
                wait +100s
                conflict 10.0.0.1                   -> ConflictDetected
                wait +1000s
                tick +0s                            -> ConflictCleared
                eip 10.0.0.1                        -> ALLOCATED undisputed
                """);
  }

  /** Its next holder would share it: what was seen goes on for the rest of the probation. */
  @Test
  void aHeldOneIsReleasedIntoQuarantine() {
    new Script()
        .play(
            WORLD
                + GATEWAY
                + """
                allocate owner=a gateway=gw1        -> 10.0.0.1
                observe gw1 all                     -> EipProgrammed
                release 10.0.0.1                    -> EipReleaseRequested
                conflict 10.0.0.1                   -> ConflictDetected
                observe gw1                         -> EipWithdrawn IpQuarantined EipCooldownStarted*0
                wait +999s
                allocate owner=b ip=10.0.0.1        -> AddressQuarantined
                wait +1s
                tick +0s                            -> EipCooldownStarted
                allocate owner=b                    -> 10.0.0.2
                conflict 10.0.0.2                   -> ConflictDetected
                wait +1000s
                # Its timer has not fired yet, and the probation is over all the same.
                release 10.0.0.2                    -> EipCooldownStarted
                """);
  }

  /** Both causes: it waits until both are over, in either order. */
  @Test
  void driftAndConflict() {
    new Script()
        .play(
            WORLD
                + GATEWAY
                + """
                observe gw1 ip=10.0.0.1/32          -> DriftDetected IpQuarantined
                conflict 10.0.0.1                   -> IpQuarantined
                observe gw1                         -> DriftCleared EipCooldownStarted*0
                wait +1000s
                tick +0s                            -> EipCooldownStarted
                conflict 10.0.0.2                   -> IpQuarantined
                heartbeat n1 b1
                observe gw1 ip=10.0.0.2/32          -> DriftDetected
                end-quarantine 10.0.0.2             -> AddressQuarantined
                wait +1000s
                heartbeat n1 b1
                tick +0s                            -> EipCooldownStarted*0
                restart
                tick +0s
                heartbeat n1 b1
                observe gw1                         -> DriftCleared EipCooldownStarted
                """);
  }

  @Test
  void whatIsNoneOfOurs() {
    new Script()
        .play(
            WORLD
                + """
                conflict 10.0.1.1                   -> late
                conflict 10.0.0.7                   -> late
                reserve 10.0.0.1
                conflict 10.0.0.1                   -> used silent
                # Its pool lost it, and it still rests.
                allocate owner=a ip=10.0.0.6
                release 10.0.0.6
                resize-pool p 10.0.0.0/30 mode=retain
                wait +29s
                conflict 10.0.0.6                   -> used IpQuarantined
                tick +1000s                         -> EipCooldownStarted
                tick +30s                           -> EipFreed
                eip 10.0.0.6                        -> unused
                """);
  }

  /** Found by simulation: after its quarantine it could be "restored", though it had been free. */
  @Test
  void whatWasFreeHasNoHolderAfterItsQuarantine() {
    new Script()
        .play(
            """
            heartbeat n1 b1
            define-pool p 10.0.0.0/29 cooldown=60s policy=sticky
            define-gateway gw1 n1
            quota t 1
            allocate owner=a                   -> 10.0.0.1
            release 10.0.0.1
            tick +60s                          -> EipFreed
            observe gw1 ip=10.0.0.1/32         -> IpQuarantined
            observe gw1                        -> DriftCleared EipCooldownStarted
            restore 10.0.0.1                   -> AddressNotAllocated
            allocate owner=b                   -> 10.0.0.2
            """);
  }

  /** Found by simulation: who got it back was not told that something else answers for it. */
  @Test
  void aRestoredOneStillHasItsConflict() {
    new Script()
        .play(
            """
            heartbeat n1 b1
            define-pool p 10.0.0.1 cooldown=60s probation=1000s
            define-gateway gw1 n1
            allocate owner=a gateway=gw1       -> 10.0.0.1
            conflict 10.0.0.1                  -> used ConflictDetected
            release 10.0.0.1                   -> EipReleaseRequested
            restore 10.0.0.1                   -> EipRestored
            tick +999s                         -> ConflictCleared*0
            tick +1s                           -> ConflictCleared
            """);
  }

  /** Found by simulation: what is in quarantine does not count on a quota; who waits is served. */
  @Test
  void aQuarantineMakesRoomInTheTenantsQuota() {
    new Script()
        .play(
            """
            heartbeat n1 b1
            define-pool p 10.0.0.1 cooldown=10s
            define-pool q 10.0.1.1-10.0.1.2 cooldown=10s
            define-gateway gw1 n1
            allocate owner=x pool=p
            allocate owner=u:a pool=q          -> 10.0.1.1
            allocate owner=u:b pool=p wait=1h
            quota u 1
            release 10.0.1.1
            release 10.0.0.1
            tick +9s                           -> silent
            observe gw1 ip=10.0.1.1/32         -> IpQuarantined EipAllocated*0
            tick +1s                           -> EipFreed EipAllocated
            """);
  }

  /**
   * Found by simulation: what rests after a quarantine counts again; who is passed over is told.
   */
  @Test
  void whatRestsAfterAQuarantineMayUseUpTheQuota() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.2 cooldown=0s
            define-pool q 10.0.1.1 cooldown=60s probation=1000s
            define-pool p6 2001:db8::1
            allocate owner=x family=v6         -> ok
            allocate owner=u:a pool=q          -> 10.0.1.1
            allocate owner=u:b pool=p          -> 10.0.0.1
            conflict 10.0.1.1
            release 10.0.1.1                   -> IpQuarantined
            quota u 2
            allocate owner=u:c family=dual pool=p,p6 wait=1h -> QuotaExceeded
            quota u 3
            allocate owner=u:c family=dual pool=p,p6 wait=1h -> waiting#1
            allocate owner=y pool=p wait=1h    -> waiting#2
            tick +1000s                        -> EipCooldownStarted EipAllocated
            allocate owner=y pool=p            -> same
            """);
  }
}
