package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.decide.Decision;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A network that lives through the recorded demand under one configuration. The domain decides who
 * gets which address; when a tenure ends, and when its address is surely nowhere, is as recorded.
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
          RefusalCode.AddressQuarantined);

  private final Change change;
  private final Network network = new Network();
  private final Figures.Count count = new Figures.Count();
  private final Unrecorded unrecorded = new Unrecorded();
  private final List<String> notes = new ArrayList<>();

  /** What a recorded tenure is here; one from before the window is what it was. */
  private final Map<Long, Grant> tenures = new HashMap<>();

  /** Of every pool that there was in the window, whenever. */
  private final Set<String> pools = new TreeSet<>();

  World(Change change) {
    this.change = change;
  }

  /** Folds what was before the window. */
  void fold(EventHeader header, Event event) {
    switch (event) {
      case Event.EipAllocated e -> tenures.put(e.tenure(), new Grant(e.ip(), e.tenure(), e.pool()));
      case Event.EipRestored e -> tenures.put(e.tenure(), new Grant(e.ip(), e.tenure(), e.pool()));
      case Event.EipAdopted e -> tenures.put(e.tenure(), new Grant(e.ip(), e.tenure(), e.pool()));
      case Event.EipTransferred e ->
          tenures.put(e.tenure(), new Grant(e.ip(), e.tenure(), e.pool()));
      default -> {}
    }
    network.fold(header, event);
  }

  /** The window begins: from here on the configuration is the other one. */
  void begin() {
    Map<String, Pool> there = new HashMap<>();
    network
        .state()
        .pools()
        .scan("", TableId.LAST_NAME, (name, pool) -> there.put(name, pool) == null);
    pools.addAll(there.keySet());
    there.forEach((name, pool) ->
        network.emit(0, new Event.PoolChanged(name, change.applied(name, pool.spec()))));
    change
        .quotas()
        .forEach(
            (tenant, limit) -> network.emit(0, new Event.QuotaSet(tenant, limit.orElse(null))));
    measure();
  }

  /** Lives through one demand; the answer if it was a wish. */
  @Nullable Outcome take(Demand demand) {
    endUnrecorded(demand.time());
    network.pass(demand.time());
    Outcome answer = null;
    switch (demand) {
      case Demand.Asked d -> answer = asked(d);
      case Demand.Configured d -> configured(d);
      case Demand.Ended d -> {
        Grant grant = tenures.get(d.tenure());
        if (grant != null) {
          network.release(d.time(), grant, d.cause());
        }
      }
      case Demand.Gone d -> gone(d);
      case Demand.Restored d -> restored(d);
      case Demand.TakenOut d -> takenOut(d);
      case Demand.PutBack d -> {
        Address address = network.state().addresses().get(d.ip());
        if (address != null && address.phase() == Phase.QUARANTINED) {
          network.rest(d.time(), d.ip());
        }
      }
    }
    measure();
    return answer;
  }

  Figures figures() {
    return count.figures();
  }

  Set<String> pools() {
    return Collections.unmodifiableSet(pools);
  }

  /** What could not have been as it was. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  private Outcome asked(Demand.Asked d) {
    if (d.answer() instanceof Outcome.Rejected r && !OF_ADDRESSES.contains(r.refusal().code())) {
      count.answered(r, d.time());
      return r;
    }
    Command.AllocateEip c = d.command();
    long before = network.sequence();
    Decision<Outcome> decision =
        network.decide(
            d.time(),
            d.id(),
            d.actor(),
            new Command.AllocateEip(
                c.request().at(c.ip(), c.count(), null, null), OnExhausted.REJECT, 0));
    decision.events().forEach(recorded -> countReuse(recorded.event(), d.time()));
    Outcome answer = decision.answer();
    count.answered(answer, d.time());
    if (answer instanceof Outcome.Accepted here) {
      List<Grant> there = d.answer() instanceof Outcome.Accepted a ? a.grants() : List.of();
      for (int i = 0; i < here.grants().size(); i++) {
        Grant grant = here.grants().get(i);
        if (i < there.size()) {
          tenures.put(there.get(i).tenure(), grant);
          unrecorded.recorded(there.get(i).tenure(), grant, d.time());
        } else if (grant.tenure() > before) {
          unrecorded.add(grant, d.time());
        }
      }
    }
    return answer;
  }

  private void countReuse(Event event, long time) {
    if (event instanceof Event.EipAllocated e) {
      Long gone = network.goneAt(e.ip());
      if (gone != null) {
        count.reused(time - gone);
      }
    }
  }

  private void endUnrecorded(long time) {
    for (var due = unrecorded.next(time); due != null; due = unrecorded.next(time)) {
      network.pass(due.at());
      network.release(due.at(), due.grant(), ReleaseCause.UNKNOWN);
      if (network.gone(due.at(), due.grant())) {
        count.assumed();
      }
    }
  }

  /** Its place is kept: it may be restored. */
  private void gone(Demand.Gone d) {
    unrecorded.over(d.tenure(), d.time());
    Grant grant = tenures.get(d.tenure());
    if (grant != null && !network.gone(d.time(), grant)) {
      tenures.remove(d.tenure());
    }
  }

  private void restored(Demand.Restored d) {
    Grant grant = tenures.remove(d.tenure());
    if (grant == null) {
      return;
    }
    Outcome answer =
        network
            .decide(
                d.time(),
                "restore-" + d.again(),
                "what-if",
                new Command.RestoreEip(grant.ip(), grant.tenure(), null))
            .answer();
    switch (answer) {
      case Outcome.Accepted a -> tenures.put(d.again(), a.grants().getFirst());
      case Outcome.Rejected r ->
          notes.add(
              "tenure "
                  + d.tenure()
                  + " could not have been restored as tenure "
                  + d.again()
                  + ": "
                  + r.refusal().message());
    }
  }

  private void takenOut(Demand.TakenOut d) {
    Address address = network.state().addresses().get(d.event().ip());
    Pool pool = network.state().pools().get(d.event().pool());
    boolean unheld =
        address == null
            ? pool != null && pool.covers(d.event().ip())
            : address.phase() == Phase.FREE || address.phase() == Phase.COOLING_DOWN;
    if (unheld) {
      network.emit(d.time(), d.event());
    }
  }

  private void configured(Demand.Configured d) {
    switch (d.event()) {
      case Event.PoolDefined e -> {
        pools.add(e.pool());
        boolean kept = network.state().pools().get(e.pool()) != null;
        var spec = change.applied(e.pool(), e.spec());
        network.emit(
            d.time(),
            kept ? new Event.PoolResized(e.pool(), spec) : new Event.PoolDefined(e.pool(), spec));
      }
      case Event.PoolResized e ->
          network.emit(
              d.time(), new Event.PoolResized(e.pool(), change.applied(e.pool(), e.spec())));
      case Event.PoolChanged e ->
          network.emit(
              d.time(), new Event.PoolChanged(e.pool(), change.applied(e.pool(), e.spec())));
      case Event.QuotaSet e -> {
        if (!change.quotas().containsKey(e.tenant())) {
          network.emit(d.time(), e);
        }
      }
      case Event.PoolRemoved e -> {
        PoolUse use = network.state().poolUse().get(e.pool());
        if (use != null && use.used() == 0) {
          network.emit(d.time(), e);
        } else {
          notes.add("pool " + e.pool() + " could not have been removed: it would be in use");
        }
      }
      default -> throw new IllegalArgumentException(d.toString());
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
