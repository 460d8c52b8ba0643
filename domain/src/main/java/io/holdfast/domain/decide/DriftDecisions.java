package io.holdfast.domain.decide;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.Evidence;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Drift;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Addresses of ours where they are not to be. */
final class DriftDecisions {
  private DriftDecisions() {}

  /**
   * An address of ours that the gateway is not to carry, seen although all that is wanted had been
   * applied.
   */
  static void unexpected(Draft draft, Report.Observation r, Report.SeenAddress seen) {
    Address address = draft.state().addresses().get(seen.ip());
    Carriage carriage = address == null ? null : address.on(r.gateway());
    Drift known = known(draft.state(), r, seen.ip());
    boolean mayBeThere = carriage != null && carriage.mayBeOn(r.epoch());
    if (!mayBeThere && (known == null || known.epoch() != r.epoch())) {
      detect(draft, r, seen);
    }
  }

  /**
   * Whether an observation comes from a node on which the gateway has no instance any more that is
   * not fenced, by an agent that knows that it is to hold nothing there: it had applied the present
   * revision.
   */
  static boolean isFromOutside(Gateway gateway, Report.Observation r) {
    return !gateway.isOn(r.node())
        && !gateway.anyUnfenced(i -> i.node().equals(r.node()))
        && r.epoch() <= gateway.epoch()
        && r.appliedRevision() == gateway.revision();
  }

  /**
   * It was taken for certain that nothing is there, because an operator said so, a lease had run
   * out or it had been seen; what is there all the same is drift. It changes nothing else.
   */
  static Disposition outside(Draft draft, Report.Observation r) {
    Inventory inventory = Inventory.of(r);
    clear(
        draft,
        r.gateway(),
        r.epoch(),
        Evidence.OBSERVED,
        (key, drift) -> key.node().equals(r.node()) && inventory.lacks(address(key)));
    for (Report.SeenAddress seen : r.addresses()) {
      if (known(draft.state(), r, seen.ip()) == null) {
        detect(draft, r, seen);
      }
    }
    return Disposition.USED;
  }

  private static @Nullable Drift known(State state, Report.Observation r, IpAddress ip) {
    return state.drifts().get(new DriftKey(r.gateway(), ip, r.node()));
  }

  private static void detect(Draft draft, Report.Observation r, Report.SeenAddress seen) {
    State state = draft.state();
    Address address = state.addresses().get(seen.ip());
    String pool = address != null ? address.pool() : poolOf(state, seen.ip());
    if (pool == null) {
      return;
    }
    Tenancy tenancy =
        address == null || address.phase() != Phase.ALLOCATED ? null : address.tenancy();
    draft.emit(
        new Event.DriftDetected(
            r.gateway(),
            seen.ip(),
            r.node(),
            seen.prefixLength(),
            r.epoch(),
            r.number(),
            tenancy == null ? null : tenancy.gateway()));
    if (address == null || address.phase() == Phase.FREE || address.phase() == Phase.COOLING_DOWN) {
      draft.relievedOf(address);
      draft.emit(new Event.IpQuarantined(seen.ip(), pool, "seen on gateway " + r.gateway(), 0));
    }
  }

  static @Nullable String poolOf(State state, IpAddress ip) {
    List<String> found = new ArrayList<>(1);
    state
        .pools()
        .scan(
            "",
            TableId.LAST_NAME,
            (name, pool) -> {
              if (pool.covers(ip)) {
                found.add(name);
              }
              return found.isEmpty();
            });
    return found.isEmpty() ? null : found.getFirst();
  }

  /** What the current instance was seen with, and later without. */
  static void clearSeenGone(Draft draft, Report.Observation r, Inventory inventory) {
    clear(
        draft,
        r.gateway(),
        r.epoch(),
        Evidence.OBSERVED,
        (key, drift) -> isOver(draft.state(), r, inventory, key, drift));
  }

  private static boolean isOver(
      State state, Report.Observation r, Inventory inventory, DriftKey key, Drift drift) {
    boolean later =
        r.epoch() > drift.epoch()
            || (r.epoch() == drift.epoch() && r.number() > drift.observation());
    return later
        && key.node().equals(r.node())
        && !mayBeOnUnfenced(GatewayDecisions.gateway(state, key.gateway()), key, drift)
        && (ObservationDecisions.isWanted(state, key.gateway(), key.ip(), "")
            || inventory.lacks(address(key)));
  }

  /** The kernel that an instance had on a node is surely empty, but for what came there since. */
  static void clearOn(
      Draft draft, String gateway, String node, long fencedEpoch, Evidence evidence) {
    Gateway left = GatewayDecisions.gateway(draft.state(), gateway);
    clear(
        draft,
        gateway,
        fencedEpoch,
        evidence,
        (key, drift) ->
            key.node().equals(node)
                && !(left.isOn(node) && drift.mayBeOn(left.epoch()))
                && !mayBeOnUnfenced(left, key, drift));
  }

  private static boolean mayBeOnUnfenced(Gateway gateway, DriftKey key, Drift drift) {
    return gateway.anyUnfenced(i -> i.node().equals(key.node()) && drift.mayBeOn(i.epoch()));
  }

  /**
   * The gateway does not carry the address there any more; if nothing else does, a quarantine for
   * it ends in a cool-down.
   */
  private static void clear(
      Draft draft,
      String gateway,
      long epoch,
      Evidence evidence,
      BiPredicate<DriftKey, Drift> isOver) {
    List<DriftKey> over = new ArrayList<>();
    draft
        .state()
        .drifts()
        .scan(
            DriftKey.first(gateway),
            DriftKey.last(gateway),
            (key, drift) -> {
              if (isOver.test(key, drift)) {
                over.add(key);
              }
              return true;
            });
    for (DriftKey key : over) {
      draft.emit(new Event.DriftCleared(key.gateway(), key.ip(), key.node(), epoch, evidence));
      Address address = draft.state().addresses().get(key.ip());
      if (address != null && address.phase() == Phase.QUARANTINED) {
        QuarantineDecisions.endIfOver(draft, key.ip(), address);
      }
    }
  }

  /**
   * A gateway that was seen with the address although it is not to carry it; null if there is none.
   */
  static @Nullable String seenUnasked(State state, IpAddress ip) {
    for (String gateway : GatewayDecisions.names(state)) {
      DriftKey from = DriftKey.first(gateway, ip);
      if (state.drifts().firstKey(from, DriftKey.last(gateway, ip)) != null) {
        return gateway;
      }
    }
    return null;
  }

  /**
   * What was seen with the address although it is not to carry it, other than this gateway where it
   * runs now; null if there is nothing else.
   */
  static @Nullable String seenElsewhere(State state, IpAddress ip, @Nullable String gateway) {
    List<String> found = new ArrayList<>(1);
    for (String name : GatewayDecisions.names(state)) {
      state
          .drifts()
          .scan(
              DriftKey.first(name, ip),
              DriftKey.last(name, ip),
              (key, drift) -> {
                boolean isThere =
                    name.equals(gateway) && GatewayDecisions.gateway(state, name).isOn(key.node());
                if (!isThere) {
                  found.add("gateway " + name + " on node " + key.node());
                }
                return found.isEmpty();
              });
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  private static CarriedKey address(DriftKey key) {
    return new CarriedKey(key.gateway(), false, key.ip(), "");
  }
}
