package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** An EIP goes to another tenant: offered by one, accepted by the other. */
class TransferTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      heartbeat n1 b1
      define-gateway gw1 n1
      """;

  @Test
  void offeredAndAccepted() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=t:a node=n1 lease=600s tags=env:prod -> 10.0.0.1#5
                accept 10.0.0.1 owner=u:b           -> NotOwner
                transfer 10.0.0.1 u valid=100s      -> ok TransferOffered
                transfer 10.0.0.1 u valid=100s      -> same
                eip 10.0.0.1                        -> offered owner:a
                accept 10.0.0.1 owner=v:b           -> NotOwner
                accept 10.0.0.1 owner=u:b tenure=4  -> StaleTenure
                accept 10.0.0.1 owner=u:b tenure=5  -> ok EipTransferred 10.0.0.1#7
                accept 10.0.0.1 owner=u:b           -> same 10.0.0.1#7
                eip 10.0.0.1                        -> ALLOCATED#7 owner:b bound:none unoffered leased
                allocate owner=t:a                  -> EipAllocated 10.0.0.2
                allocate owner=u:b                  -> same 10.0.0.1
                # What is said of the old tenure is over.
                check 10.0.0.1 tenure=5 absent      -> late
                release 10.0.0.1 tenure=5           -> StaleTenure
                pool p                              -> allocated=2 cooling=0
                restart
                """);
  }

  /** What it takes over is what it waits for. */
  @Test
  void whoAcceptsWaitsNoMore() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1
            allocate owner=t:a                  -> 10.0.0.1
            allocate owner=u:b wait=1h          -> waiting#1
            transfer 10.0.0.1 u
            accept 10.0.0.1 owner=u:b           -> EipTransferred AllocationDequeued
            """);
  }

  /** An offer is over at its deadline, at its cancelling, at the end of the tenure. */
  @Test
  void offersThatCountNoMore() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=t:a                  -> 10.0.0.1
                transfer 10.0.0.1 u valid=100s
                wait +99s
                accept 10.0.0.1 owner=u:b dry       -> ok silent
                wait +1s
                accept 10.0.0.1 owner=u:b           -> NotOwner
                transfer 10.0.0.1 u valid=100s      -> TransferOffered
                cancel-transfer 10.0.0.1            -> ok TransferCancelled
                cancel-transfer 10.0.0.1            -> same
                accept 10.0.0.1 owner=u:b           -> NotOwner
                transfer 10.0.0.1 u                 -> TransferOffered
                transfer 10.0.0.1 v                 -> TransferOffered
                accept 10.0.0.1 owner=u:b           -> NotOwner
                release 10.0.0.1
                accept 10.0.0.1 owner=v:b           -> AddressNotAllocated
                restore 10.0.0.1                    -> EipRestored
                accept 10.0.0.1 owner=v:b           -> NotOwner
                """);
  }

  /** Only a bare address changes hands, and it must be bare at both moments. */
  @Test
  void notWhileAnythingMayCarryIt() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=t:a gateway=gw1      -> 10.0.0.1
                observe gw1 all                     -> EipProgrammed
                transfer 10.0.0.1 u                 -> InUse
                detach 10.0.0.1
                transfer 10.0.0.1 u                 -> InUse
                observe gw1                         -> EipWithdrawn
                bind-fip 10.0.0.1 192.168.0.1       -> FipBound
                transfer 10.0.0.1 u                 -> InUse
                unbind-fip 10.0.0.1                 -> FipUnbound RuleWithdrawn
                transfer 10.0.0.1 u                 -> TransferOffered
                attach 10.0.0.1 gw1
                accept 10.0.0.1 owner=u:b           -> InUse
                detach 10.0.0.1
                accept 10.0.0.1 owner=u:b           -> InUse
                observe gw1                         -> EipWithdrawn
                observe gw1 ip=10.0.0.1/32          -> DriftDetected
                accept 10.0.0.1 owner=u:b           -> InUse
                observe gw1                         -> DriftCleared
                accept 10.0.0.1 owner=u:b           -> EipTransferred
                """);
  }

  /** The address is seen gone, one of its rules is not. */
  @Test
  void notWhileARuleIsLeft() {
    Script script =
        new Script()
            .play(
                WORLD
                    + """
                    allocate owner=t:a gateway=gw1  -> 10.0.0.1
                    bind-fip 10.0.0.1 192.168.0.1   -> FipBound
                    observe gw1 all                 -> EipProgrammed RuleProgrammed
                    unbind-fip 10.0.0.1
                    detach 10.0.0.1
                    observe gw1 rule=10.0.0.1|fip|192.168.0.1 -> EipWithdrawn RuleWithdrawn*0
                    transfer 10.0.0.1 u             -> InUse
                    """);
    assertThat(script.lastRefusal().details()).containsEntry("rulesLeft", "1");
    script.play(
        """
        observe gw1                         -> RuleWithdrawn
        transfer 10.0.0.1 u                 -> TransferOffered
        """);
  }

  @Test
  void guards() {
    new Script()
        .play(
            WORLD
                + """
                transfer 10.0.0.1 u                 -> AddressNotAllocated
                allocate owner=t:a                  -> 10.0.0.1#5
                transfer 10.0.0.1 t                 -> Invalid toTenant
                transfer 10.0.0.1 u valid=1ms       -> Invalid validMs
                transfer 10.0.0.1 u valid=9999h     -> Invalid validMs
                transfer 10.0.0.1 u tenure=1        -> StaleTenure
                transfer 10.0.0.1 u owner=t:b       -> NotOwner
                transfer 10.0.0.1 u owner=t:a tenure=5 -> TransferOffered
                cancel-transfer 10.0.0.1 owner=t:b  -> NotOwner
                cancel-transfer 10.0.0.2            -> AddressNotAllocated
                quota u 0
                accept 10.0.0.1 owner=u:b           -> QuotaExceeded
                quota u 1
                quota t 1
                allocate owner=t:c wait=1h          -> QuotaExceeded
                accept 10.0.0.1 owner=u:b           -> EipTransferred
                allocate owner=t:c                  -> EipAllocated
                allocate owner=u:c                  -> QuotaExceeded
                """);
  }

  /** What belongs to the address stays with it: a seen conflict, and that it was adopted. */
  @Test
  void whatStaysWithTheAddress() {
    new Script()
        .play(
            WORLD
                + """
                adopt 10.0.0.1 owner=t:a lease=600s -> EipAdopted
                conflict 10.0.0.1                   -> ConflictDetected
                transfer 10.0.0.1 u                 -> TransferOffered
                wait +300s
                accept 10.0.0.1 owner=u:b           -> EipTransferred
                eip 10.0.0.1                        -> adopted disputed leased owner:b
                wait +299s
                renew 10.0.0.1 owner=u:b            -> LeaseSet
                release 10.0.0.1                    -> IpReserved
                """);
  }

  /** Whoever hands one over has room in the quota again: its tenant's waiter is next. */
  @Test
  void whatIsHandedOverMakesRoomInTheQuota() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1 cooldown=0s
            define-pool q 10.0.1.1
            allocate owner=u:x pool=p           -> 10.0.0.1
            allocate owner=t:a pool=q           -> 10.0.1.1
            allocate owner=t:b pool=p wait=1h   -> waiting#1
            quota t 1
            release 10.0.0.1                    -> EipFreed EipAllocated*0
            transfer 10.0.1.1 u
            accept 10.0.1.1 owner=u:y           -> EipTransferred EipAllocated
            """);
  }
}
