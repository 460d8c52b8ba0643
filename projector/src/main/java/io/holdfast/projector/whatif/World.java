package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.decide.Decision;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.evolve.Evolver;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network that lives through the recorded demand under one configuration. The domain decides who
 * gets which address; when a tenure ends, and when its address is surely nowhere, is as recorded.
 */
final class World {
  private static final int TIMERS = 1_000;

  /** Refusals that depend on which addresses are free; any other would have been the same. */
  private static final Set<RefusalCode> OF_ADDRESSES =
      Set.of(
          RefusalCode.PoolExhausted,
          RefusalCode.AddressInUse,
          RefusalCode.AddressReleasing,
          RefusalCode.AddressCoolingDown,
          RefusalCode.AddressQuarantined);

  private final Change change;
  private final Decider decider = new Decider(Settings.DEFAULT);
  private final MemoryState state = new MemoryState();
  private final Figures.Count count = new Figures.Count();
  private final Map<IpAddress, Long> goneAt = new HashMap<>();

  /** What a recorded tenure is here. A tenure from before the window is what it was. */
  private final Map<Long, Grant> tenures = new HashMap<>();

  /** When recorded tenures of the window began, and how long those that are over lasted. */
  private final Map<Long, Long> began = new HashMap<>();

  private long lasted;
  private long ended;

  /** Tenures that the record does not have, by when they are taken to end. */
  private final PriorityQueue<Unrecorded> unrecorded =
      new PriorityQueue<>(Comparator.comparingLong(Unrecorded::until));

  /** Those of them that did not become one that the record has. */
  private final Set<Grant> pending = new HashSet<>();

  private record Unrecorded(long until, Grant grant) {}

  private final List<String> notes = new ArrayList<>();
  private Head head = Head.START;

  World(Change change) {
    this.change = change;
  }

  /** Folds what was before the window, without gateways: they change nothing of who gets what. */
  void fold(EventHeader header, Event event) {
    switch (event) {
      case Event.EipAllocated e -> {
        tenures.put(e.tenure(), new Grant(e.ip(), e.tenure(), e.pool()));
        apply(header, new Event.EipAllocated(e.ip(), e.tenure(), e.pool(), e.owner(), null));
      }
      case Event.EipRestored e -> {
        tenures.put(e.tenure(), new Grant(e.ip(), e.tenure(), e.pool()));
        apply(
            header,
            new Event.EipRestored(e.ip(), e.tenure(), e.pool(), e.owner(), null, e.restores()));
      }
      case Event.EipReleaseRequested e ->
          apply(
              header,
              new Event.EipReleaseRequested(
                  e.ip(), e.tenure(), e.cause(), null, 0, 0, e.evidence(), e.owner()));
      case Event.EipCooldownStarted e -> {
        goneAt.put(e.ip(), header.time());
        apply(header, e);
      }
      case Event.EipFreed _,
          Event.IpQuarantined _,
          Event.PoolDefined _,
          Event.PoolResized _,
          Event.PoolRemoved _ ->
          apply(header, event);
      default -> {}
    }
    head = new Head(header.sequence(), header.time(), 0);
  }

  /** The window begins: from here on the configuration is the other one. */
  void begin() {
    Map<String, Pool> pools = new HashMap<>();
    state.pools().scan("", TableId.LAST_NAME, (name, pool) -> pools.put(name, pool) == null);
    pools.forEach((name, pool) ->
        state
            .pools()
            .put(
                name,
                new Pool(
                    change.applied(name, pool.spec()),
                    pool.allocatable(),
                    pool.fresh(),
                    pool.revision())));
    measure();
  }

  /** Lives through one demand; the answer if it was a wish. */
  @Nullable Outcome take(Demand demand) {
    endUnrecorded(demand.time());
    fireTimers(demand.time());
    Outcome answer = null;
    switch (demand) {
      case Demand.Asked d -> answer = asked(d);
      case Demand.Configured d -> configured(d);
      case Demand.Ended d -> ended(d);
      case Demand.Gone d -> gone(d);
      case Demand.Restored d -> restored(d);
      case Demand.TakenOut d -> takenOut(d);
      case Demand.PutBack d -> {
        Address address = state.addresses().get(d.ip());
        if (address != null && address.phase() == Phase.QUARANTINED) {
          rest(d.time(), d.ip(), address);
        }
      }
    }
    measure();
    return answer;
  }

  Figures figures() {
    return count.figures();
  }

  /** What could not have been as it was. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  private Outcome asked(Demand.Asked d) {
    Command.AllocateEip c = d.command();
    boolean other = d.answer() instanceof Outcome.Rejected r && !OF_ADDRESSES.contains(code(r));
    Outcome answer =
        other
            ? d.answer()
            : decide(
                d.time(),
                d.id(),
                d.actor(),
                new Command.AllocateEip(
                    c.pools(), c.owner(), c.ip(), c.family(), c.count(), null, null));
    count.answered(answer, d.time());
    if (answer instanceof Outcome.Accepted here && d.answer() instanceof Outcome.Accepted there) {
      for (int i = 0; i < Math.min(here.grants().size(), there.grants().size()); i++) {
        tenures.put(there.grants().get(i).tenure(), here.grants().get(i));
        began.putIfAbsent(there.grants().get(i).tenure(), d.time());
        pending.remove(here.grants().get(i));
      }
    } else if (answer instanceof Outcome.Accepted here && ended > 0) {
      // Nobody knows how long it would have been held: as long as others were, on average.
      long until = d.time() + lasted / ended;
      here.grants()
          .forEach(grant -> {
            if (pending.add(grant)) {
              unrecorded.add(new Unrecorded(until, grant));
            }
          });
    }
    return answer;
  }

  private void endUnrecorded(long time) {
    for (Unrecorded u = unrecorded.peek(); u != null && u.until() <= time; u = unrecorded.peek()) {
      unrecorded.remove();
      if (!pending.remove(u.grant())) {
        continue; // it became one that the record has
      }
      fireTimers(u.until());
      release(u.until(), u.grant(), ReleaseCause.UNKNOWN);
      Address address = state.addresses().get(u.grant().ip());
      if (address != null
          && address.phase() == Phase.RELEASING
          && address.tenure() == u.grant().tenure()) {
        rest(u.until(), u.grant().ip(), address);
      }
      count.assumed();
    }
  }

  private static RefusalCode code(Outcome.Rejected rejected) {
    return rejected.refusal().code();
  }

  private Outcome decide(long time, String id, String actor, Command command) {
    Decision<Outcome> decision =
        decider.command(state, head, new CommandMeta(id, actor, "", false), command, time);
    decision.changes().apply();
    head = decision.head();
    for (var recorded : decision.events()) {
      if (recorded.event() instanceof Event.EipAllocated e) {
        Long gone = goneAt.get(e.ip());
        if (gone != null) {
          count.reused(time - gone);
        }
      }
    }
    return decision.answer();
  }

  private void ended(Demand.Ended d) {
    Grant grant = tenures.get(d.tenure());
    if (grant != null) {
      release(d.time(), grant, d.cause());
    }
  }

  private void release(long time, Grant grant, ReleaseCause cause) {
    Address address = state.addresses().get(grant.ip());
    Tenancy tenancy = address == null ? null : address.tenancy();
    if (address != null && tenancy != null && address.isHeldBy(grant.tenure())) {
      emit(
          time,
          new Event.EipReleaseRequested(
              grant.ip(), grant.tenure(), cause, null, 0, 0, "", tenancy.owner()));
    }
  }

  private void gone(Demand.Gone d) {
    Long since = began.remove(d.tenure());
    if (since != null) {
      lasted += d.time() - since;
      ended++;
    }
    Grant grant = tenures.remove(d.tenure());
    Address address = grant == null ? null : state.addresses().get(grant.ip());
    if (grant != null
        && address != null
        && address.phase() == Phase.RELEASING
        && address.tenure() == grant.tenure()) {
      rest(d.time(), grant.ip(), address);
      tenures.put(d.tenure(), grant); // it may be restored
    }
  }

  private void rest(long time, IpAddress ip, Address address) {
    Pool pool = state.pools().get(address.pool());
    long cooldown = pool == null ? 0 : pool.spec().cooldownMs();
    goneAt.put(ip, time);
    emit(time, new Event.EipCooldownStarted(ip, address.tenure(), time + cooldown));
    if (cooldown == 0) {
      emit(time, new Event.EipFreed(ip, address.tenure()));
    }
  }

  private void restored(Demand.Restored d) {
    Grant grant = tenures.remove(d.tenure());
    if (grant == null) {
      return;
    }
    Outcome answer =
        decide(
            d.time(),
            "restore-" + d.again(),
            "what-if",
            new Command.RestoreEip(grant.ip(), grant.tenure(), null));
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
    Address address = state.addresses().get(d.event().ip());
    Pool pool = state.pools().get(d.event().pool());
    boolean unheld =
        address == null
            ? pool != null && pool.covers(d.event().ip())
            : address.phase() == Phase.FREE || address.phase() == Phase.COOLING_DOWN;
    if (unheld) {
      emit(d.time(), d.event());
    }
  }

  private void configured(Demand.Configured d) {
    switch (d.event()) {
      case Event.PoolDefined e -> {
        boolean kept = state.pools().get(e.pool()) != null;
        var spec = change.applied(e.pool(), e.spec());
        emit(
            d.time(),
            kept ? new Event.PoolResized(e.pool(), spec) : new Event.PoolDefined(e.pool(), spec));
      }
      case Event.PoolResized e ->
          emit(d.time(), new Event.PoolResized(e.pool(), change.applied(e.pool(), e.spec())));
      case Event.PoolRemoved e -> {
        PoolUse use = state.poolUse().get(e.pool());
        if (use != null && use.used() == 0) {
          emit(d.time(), e);
        } else {
          notes.add("pool " + e.pool() + " could not have been removed: it would be in use");
        }
      }
      default -> throw new IllegalArgumentException(d.toString());
    }
  }

  private void fireTimers(long time) {
    boolean more = true;
    while (more) {
      Decision<Integer> due = decider.timers(state, head, time, time, TIMERS);
      due.changes().apply();
      head = due.head();
      more = due.answer() == TIMERS;
    }
  }

  private void emit(long time, Event event) {
    EventHeader header = new EventHeader(head.sequence() + 1, Math.max(time, head.time()));
    apply(header, event);
    head = new Head(header.sequence(), header.time(), 0);
  }

  private void apply(EventHeader header, Event event) {
    Evolver.apply(state, header, event);
  }

  private void measure() {
    state
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
