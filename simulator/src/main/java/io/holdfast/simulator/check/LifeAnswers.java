package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Refusal;
import java.util.List;

/** What is answered to commands about leases, reservation, adoption, quarantine and transfer. */
final class LifeAnswers {
  private static final String ACCEPTED = "answers";

  private LifeAnswers() {}

  static void accepted(Facts facts, Stimulus.Asked asked, List<Recorded> events) {
    switch (asked.command()) {
      case Command.ReserveIp c ->
          unless(facts.eip(c.ip()).phase == Phase.RESERVED, ACCEPTED, asked, facts.eip(c.ip()));
      case Command.UnreserveIp c ->
          unless(facts.eip(c.ip()).phase != Phase.RESERVED, ACCEPTED, asked, facts.eip(c.ip()));
      case Command.EndQuarantine c -> {
        EipFact eip = facts.eip(c.ip());
        boolean over = eip.phase != Phase.QUARANTINED && eip.terms.conflictUntil == 0;
        unless(over, ACCEPTED, asked, eip);
      }
      case Command.AdoptEip c -> isHeld(facts, c.ip(), c.owner(), asked);
      case Command.AcceptTransfer c -> isHeld(facts, c.ip(), c.owner(), asked);
      case Command.TransferEip c ->
          unless(c.toTenant().equals(facts.eip(c.ip()).terms.offeredTo), ACCEPTED, asked, events);
      case Command.CancelTransfer c ->
          unless(facts.eip(c.ip()).terms.offeredTo == null, ACCEPTED, asked, events);
      case Command.RenewLease c -> {
        TermsFact terms = facts.eip(c.ip()).terms;
        boolean set = c.leaseMs() == null || terms.leaseMs == c.leaseMs();
        unless(set, ACCEPTED, asked, terms);
      }
      case Command.TagEip c -> {
        TermsFact terms = facts.eip(c.ip()).terms;
        boolean set =
            terms.tags.entrySet().containsAll(c.set().entrySet())
                && c.remove().stream().noneMatch(terms.tags::containsKey);
        unless(set, ACCEPTED, asked, terms);
      }
      default -> {}
    }
  }

  private static void isHeld(Facts facts, IpAddress ip, Owner owner, Object asked) {
    EipFact eip = facts.eip(ip);
    unless(eip.phase == Phase.ALLOCATED && owner.equals(eip.owner), ACCEPTED, asked, eip);
  }

  static void refused(Facts facts, Stimulus.Asked asked, Refusal refusal) {
    IpAddress ip =
        switch (asked.command()) {
          case Command.ReserveIp c -> c.ip();
          case Command.UnreserveIp c -> c.ip();
          case Command.EndQuarantine c -> c.ip();
          case Command.AdoptEip c -> c.ip();
          case Command.AcceptTransfer c -> c.ip();
          case Command.TransferEip c -> c.ip();
          case Command.CancelTransfer c -> c.ip();
          case Command.RenewLease c -> c.ip();
          case Command.TagEip c -> c.ip();
          default -> null;
        };
    if (ip != null) {
      unless(holds(facts, ip, refusal), "refusals", asked, facts.eips.get(ip));
    }
  }

  /** What the refusal says is in the way is there. */
  private static boolean holds(Facts facts, IpAddress ip, Refusal refusal) {
    EipFact eip = facts.eips.get(ip);
    Phase phase = eip == null ? Phase.FREE : eip.phase;
    return switch (refusal.code()) {
      case AddressInUse -> phase == Phase.ALLOCATED;
      case AddressReleasing -> phase == Phase.RELEASING;
      case AddressCoolingDown -> phase == Phase.COOLING_DOWN;
      case AddressReserved -> phase == Phase.RESERVED;
      case AddressQuarantined -> phase == Phase.QUARANTINED || facts.drifts(ip);
      case AddressNotAllocated -> phase != Phase.ALLOCATED;
      case OutOfRange -> facts.pools.values().stream().noneMatch(p -> p.offered.contains(ip));
      case InUse ->
          eip != null
              && (eip.gateway != null
                  || !eip.places.isEmpty()
                  || !eip.rules.isEmpty()
                  || facts.drifts(ip));
      case StaleTenure,
          StaleRevision,
          NotOwner,
          Invalid,
          QuotaExceeded,
          NodeUnknown,
          GatewayUnknown,
          GatewayRetiring ->
          true;
      default -> false;
    };
  }
}
