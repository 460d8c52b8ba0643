package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.script.Script;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A tenure with an end: renewed in time it goes on, whatever the service was doing meanwhile. */
class LeaseTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      """;

  private static final String GATEWAY =
      """
      heartbeat n1 b1
      define-gateway gw1 n1
      """;

  /** The end comes 30 s after it: what was sent in time has been heard by then. */
  @Test
  void itEndsWithItsRules() {
    Script script =
        new Script()
            .play(
                WORLD
                    + GATEWAY
                    + """
                    allocate owner=a gateway=gw1 lease=20s
                    bind-fip 10.0.0.1 192.168.0.1
                    observe gw1 all             -> EipProgrammed RuleProgrammed
                    tick +14s                   -> silent
                    heartbeat n1 b1
                    tick +1s                    -> LeaseExpiring
                    tick +13s                   -> silent
                    heartbeat n1 b1
                    tick +10s                   -> silent
                    heartbeat n1 b1
                    tick +11s                   -> silent
                    eip 10.0.0.1                -> ALLOCATED leased
                    heartbeat n1 b1
                    tick +1s                    -> FipUnbound EipReleaseRequested
                    eip 10.0.0.1                -> RELEASING
                    observe gw1                 -> EipWithdrawn EipCooldownStarted
                    tick +30s                   -> EipFreed
                    """);
    assertThat(releases(script))
        .singleElement()
        .satisfies(e -> assertThat(e.cause()).isEqualTo(ReleaseCause.LEASE_ENDED))
        .satisfies(e ->
            assertThat(e.evidence())
                .isEqualTo("its lease ended at 2026-01-01T00:00:20Z and was not renewed"));
  }

  private static List<Event.EipReleaseRequested> releases(Script script) {
    return script.ledger().log().stream()
        .map(r -> r.event())
        .filter(Event.EipReleaseRequested.class::isInstance)
        .map(Event.EipReleaseRequested.class::cast)
        .toList();
  }

  @Test
  void aRenewalPutsItOff() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a lease=100s
                tick +80s                       -> LeaseExpiring
                renew 10.0.0.1                  -> ok LeaseSet
                tick +74s                       -> LeaseExpiring*0 EipReleaseRequested*0
                tick +1s                        -> LeaseExpiring
                renew 10.0.0.1 lease=1000s      -> LeaseSet
                tick +700s                      -> LeaseExpiring*0
                renew 10.0.0.1 lease=0s         -> LeaseSet
                eip 10.0.0.1                    -> unleased
                tick +2h                        -> silent
                renew 10.0.0.1                  -> same
                renew 10.0.0.1 lease=60s        -> LeaseSet
                eip 10.0.0.1                    -> leased
                restart
                tick +91s                       -> LeaseExpiring EipReleaseRequested
                """);
  }

  /** A reconciler asks each second; the log does not grow with it. */
  @Test
  void askingAgainRenewsItNowAndThen() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a lease=100s     -> EipAllocated 10.0.0.1
                tick +9s
                allocate owner=a                -> same 10.0.0.1 silent
                tick +1s
                allocate owner=a                -> ok LeaseSet EipAllocated*0 10.0.0.1
                allocate owner=a lease=100s     -> same silent
                allocate owner=a lease=101s     -> ok LeaseSet
                allocate owner=a ip=10.0.0.1    -> same silent
                tick +11s
                allocate owner=a ip=10.0.0.1    -> ok LeaseSet
                allocate owner=b                -> 10.0.0.2
                allocate owner=b                -> same silent
                allocate owner=b lease=60s      -> LeaseSet
                allocate owner=b lease=0s       -> LeaseSet
                eip 10.0.0.2                    -> unleased
                """);
  }

  /** Ten years of the whole of one lease: what is asked for, else what the pool gives. */
  @Test
  void thePoolsLeaseIsTheDefault() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 lease=60s
            allocate owner=a
            allocate owner=b lease=0s
            allocate owner=c lease=600s
            eip 10.0.0.1                        -> leased
            eip 10.0.0.2                        -> unleased
            tick +90s                           -> LeaseExpiring EipReleaseRequested
            eip 10.0.0.1                        -> COOLING_DOWN
            eip 10.0.0.3                        -> leased ALLOCATED
            allocate owner=d lease=999ms        -> Invalid leaseMs
            allocate owner=d lease=99999999h    -> Invalid leaseMs
            renew 10.0.0.3 lease=1ms            -> Invalid leaseMs
            """);
  }

  /** The service was down when it ended: who renews as soon as it is back has not lost. */
  @Test
  void whileTheServiceIsDown() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a lease=100s
                allocate owner=b lease=100s
                wait +10h
                restart
                tick +0s                        -> LeaseExpiring*2 EipReleaseRequested*0
                tick +29s                       -> silent
                renew 10.0.0.1                  -> LeaseSet
                tick +1s                        -> EipReleaseRequested*1
                eip 10.0.0.1                    -> ALLOCATED owner:a
                eip 10.0.0.2                    -> COOLING_DOWN
                """);
  }

  /** A restart between the end and its execution: the rebuilt timer looks anew. */
  @Test
  void aRestartWhileTheEndIsPutOff() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a lease=100s
                tick +110s                      -> LeaseExpiring EipReleaseRequested*0
                restart
                tick +20s                       -> silent
                renew 10.0.0.1                  -> LeaseSet
                tick +20s                       -> silent
                tick +80s                       -> LeaseExpiring EipReleaseRequested*0
                restart
                restart
                tick +30s                       -> EipReleaseRequested
                """);
  }

  /** A backlog: as long as commands come that had to wait, a renewal may be among those behind. */
  @Test
  void whileCommandsWait() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a lease=100s
                tick +100s
                delayed
                tick +29s                       -> silent
                delayed
                tick +29s                       -> silent
                delayed
                tick +29s                       -> silent
                renew 10.0.0.1                  -> LeaseSet
                eip 10.0.0.1                    -> ALLOCATED
                """);
  }

  @Test
  void guards() {
    new Script()
        .play(
            WORLD
                + """
                renew 10.0.0.1                  -> AddressNotAllocated
                allocate owner=a lease=100s     -> 10.0.0.1#2
                renew 10.0.0.1 tenure=1         -> StaleTenure
                renew 10.0.0.1 owner=b          -> NotOwner
                renew 10.0.0.1 owner=a tenure=2 -> same
                renew 10.0.0.1 lease=50s dry    -> ok silent
                tick +1s
                renew 10.0.0.1 id=r             -> ok LeaseSet
                tick +1s
                renew 10.0.0.1 id=r             -> ok silent
                release 10.0.0.1                -> EipReleaseRequested
                renew 10.0.0.1                  -> AddressNotAllocated
                tick +200s                      -> EipFreed EipReleaseRequested*0 LeaseExpiring*0
                allocate owner=b ip=10.0.0.1    -> 10.0.0.1
                renew 10.0.0.1 tenure=2         -> StaleTenure
                """);
  }

  /** What is undone is whole again: with a lease as long as it had. */
  @Test
  void aRestoredOneHasANewLease() {
    new Script()
        .play(
            WORLD
                + GATEWAY
                + """
                allocate owner=a gateway=gw1 lease=100s tags=env:prod
                tick +130s                      -> EipReleaseRequested
                restore 10.0.0.1                -> EipRestored EipAttached
                eip 10.0.0.1                    -> leased tag:env=prod
                tick +99s                       -> LeaseExpiring EipReleaseRequested*0
                tick +31s                       -> EipReleaseRequested
                """);
  }
}
