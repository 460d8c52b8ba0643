package io.holdfast.domain.evolve;

import static io.holdfast.domain.evolve.EipEvolution.address;
import static io.holdfast.domain.evolve.EipEvolution.tenancy;
import static io.holdfast.domain.evolve.Evolver.existing;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Conflict;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.Offer;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.model.Terms;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import java.util.function.UnaryOperator;

/** What events make of what a tenure is subject to: its lease, tags, offer and conflict. */
final class TermsEvolution {
  private TermsEvolution() {}

  static void leaseSet(State state, EventHeader header, Event.LeaseSet e) {
    Lease lease = Lease.of(e.leaseMs(), header.time(), e.leaseUntil(), e.lastUntil());
    change(
        state,
        e.ip(),
        terms ->
            terms
                .with(lease == null ? null : lease.after(terms.lease()))
                .revised(header.sequence()));
  }

  static void leaseExpiring(State state, Event.LeaseExpiring e) {
    change(state, e.ip(), terms -> terms.with(existing(terms.lease(), "lease").announced()));
  }

  static void tagged(State state, EventHeader header, Event.EipTagged e) {
    change(state, e.ip(), terms -> terms.with(e.tags()).revised(header.sequence()));
  }

  static void offered(State state, EventHeader header, Event.TransferOffered e) {
    Offer offer = new Offer(e.tenant(), e.until());
    change(state, e.ip(), terms -> terms.offered(offer).revised(header.sequence()));
  }

  static void cancelled(State state, EventHeader header, Event.TransferCancelled e) {
    change(state, e.ip(), terms -> terms.offered(null).revised(header.sequence()));
  }

  static void conflictDetected(State state, EventHeader header, Event.ConflictDetected e) {
    change(
        state,
        e.ip(),
        terms -> {
          Conflict before = terms.conflict();
          long since = before == null ? header.time() : before.since();
          return terms.seen(new Conflict(e.by(), since, e.until()));
        });
  }

  static void conflictCleared(State state, Event.ConflictCleared e) {
    change(state, e.ip(), terms -> terms.seen(null));
  }

  /** The address stays where it is in its life; the tenure is another one, of another holder. */
  static void transferred(State state, EventHeader header, Event.EipTransferred e) {
    Address before = address(state, e.ip());
    Tenancy ended = tenancy(before, e.ip());
    EipEvolution.letGo(state, e.ip(), ended);
    Terms kept = ended.terms();
    Terms terms =
        (kept.adopted() ? Terms.NONE.ofAdopted() : Terms.NONE)
            .revised(header.sequence())
            .with(kept.lease())
            .seen(kept.conflict());
    Tenancy begun = Tenancy.begun(e.tenure(), e.owner(), null, header.time(), terms);
    Shelf.put(state, e.ip(), before, before.restored(begun));
    EipEvolution.hold(state, e.ip(), e.owner(), null);
  }

  private static void change(State state, IpAddress ip, UnaryOperator<Terms> change) {
    Address before = address(state, ip);
    Tenancy tenancy = tenancy(before, ip);
    Shelf.put(state, ip, before, before.with(tenancy.with(change.apply(tenancy.terms()))));
  }
}
