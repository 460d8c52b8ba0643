package io.holdfast.domain.scenario;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** Addresses that were in use before: they get a tenure, and are never freed (rule 12). */
class AdoptTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      heartbeat n1 b1
      heartbeat n2 b1
      define-gateway gw1 n1,n2
      define-gateway gw2 n2
      """;

  @Test
  void fromFreeToReserved() {
    new Script()
        .play(
            WORLD
                + """
                adopt 10.0.0.1 owner=a gateway=gw1 lease=600s tags=env:prod -> ok EipAdopted EipAttached 10.0.0.1
                eip 10.0.0.1                        -> ALLOCATED adopted leased tag:env=prod on:gw1 unready
                pool p                              -> allocated=1 free=5
                observe gw1 all                     -> EipProgrammed
                eip 10.0.0.1                        -> ready
                allocate owner=a                    -> same 10.0.0.1
                adopt 10.0.0.1 owner=a              -> same 10.0.0.1
                allocate owner=b                    -> 10.0.0.2
                bind-fip 10.0.0.1 192.168.0.1
                release 10.0.0.1                    -> InUse
                force-release 10.0.0.1              -> EipReleaseRequested
                eip 10.0.0.1                        -> RELEASING
                observe gw1                         -> EipWithdrawn RuleWithdrawn IpReserved EipCooldownStarted*0
                eip 10.0.0.1                        -> RESERVED
                tick +1h                            -> EipFreed*0
                allocate owner=c ip=10.0.0.1        -> AddressReserved
                restore 10.0.0.1                    -> AddressReserved
                restart
                unreserve 10.0.0.1                  -> IpUnreserved
                allocate owner=c ip=10.0.0.1        -> EipAllocated
                eip 10.0.0.1                        -> allocated
                """);
  }

  /** It would be on two gateways: it is adopted with the one that carries it. */
  @Test
  void aReservedOneThatIsSeenElsewhere() {
    new Script()
        .play(
            WORLD
                + """
                reserve 10.0.0.3                    -> IpReserved
                observe gw2 ip=10.0.0.3/32          -> DriftDetected IpQuarantined*0
                adopt 10.0.0.3 owner=a gateway=gw1  -> AddressQuarantined silent
                adopt 10.0.0.3 owner=a              -> AddressQuarantined silent
                adopt 10.0.0.3 owner=a gateway=gw2  -> EipAdopted EipAttached
                """);
  }

  /**
   * What the operator had reserved for it is adopted; restored while it is leaving, it stays so.
   */
  @Test
  void aReservedOneAndARestoredOne() {
    new Script()
        .play(
            WORLD
                + """
                reserve 10.0.0.3                    -> IpReserved
                adopt 10.0.0.3 owner=a gateway=gw1  -> EipAdopted EipAttached
                pool p                              -> allocated=1 reserved=0
                observe gw1 all
                release 10.0.0.3                    -> EipReleaseRequested
                restore 10.0.0.3                    -> EipRestored EipAttached
                eip 10.0.0.3                        -> adopted
                detach 10.0.0.3
                release 10.0.0.3
                observe gw1                         -> EipWithdrawn IpReserved
                adopt 10.0.0.3 owner=b node=n1      -> EipAdopted
                eip 10.0.0.3                        -> bound:n1/b1 owner:b
                release 10.0.0.3                    -> EipReleaseRequested IpReserved
                """);
  }

  /** The gateway that carries it already was seen with it: it is no drift any more. */
  @Test
  void fromTheGatewayThatCarriesIt() {
    new Script()
        .play(
            WORLD
                + """
                observe gw1 ip=10.0.0.4/32          -> DriftDetected IpQuarantined
                adopt 10.0.0.4 owner=a              -> AddressQuarantined
                adopt 10.0.0.4 owner=a gateway=gw2  -> AddressQuarantined
                adopt 10.0.0.4 owner=a gateway=gw1  -> EipAdopted EipAttached
                observe gw1 all                     -> EipProgrammed DriftCleared EipCooldownStarted*0
                eip 10.0.0.4                        -> ready adopted
                drifts                              -> none
                pool p                              -> allocated=1 quarantined=0
                release 10.0.0.4
                observe gw1                         -> IpReserved
                observe gw1 ip=10.0.0.5/32          -> DriftDetected IpQuarantined
                observe gw2 ip=10.0.0.5/32          -> DriftDetected
                adopt 10.0.0.5 owner=a gateway=gw1  -> AddressQuarantined
                observe gw2                         -> DriftCleared
                adopt 10.0.0.5 owner=a gateway=gw1  -> EipAdopted
                """);
  }

  @Test
  void askingAgainRenewsItToo() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.2 lease=100s
            adopt 10.0.0.1 owner=a              -> EipAdopted
            tick +50s                           -> silent
            adopt 10.0.0.1 owner=a              -> LeaseSet
            adopt 10.0.0.1 owner=a              -> same
            """);
  }

  /** Its timer may be due and not have been looked at. */
  @Test
  void fromACoolDownThatIsOver() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.2 cooldown=10s
            allocate owner=a                    -> 10.0.0.1
            release 10.0.0.1                    -> EipCooldownStarted
            wait +9s
            adopt 10.0.0.1 owner=b              -> AddressCoolingDown
            wait +1s
            adopt 10.0.0.1 owner=b              -> EipAdopted
            """);
  }

  /** What it adopts is what it waits for. */
  @Test
  void whoAdoptsWaitsNoMore() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.2
            allocate owner=b                    -> 10.0.0.1
            reserve 10.0.0.2
            allocate owner=a wait=1h            -> waiting#1
            adopt 10.0.0.2 owner=a              -> EipAdopted AllocationDequeued
            """);
  }

  /** Found in review: what is left of the quarantine is the drift, which the adoption ends. */
  @Test
  void fromAQuarantineOfWhichOnlyTheDriftIsLeft() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.2 cooldown=0s probation=5s
            heartbeat n1 b1
            define-gateway gw1 n1
            conflict 10.0.0.1                   -> IpQuarantined
            observe gw1 ip=10.0.0.1/32          -> DriftDetected
            tick +4s
            adopt 10.0.0.1 owner=a gateway=gw1  -> AddressQuarantined
            tick +1s                            -> silent
            adopt 10.0.0.1 owner=a              -> AddressQuarantined
            adopt 10.0.0.1 owner=a gateway=gw1  -> EipAdopted EipAttached
            """);
  }

  /** Where the gateway ran before it is not where it runs now: two would answer. */
  @Test
  void notFromWhereTheGatewayWas() {
    new Script()
        .play(
            WORLD
                + """
                observe gw1 ip=10.0.0.4/32          -> DriftDetected IpQuarantined
                reschedule gw1 n2
                adopt 10.0.0.4 owner=a gateway=gw1  -> AddressQuarantined
                """);
  }

  @Test
  void whatCannotBeAdopted() {
    new Script()
        .play(
            WORLD
                + """
                adopt 10.0.1.1 owner=a              -> OutOfRange
                adopt 10.0.0.1 owner=a gateway=gw9  -> GatewayUnknown
                adopt 10.0.0.1 owner=a node=n9      -> NodeUnknown
                adopt 10.0.0.1 owner=a lease=1ms    -> Invalid leaseMs
                allocate owner=a gateway=gw1        -> 10.0.0.1
                observe gw1 all
                adopt 10.0.0.1 owner=b              -> AddressInUse
                adopt 10.0.0.1 owner=a gateway=gw2  -> InUse
                adopt 10.0.0.1 owner=a gateway=gw1  -> same 10.0.0.1
                release 10.0.0.1
                adopt 10.0.0.1 owner=b              -> AddressReleasing
                observe gw1                         -> EipCooldownStarted
                adopt 10.0.0.1 owner=b              -> AddressCoolingDown
                conflict 10.0.0.1                   -> IpQuarantined
                adopt 10.0.0.1 owner=b gateway=gw1  -> AddressQuarantined
                quota t 0
                adopt 10.0.0.2 owner=b              -> QuotaExceeded
                adopt 10.0.0.2 owner=u:b dry        -> ok silent
                quota t 1
                adopt 10.0.0.2 owner=b              -> EipAdopted
                adopt 10.0.0.3 owner=c              -> QuotaExceeded
                release 10.0.0.2                    -> IpReserved
                adopt 10.0.0.3 owner=c              -> EipAdopted
                """);
  }

  /** What an old tenure's agent says late changes nothing, and the pool may lose it meanwhile. */
  @Test
  void lateReportsAndACutPool() {
    new Script()
        .play(
            WORLD
                + """
                adopt 10.0.0.6 owner=a gateway=gw1  -> EipAdopted 10.0.0.6#8
                observe gw1 all
                look gw1 n1 as=r
                resize-pool p 10.0.0.0/30 mode=retain -> PoolResized retained=1
                force-release 10.0.0.6
                observe gw1                         -> IpReserved
                pool p                              -> retained=1 reserved=1
                check 10.0.0.6 tenure=8 absent      -> late
                probe 10.0.0.6 tenure=8 fail        -> late
                adopt 10.0.0.6 owner=a              -> OutOfRange
                unreserve 10.0.0.6                  -> IpUnreserved
                eip 10.0.0.6                        -> unused
                restart
                """);
  }

  /** Found by simulation: rules of who had the address before its quarantine came back. */
  @Test
  void rulesOfWhoHadItBeforeDoNotComeBack() {
    new Script()
        .play(
            """
            heartbeat n1 b1
            define-pool p 10.0.0.0/29 cooldown=60s
            define-gateway gw1 n1
            allocate owner=a gateway=gw1       -> 10.0.0.1
            bind-fip 10.0.0.1 192.168.0.1
            force-release 10.0.0.1
            observe gw1                        -> EipCooldownStarted
            observe gw1 ip=10.0.0.1/32         -> IpQuarantined
            adopt 10.0.0.1 owner=b gateway=gw1 -> EipAdopted
            force-release 10.0.0.1
            restore 10.0.0.1                   -> EipRestored EipAttached FipBound*0
            """);
  }
}
