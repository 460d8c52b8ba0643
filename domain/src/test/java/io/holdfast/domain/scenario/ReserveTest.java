package io.holdfast.domain.scenario;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** An operator takes addresses out of a pool and puts them back. */
class ReserveTest {
  private static final String WORLD = "define-pool p 10.0.0.0/29 cooldown=30s\n";

  @Test
  void aReservedAddressIsGivenToNobody() {
    new Script()
        .play(
            WORLD
                + """
                reserve 10.0.0.1 reason=printer     -> ok IpReserved
                reserve 10.0.0.1 reason=again       -> same
                eip 10.0.0.1                        -> RESERVED#0 covered
                pool p                              -> free=5 reserved=1 allocated=0
                allocate owner=a                    -> 10.0.0.2
                allocate owner=b ip=10.0.0.1        -> AddressReserved
                allocate owner=c count=5            -> PoolExhausted
                allocate owner=c count=4            -> 10.0.0.3 10.0.0.6
                restart
                allocate owner=d                    -> PoolExhausted
                unreserve 10.0.0.1                  -> ok IpUnreserved
                pool p                              -> free=1 reserved=0
                allocate owner=d                    -> 10.0.0.1
                """);
  }

  /** It was used before, and is again: its tenures grow. Put back, it is the last to be given. */
  @Test
  void aUsedOne() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a                    -> 10.0.0.1#2
                allocate owner=b                    -> 10.0.0.2#3
                release 10.0.0.1
                release 10.0.0.2
                reserve 10.0.0.1                    -> AddressCoolingDown
                wait +30s
                reserve 10.0.0.1                    -> IpReserved
                eip 10.0.0.1                        -> RESERVED#2
                restore 10.0.0.1                    -> AddressReserved
                release 10.0.0.1 tenure=2           -> same
                renew 10.0.0.1                      -> AddressNotAllocated
                tick +60s                           -> EipFreed
                unreserve 10.0.0.1                  -> IpUnreserved
                eip 10.0.0.1                        -> FREE#2
                allocate owner=c                    -> 10.0.0.2
                allocate owner=c count=6            -> 10.0.0.1
                """);
  }

  @Test
  void whatCannotBeReserved() {
    new Script()
        .play(
            WORLD
                + """
                heartbeat n1 b1
                define-gateway gw1 n1
                reserve 10.0.0.1 reason=            -> Invalid meta.reason
                reserve 10.0.1.1                    -> OutOfRange
                reserve 10.0.0.7                    -> OutOfRange
                unreserve 10.0.1.1                  -> OutOfRange
                unreserve 10.0.0.1                  -> same
                allocate owner=a gateway=gw1        -> 10.0.0.1
                observe gw1 all
                reserve 10.0.0.1                    -> AddressInUse
                unreserve 10.0.0.1                  -> AddressInUse
                release 10.0.0.1
                reserve 10.0.0.1                    -> AddressReleasing
                unreserve 10.0.0.1                  -> AddressReleasing
                observe gw1                         -> EipCooldownStarted
                unreserve 10.0.0.1                  -> AddressCoolingDown
                observe gw1 ip=10.0.0.1/32          -> IpQuarantined
                reserve 10.0.0.1                    -> AddressQuarantined
                unreserve 10.0.0.1                  -> AddressQuarantined
                observe gw1                         -> EipCooldownStarted
                tick +30s                           -> EipFreed
                unreserve 10.0.0.1                  -> same
                reserve 10.0.0.1 dry                -> ok silent
                """);
  }

  /** Rule 9: changing a pool orphans no reserved address either; and rule 10. */
  @Test
  void poolsChangeAroundIt() {
    new Script()
        .play(
            WORLD
                + """
                reserve 10.0.0.5                    -> IpReserved
                reserve 10.0.0.6                    -> IpReserved
                resize-pool p 10.0.0.0/30           -> InUse
                remove-pool p                       -> InUse
                resize-pool p 10.0.0.0/30 mode=retain -> PoolResized retained=2 removed=4 example=10.0.0.5
                pool p                              -> size=2 free=2 reserved=2 retained=2
                unreserve 10.0.0.5                  -> IpUnreserved
                eip 10.0.0.5                        -> unused
                pool p                              -> free=2 reserved=1 retained=1
                resize-pool p 10.0.0.0/29           -> PoolResized
                pool p                              -> free=5 reserved=1 retained=0
                allocate owner=a count=5            -> 10.0.0.5
                unreserve 10.0.0.6                  -> IpUnreserved
                allocate owner=b                    -> 10.0.0.6
                """);
  }

  /** Somebody waits for an address: what is put back is for the one who waits longest. */
  @Test
  void puttingBackWakesWhoWaits() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/30 cooldown=30s
            reserve 10.0.0.2
            allocate owner=a                        -> 10.0.0.1
            allocate owner=b wait=1h                -> waiting#1
            allocate owner=c wait=1h                -> waiting#2
            unreserve 10.0.0.2                      -> IpUnreserved EipAllocated*1
            eip 10.0.0.2                            -> owner:b
            """);
  }

  /** A gateway shows it although it is to carry it not: putting it back frees nothing. */
  @Test
  void putBackWhileAGatewayShowsIt() {
    new Script()
        .play(
            WORLD
                + """
                heartbeat n1 b1
                define-gateway gw1 n1
                reserve 10.0.0.1
                observe gw1 ip=10.0.0.1/32          -> DriftDetected IpQuarantined*0
                eip 10.0.0.1                        -> RESERVED
                unreserve 10.0.0.1                  -> IpUnreserved IpQuarantined
                allocate owner=a ip=10.0.0.1        -> AddressQuarantined
                observe gw1                         -> DriftCleared EipCooldownStarted
                tick +30s                           -> EipFreed
                """);
  }
}
