package io.holdfast.domain.evolve;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.state.State;

/**
 * Folds events into the state. It never decides, refuses or fails on an event that was once
 * accepted; it reads nothing but the state, the header and the event.
 */
public final class Evolver {
  private Evolver() {}

  public static void apply(State state, EventHeader header, Event event) {
    switch (event) {
      case Event.PoolDefined e -> PoolEvolution.defined(state, header, e);
      case Event.PoolResized e -> PoolEvolution.resized(state, header, e);
      case Event.PoolChanged e -> PoolEvolution.changed(state, header, e);
      case Event.PoolRemoved e -> PoolEvolution.removed(state, e);

      case Event.QuotaSet e -> Quotas.set(state, e);
      case Event.AllocationQueued e -> WaitEvolution.queued(state, header, e);
      case Event.AllocationDequeued e -> WaitEvolution.dequeued(state, e);

      case Event.EipAllocated e -> EipEvolution.allocated(state, header, e);
      case Event.EipRebound e -> EipEvolution.rebound(state, e);
      case Event.EipAttached e -> EipEvolution.attached(state, header, e);
      case Event.EipDetached e -> EipEvolution.detached(state, header, e);
      case Event.EipReleaseRequested e -> EipEvolution.releaseRequested(state, header, e);
      case Event.EipRestored e -> EipEvolution.restored(state, header, e);
      case Event.EipWithdrawn e -> EipEvolution.withdrawn(state, header, e);
      case Event.EipCooldownStarted e -> EipEvolution.cooldownStarted(state, e);
      case Event.EipFreed e -> EipEvolution.freed(state, header, e);
      case Event.IpQuarantined e -> ReserveEvolution.quarantined(state, e);
      case Event.IpReserved e -> ReserveEvolution.reserved(state, e);
      case Event.IpUnreserved e -> ReserveEvolution.unreserved(state, header, e);
      case Event.EipAdopted e -> ReserveEvolution.adopted(state, header, e);
      case Event.EipTransferred e -> TermsEvolution.transferred(state, header, e);
      case Event.LeaseSet e -> TermsEvolution.leaseSet(state, header, e);
      case Event.LeaseExpiring e -> TermsEvolution.leaseExpiring(state, e);
      case Event.TransferOffered e -> TermsEvolution.offered(state, header, e);
      case Event.TransferCancelled e -> TermsEvolution.cancelled(state, header, e);
      case Event.EipTagged e -> TermsEvolution.tagged(state, header, e);
      case Event.ConflictDetected e -> TermsEvolution.conflictDetected(state, header, e);
      case Event.ConflictCleared e -> TermsEvolution.conflictCleared(state, e);
      case Event.EipProgrammed e -> EipEvolution.programmed(state, e);
      case Event.EipUnprogrammed e -> EipEvolution.unprogrammed(state, e);
      case Event.EipCleared e -> EipEvolution.cleared(state, e);
      case Event.OwnerUnknown e -> EipEvolution.ownerUnknown(state, header, e);
      case Event.OwnerAbsent e -> EipEvolution.ownerAbsent(state, header, e);
      case Event.OwnerPresent e -> EipEvolution.ownerPresent(state, e);

      case Event.FipBound e -> RuleEvolution.fipBound(state, header, e);
      case Event.FipUnbound e -> RuleEvolution.fipUnbound(state, header, e);
      case Event.DnatAdded e -> RuleEvolution.dnatAdded(state, header, e);
      case Event.DnatRemoved e -> RuleEvolution.dnatRemoved(state, header, e);
      case Event.SnatAdded e -> RuleEvolution.snatAdded(state, header, e);
      case Event.SnatRemoved e -> RuleEvolution.snatRemoved(state, header, e);
      case Event.RuleProgrammed e -> RuleEvolution.programmed(state, e);
      case Event.RuleUnprogrammed e -> RuleEvolution.unprogrammed(state, e);
      case Event.RuleCleared e -> RuleEvolution.cleared(state, e);
      case Event.RuleWithdrawn e -> RuleEvolution.withdrawn(state, e);

      case Event.GatewayDefined e -> GatewayEvolution.defined(state, header, e);
      case Event.GatewayPlaced e -> GatewayEvolution.placed(state, header, e);
      case Event.GatewayInstanceStarted e -> GatewayEvolution.instanceStarted(state, e);
      case Event.GatewayRescheduled e -> GatewayEvolution.rescheduled(state, header, e);
      case Event.GatewayInstanceFenced e -> GatewayEvolution.instanceFenced(state, header, e);
      case Event.GatewayRetiring e -> GatewayEvolution.retiring(state, header, e);
      case Event.GatewayRetired e -> GatewayEvolution.retired(state, header, e);
      case Event.ProbeFailed e -> GatewayEvolution.probeFailed(state, header, e);
      case Event.ProbeRecovered e -> GatewayEvolution.probeRecovered(state, e);
      case Event.DriftDetected e -> GatewayEvolution.driftDetected(state, header, e);
      case Event.DriftCleared e -> GatewayEvolution.driftCleared(state, e);

      case Event.NodeRegistered e -> NodeEvolution.registered(state, header, e);
      case Event.NodeLost e -> NodeEvolution.lost(state, header, e);
      case Event.NodeReturned e -> NodeEvolution.returned(state, header, e);
      case Event.NodeFenced e -> NodeEvolution.fenced(state, header, e);
      case Event.OwnerInventoryTaken e -> NodeEvolution.inventoryTaken(state, e);
      case Event.OwnerInventoryOverdue e -> NodeEvolution.inventoryOverdue(state, e);
    }
  }

  /**
   * An entry that the log says exists. Its absence means that log and state do not belong together.
   */
  static <T> T existing(@org.jspecify.annotations.Nullable T entry, Object key) {
    if (entry == null) {
      throw new IllegalStateException(
          "the log refers to " + key + ", which the state does not have");
    }
    return entry;
  }
}
