package io.holdfast.projector.whatif;

import io.holdfast.domain.event.DequeueCause;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network that lives through the recorded demand under one configuration. The domain decides who
 * gets which address, at once or after waiting; when a tenure ends, and when its address is surely
 * nowhere, is as recorded.
 */
final class World {
  /** Refusals that depend on which addresses are free; any other would have been the same. */
  private static final Set<RefusalCode> OF_ADDRESSES =
      Set.of(
          RefusalCode.PoolExhausted,
          RefusalCode.QuotaExceeded,
          RefusalCode.AddressInUse,
          RefusalCode.AddressReleasing,
          RefusalCode.AddressCoolingDown,
          RefusalCode.AddressQuarantined,
          RefusalCode.AddressReserved);

  private final Network network = new Network(this::happened);
  private final Figures.Count count = new Figures.Count();
  private final Tenures tenures = new Tenures();
  private final Waits waits = new Waits();
  private final Given given = new Given();
  private final Notes notes = new Notes();
  private final Configuration configuration;
  private final Operations operations;

  World(Change change) {
    this.configuration = new Configuration(change, network, notes);
    this.operations = new Operations(network, tenures, notes);
  }

  /** Folds what was before the window. */
  void fold(EventHeader header, Event event) {
    tenures.before(header, event);
    Grant gone = network.withdrawnBy(event);
    if (gone != null) {
      tenures.unrecorded().over(gone.tenure(), header.time());
    }
    waits.take(header, event);
    network.fold(header, event);
  }

  /** The window begins: from here on the configuration is the other one. */
  void begin() {
    waits.begin();
    configuration.begin();
    network.settle();
    measure();
  }

  /** Lives through one demand; the answer if it was a wish. */
  @Nullable Outcome take(Demand demand) {
    long before = network.sequence();
    given.clear();
    endUnrecorded(demand.time());
    switch (demand) {
      // Timers bring these. Nobody who waits is looked at before all that was due then is done.
      case Demand.Ended _, Demand.Gone _, Demand.Suspected _, Demand.PutBack _, Demand.Left _ ->
          network.catchUp(demand.time());
      default -> {
        network.pass(demand.time());
        if (configuration.tryAgain(demand.time())) {
          network.settle();
        }
      }
    }
    Outcome answer = null;
    switch (demand) {
      case Demand.Asked d -> answer = asked(d);
      case Demand.Served d -> tenures.givenThere(d.id(), d.tenures(), d.time());
      case Demand.Left d -> left(d);
      case Demand.Configured d -> configuration.configured(d);
      case Demand.Imported d -> operations.imported(d);
      case Demand.Adopted d -> operations.adopted(d);
      case Demand.Transferred d -> operations.transferred(d);
      case Demand.Restored d -> operations.restored(d);
      case Demand.Reserved d -> operations.reserved(d);
      case Demand.Unreserved d -> operations.unreserved(d);
      case Demand.TakenOut d -> operations.takenOut(d);
      case Demand.PutBack d -> operations.putBack(d);
      case Demand.Ended d -> ended(d);
      case Demand.Suspected d -> suspected(d);
      case Demand.Gone d -> gone(d);
      case Demand.Decided _ -> network.settle();
    }
    if (network.sequence() != before) {
      measure();
    }
    return answer;
  }

  Figures figures() {
    return count.figures(waits);
  }

  Waits waits() {
    return waits;
  }

  Set<String> pools() {
    return configuration.pools();
  }

  /** What could not have been as it was. */
  List<String> notes() {
    return notes.all();
  }

  private Outcome asked(Demand.Asked d) {
    if (d.answer() instanceof Outcome.Rejected r && isAsItWas(d, r)) {
      count.answered(d, r);
      return r;
    }
    long before = network.sequence();
    Outcome answer = network.decide(d.time(), d.id(), d.actor(), "", Bare.wish(d.command()));
    count.answered(d, answer);
    if (answer instanceof Outcome.Accepted here) {
      tie(d, here, before);
    }
    return answer;
  }

  /** Finds out which tenures of the record began with an answer, and what they are here. */
  private void tie(Demand.Asked d, Outcome.Accepted here, long before) {
    List<Grant> left = new ArrayList<>(here.grants());
    List<Long> begun = new ArrayList<>();
    for (Grant there : d.answer() instanceof Outcome.Accepted a ? a.grants() : List.<Grant>of()) {
      Grant known = tenures.of(there.tenure());
      if (known == null) {
        begun.add(there.tenure());
      } else {
        left.remove(known);
      }
    }
    if (here.waiting() != null) {
      tenures.givenThere(d.id(), begun, d.time());
      return;
    }
    int both = Math.min(begun.size(), left.size());
    for (int i = 0; i < both; i++) {
      tenures.tie(begun.get(i), left.get(i), d.time());
    }
    List<Grant> more = left.stream().skip(both).filter(g -> g.tenure() > before).toList();
    if (d.answer() instanceof Outcome.Accepted a && a.waiting() != null) {
      tenures.givenHere(d.id(), more, d.time());
    } else {
      more.forEach(grant -> tenures.unrecorded().add(grant, d.time()));
    }
  }

  /** Who was refused because it waited is not asked again if it waits here too. */
  private boolean isAsItWas(Demand.Asked d, Outcome.Rejected r) {
    if (r.refusal().code() == RefusalCode.InUse && r.refusal().details().containsKey("ticket")) {
      return Wish.owners(d.command()).stream()
          .anyMatch(owner -> network.state().tickets().get(owner) != null);
    }
    return !OF_ADDRESSES.contains(r.refusal().code());
  }

  private void happened(EventHeader header, Event event) {
    waits.take(header, event);
    switch (event) {
      case Event.EipAllocated e -> {
        given.add(e);
        Long gone = network.goneAt(e.ip());
        if (gone != null) {
          count.reused(header.time() - gone);
        }
      }
      case Event.AllocationDequeued e when e.cause() == DequeueCause.GRANTED ->
          tenures.givenHere(
              e.commandId(),
              given.take(e.owner()).stream()
                  .map(a -> new Grant(a.ip(), a.tenure(), a.pool()))
                  .toList(),
              header.time());
      default -> {}
    }
  }

  /** Whether somebody's time is up the domain knows by itself. */
  private void left(Demand.Left d) {
    tenures.neverGiven(d.id(), d.time());
    if (d.cause() != DequeueCause.EXPIRED) {
      leave(d.time(), d.id(), d.cause());
    }
  }

  private void leave(long time, String command, DequeueCause cause) {
    Long ticket = waits.ticket(command);
    if (ticket != null) {
      network.leave(time, ticket, cause);
    }
  }

  private void endUnrecorded(long time) {
    Unrecorded unrecorded = tenures.unrecorded();
    for (var due = unrecorded.next(time); due != null; due = unrecorded.next(time)) {
      network.pass(due.at());
      network.release(due.at(), due.grant(), ReleaseCause.UNKNOWN);
      if (network.gone(due.at(), due.grant())) {
        count.assumed();
      }
      network.settle();
    }
  }

  /** Who still waits for what is over already would not wait any longer. */
  private void ended(Demand.Ended d) {
    Grant grant = tenures.of(d.tenure());
    if (grant != null) {
      network.release(d.time(), grant, d.cause());
      return;
    }
    String command = tenures.over(d.tenure());
    if (command != null) {
      leave(d.time(), command, DequeueCause.CANCELLED);
    }
  }

  private void suspected(Demand.Suspected d) {
    Grant grant = tenures.of(d.tenure());
    if (grant != null && network.isLeaving(grant)) {
      Event.IpQuarantined e = d.event();
      network.emit(
          d.time(), new Event.IpQuarantined(grant.ip(), grant.pool(), e.reason(), e.until()));
    }
  }

  /** Its place is kept: it may be restored. */
  private void gone(Demand.Gone d) {
    tenures.unrecorded().over(d.tenure(), d.time());
    Grant grant = tenures.of(d.tenure());
    if (grant != null && !network.gone(d.time(), grant) && !network.isResting(grant)) {
      tenures.remove(d.tenure());
    }
  }

  private void measure() {
    network
        .state()
        .poolUse()
        .scan(
            "",
            TableId.LAST_NAME,
            (name, use) -> {
              count.used(name, use.used());
              return true;
            });
  }
}
