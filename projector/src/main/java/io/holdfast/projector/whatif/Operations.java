package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What operators did to certain addresses, as far as that can be done in a world where others may
 * hold those addresses. What could not be is noted.
 */
final class Operations {
  private static final String ACTOR = "what-if";
  private static final long OFFER_MS = 60_000;

  private final Network network;
  private final Tenures tenures;
  private final Notes notes;

  Operations(Network network, Tenures tenures, Notes notes) {
    this.network = network;
    this.tenures = tenures;
    this.notes = notes;
  }

  void imported(Demand.Imported d) {
    Event.EipAllocated e = d.event();
    EipRequest request =
        EipRequest.of(
                e.owner(),
                e.ip().family() == IpFamily.V4 ? FamilyChoice.V4 : FamilyChoice.V6,
                e.pool())
            .at(e.ip(), 1, null, null);
    begun(
        d.time(),
        e.tenure(),
        new Command.AllocateEip(request, OnExhausted.REJECT, 0),
        e.ip() + " could not have been imported for " + e.owner());
  }

  void adopted(Demand.Adopted d) {
    Event.EipAdopted e = d.event();
    begun(
        d.time(),
        e.tenure(),
        new Command.AdoptEip(e.ip(), e.owner(), null, null, null, e.tags()),
        e.ip() + " could not have been adopted by " + e.owner());
  }

  /** The owner gets the recorded address, or that is noted. */
  private void begun(long time, long tenure, Command command, String note) {
    Grant grant = granted(decide(time, "begin-" + tenure, "recorded", command), note);
    if (grant != null) {
      tenures.tie(tenure, grant, time);
    }
  }

  /** What stays with its owner here ends when it did with the other one. */
  void transferred(Demand.Transferred d) {
    Event.EipTransferred e = d.event();
    Grant grant = tenures.remove(e.from());
    String note = "tenure " + e.from() + " could not have gone to " + e.owner();
    if (grant == null) {
      tenures.became(e.from(), e.tenure());
      notes.add(note + ": " + e.fromOwner() + " would not have had it");
      return;
    }
    Grant now = transferred(d.time(), e, grant, note);
    tenures.put(e.tenure(), now == null ? grant : now);
    tenures.unrecorded().became(e.from(), e.tenure());
  }

  private @Nullable Grant transferred(long time, Event.EipTransferred e, Grant grant, String note) {
    Outcome offered =
        decide(
            time,
            "offer-" + e.tenure(),
            "recorded",
            new Command.TransferEip(
                grant.ip(), e.owner().tenant(), OFFER_MS, grant.tenure(), null));
    Outcome answer =
        offered instanceof Outcome.Rejected
            ? offered
            : decide(
                time,
                "accept-" + e.tenure(),
                "recorded",
                new Command.AcceptTransfer(grant.ip(), e.owner(), grant.tenure()));
    return granted(answer, note);
  }

  void restored(Demand.Restored d) {
    Grant grant = tenures.remove(d.tenure());
    if (grant == null) {
      return;
    }
    Grant again =
        granted(
            decide(
                d.time(),
                "restore-" + d.again(),
                "recorded",
                new Command.RestoreEip(grant.ip(), grant.tenure(), null)),
            "tenure " + d.tenure() + " could not have been restored as tenure " + d.again());
    if (again != null) {
      tenures.put(d.again(), again);
    }
  }

  void reserved(Demand.Reserved d) {
    Event.IpReserved e = d.event();
    Outcome answer =
        decide(
            d.time(),
            "reserve-" + e.ip() + "-" + network.sequence(),
            e.reason(),
            new Command.ReserveIp(e.ip()));
    if (answer instanceof Outcome.Rejected r) {
      notes.add(e.ip() + " could not have been reserved: " + r.refusal().message());
    }
  }

  void unreserved(Demand.Unreserved d) {
    Event.IpUnreserved e = d.event();
    Address address = network.state().addresses().get(e.ip());
    if (address != null && address.phase() == Phase.RESERVED) {
      network.emit(d.time(), e);
    } else {
      notes.add(e.ip() + " could not have been put back: it would not have been reserved");
    }
  }

  void takenOut(Demand.TakenOut d) {
    Address address = network.state().addresses().get(d.event().ip());
    Pool pool = network.state().pools().get(d.event().pool());
    boolean unheld =
        address == null
            ? pool != null && pool.covers(d.event().ip())
            : switch (address.phase()) {
              case FREE, COOLING_DOWN, QUARANTINED -> true;
              case ALLOCATED, RELEASING, RESERVED -> false;
            };
    if (unheld) {
      network.emit(d.time(), d.event());
    }
  }

  void putBack(Demand.PutBack d) {
    Address address = network.state().addresses().get(d.ip());
    if (address != null && address.phase() == Phase.QUARANTINED) {
      network.rest(d.time(), d.ip());
    }
  }

  private Outcome decide(long time, String id, String reason, Command command) {
    return network.decide(time, "what-if-" + id, ACTOR, reason, command);
  }

  /** The address that was given; null, and a note, if none was. */
  private @Nullable Grant granted(Outcome answer, String note) {
    return switch (answer) {
      case Outcome.Accepted a when !a.grants().isEmpty() -> a.grants().getFirst();
      case Outcome.Accepted _ -> {
        notes.add(note + ": its owner would have waited for it");
        yield null;
      }
      case Outcome.Rejected r -> {
        notes.add(note + ": " + r.refusal().message());
        yield null;
      }
    };
  }
}
