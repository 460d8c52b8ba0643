package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AdoptEip: an address that was in use before this service knew of it gets a tenure. */
final class AdoptDecisions {
  private AdoptDecisions() {}

  static Verdict adopt(Draft draft, Command.AdoptEip c) {
    Refusal refusal =
        Check.first(
            Check.owner("owner", c.owner()),
            LeaseDecisions.check("leaseMs", c.leaseMs()),
            RequestChecks.labels("tags", c.tags()),
            c.gateway() == null ? null : AttachDecisions.checkGateway(draft.state(), c.gateway()),
            NodeDecisions.checkKnown(draft.state(), c.node()));
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    NodeBinding binding = NodeDecisions.binding(draft.state(), c.node());
    Address address = Availability.present(draft, c.ip());
    Tenancy held = address == null ? null : address.tenancy();
    if (address != null
        && held != null
        && address.phase() == Phase.ALLOCATED
        && held.owner().equals(c.owner())) {
      return again(draft, c, new Grant(c.ip(), held.tenure(), address.pool()), binding);
    }
    String pool = DriftDecisions.poolOf(draft.state(), c.ip());
    if (pool == null) {
      return Verdict.refused(Availability.outOfRange(c.ip()));
    }
    Refusal taken =
        Check.first(
            address == null ? null : checkPhase(draft, c, address),
            QuotaDecisions.check(draft.state(), c.owner().tenant(), 1));
    return taken != null ? Verdict.refused(taken) : begin(draft, c, pool, binding);
  }

  /** The same owner asking again has what it asked for, and may say where it is. */
  private static Verdict again(
      Draft draft, Command.AdoptEip c, Grant grant, @Nullable NodeBinding binding) {
    List<Grant> grants = List.of(grant);
    Refusal elsewhere = HeldDecisions.attachAll(draft, grants, c.gateway());
    if (elsewhere != null) {
      return Verdict.refused(elsewhere);
    }
    LeaseDecisions.askedAgain(draft, grants, c.leaseMs());
    if (binding != null) {
      HeldDecisions.rebind(draft, c.owner(), grants, binding);
    }
    return Verdict.done(grants);
  }

  private static Verdict begin(
      Draft draft, Command.AdoptEip c, String pool, @Nullable NodeBinding binding) {
    long tenure = draft.nextSequence();
    long leaseMs =
        LeaseDecisions.duration(c.leaseMs(), PoolDecisions.pool(draft.state(), pool).spec());
    draft.emit(
        new Event.EipAdopted(
            c.ip(),
            tenure,
            pool,
            c.owner(),
            binding,
            leaseMs,
            LeaseDecisions.until(draft, leaseMs),
            c.tags()));
    QuotaDecisions.charged(draft, c.owner().tenant());
    WaitDecisions.gained(draft, c.owner());
    if (c.gateway() != null) {
      AttachDecisions.put(draft, c.ip(), c.gateway());
    }
    if (binding != null) {
      HeldDecisions.rebind(draft, c.owner(), List.of(), binding);
    }
    return Verdict.done(List.of(new Grant(c.ip(), tenure, pool)));
  }

  private static @Nullable Refusal checkPhase(Draft draft, Command.AdoptEip c, Address address) {
    return switch (address.phase()) {
      case FREE, RESERVED -> checkSeen(draft, c);
      case QUARANTINED -> {
        boolean isForDrift = QuarantineDecisions.isProbationOver(draft, address);
        yield isForDrift ? checkSeen(draft, c) : Availability.taken(c.ip(), address);
      }
      case ALLOCATED, RELEASING, COOLING_DOWN -> Availability.taken(c.ip(), address);
    };
  }

  /** What carries it already is the gateway that it is to be on, where that runs now. */
  private static @Nullable Refusal checkSeen(Draft draft, Command.AdoptEip c) {
    String elsewhere = DriftDecisions.seenElsewhere(draft.state(), c.ip(), c.gateway());
    return elsewhere == null
        ? null
        : Refusal.of(
                RefusalCode.AddressQuarantined,
                elsewhere
                    + " was seen with "
                    + c.ip()
                    + ": adopt it with the gateway that carries it, or take it off there")
            .with("seenOn", elsewhere);
  }
}
