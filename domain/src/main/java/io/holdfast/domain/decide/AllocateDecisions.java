package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.FamilyChoice;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AllocateEip. */
final class AllocateDecisions {
  private static final int MAX_COUNT = 256;

  private AllocateDecisions() {}

  static Verdict allocate(Draft draft, Command.AllocateEip c) {
    State state = draft.state();
    Refusal refusal =
        Check.first(
            Check.owner("owner", c.owner()),
            Check.range("count", c.count(), 1, MAX_COUNT),
            checkFamily(c),
            checkGateway(state, c.gateway()),
            checkPools(state, c));
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    NodeBinding binding = null;
    if (c.node() != null) {
      Node node = state.nodes().get(c.node());
      if (node == null) {
        return Verdict.refused(
            RefusalCode.NodeUnknown,
            "node " + c.node() + " has not been heard of: its agent reports it first");
      }
      binding = new NodeBinding(c.node(), node.bootId());
    }
    Verdict verdict = c.ip() != null ? exactly(draft, c, c.ip(), binding) : any(draft, c, binding);
    if (binding != null && verdict instanceof Verdict.Done done) {
      HeldDecisions.rebind(draft, c.owner(), done.grants(), binding);
    }
    return verdict;
  }

  private static Verdict any(Draft draft, Command.AllocateEip c, @Nullable NodeBinding binding) {
    List<Grant> grants = new ArrayList<>();
    for (IpFamily family : families(c.family())) {
      List<String> pools = pools(draft.state(), c.pools(), family);
      if (pools.isEmpty()) {
        return Verdict.refused(
            RefusalCode.NoMatchingPool,
            "no "
                + family
                + " pool among "
                + (c.pools().isEmpty() ? "those of this network" : c.pools()));
      }
      List<Grant> granted = HeldDecisions.held(draft.state(), c, family, pools);
      Refusal elsewhere = HeldDecisions.attachAll(draft, granted, c.gateway());
      if (elsewhere != null) {
        return Verdict.refused(elsewhere);
      }
      int missing = c.count() - granted.size();
      for (String pool : pools) {
        while (missing > 0) {
          IpAddress ip = next(draft, pool);
          if (ip == null) {
            break;
          }
          granted.add(grant(draft, c, ip, pool, binding));
          missing--;
        }
      }
      if (missing > 0) {
        draft.rollBack();
        return Verdict.refused(exhausted(draft, pools, missing));
      }
      grants.addAll(granted.subList(0, c.count()));
    }
    return Verdict.done(grants);
  }

  private static Verdict exactly(
      Draft draft, Command.AllocateEip c, IpAddress ip, @Nullable NodeBinding binding) {
    State state = draft.state();
    Address address = state.addresses().get(ip);
    if (address != null
        && address.phase() == Phase.COOLING_DOWN
        && address.freeAt() <= draft.now()) {
      draft.emit(new Event.EipFreed(ip, address.tenure()));
      address = state.addresses().get(ip);
    }
    if (address != null && address.tenancy() != null && address.phase() == Phase.ALLOCATED) {
      if (!address.tenancy().owner().equals(c.owner())) {
        return Verdict.refused(
            RefusalCode.AddressInUse, ip + " is held by " + address.tenancy().owner());
      }
      List<Grant> held = List.of(new Grant(ip, address.tenure(), address.pool()));
      Refusal elsewhere = HeldDecisions.attachAll(draft, held, c.gateway());
      return elsewhere == null ? Verdict.done(held) : Verdict.refused(elsewhere);
    }
    for (String pool : pools(state, c.pools(), ip.family())) {
      if (PoolDecisions.pool(state, pool).covers(ip)) {
        return address != null && address.phase() != Phase.FREE
            ? Verdict.refused(notFree(ip, address))
            : Verdict.done(List.of(grant(draft, c, ip, pool, binding)));
      }
    }
    return Verdict.refused(
        RefusalCode.OutOfRange,
        ip
            + " is not offered by "
            + (c.pools().isEmpty() ? "any pool of this network" : "pools " + c.pools()));
  }

  private static Refusal notFree(IpAddress ip, Address address) {
    return switch (address.phase()) {
      case RELEASING ->
          Refusal.of(
              RefusalCode.AddressReleasing,
              ip + " is being released; a gateway may still carry it");
      case COOLING_DOWN ->
          Refusal.of(
                  RefusalCode.AddressCoolingDown,
                  ip + " cools down until " + Instant.ofEpochMilli(address.freeAt()))
              .with("freeAt", Instant.ofEpochMilli(address.freeAt()));
      case QUARANTINED ->
          Refusal.of(
              RefusalCode.AddressQuarantined, ip + " is quarantined: something carries it unasked");
      case ALLOCATED, FREE -> throw new IllegalStateException(ip + " is " + address.phase());
    };
  }

  /**
   * The longest unused address that has cooled down; else a never-used one; null if there is
   * neither.
   */
  private static @Nullable IpAddress next(Draft draft, String pool) {
    State state = draft.state();
    while (true) {
      ReusableKey oldest = reusable(state, pool, ReusableKey.first(pool));
      if (oldest == null || oldest.freeAt() > draft.now()) {
        return PoolDecisions.use(state, pool).cursor();
      }
      Address address = ReleaseDecisions.address(state, oldest.ip());
      if (address.phase() == Phase.FREE) {
        return oldest.ip();
      }
      // Its deadline has passed but its timer has not fired yet. Freeing it may also take it out of
      // a cut pool.
      draft.emit(new Event.EipFreed(oldest.ip(), address.tenure()));
    }
  }

  private static @Nullable ReusableKey reusable(State state, String pool, ReusableKey from) {
    return state.reusable().firstKey(from, ReusableKey.last(pool));
  }

  private static Grant grant(
      Draft draft,
      Command.AllocateEip c,
      IpAddress ip,
      String pool,
      @Nullable NodeBinding binding) {
    long tenure = draft.nextSequence();
    draft.emit(new Event.EipAllocated(ip, tenure, pool, c.owner(), binding));
    if (c.gateway() != null) {
      AttachDecisions.put(draft, ip, c.gateway());
    }
    return new Grant(ip, tenure, pool);
  }

  /** The figures are those before the command: what it would have got is not taken. */
  private static Refusal exhausted(Draft draft, List<String> pools, int missing) {
    Refusal refusal =
        Refusal.of(
            RefusalCode.PoolExhausted,
            "no free address in " + String.join(", ", pools) + " (" + missing + " more needed)");
    long earliest = Long.MAX_VALUE;
    for (String name : pools) {
      BigInteger size = PoolDecisions.pool(draft.state(), name).allocatable().size();
      PoolUse use = PoolDecisions.use(draft.state(), name);
      refusal =
          refusal
              .with(name + ".size", size)
              .with(name + ".free", use.free(size))
              .with(name + ".allocated", use.allocated())
              .with(name + ".releasing", use.releasing())
              .with(name + ".coolingDown", use.coolingDown())
              .with(name + ".quarantined", use.quarantined())
              .with(name + ".retained", use.retained());
      ReusableKey next = reusable(draft.state(), name, ReusableKey.after(name, draft.now()));
      earliest = next == null ? earliest : Math.min(earliest, next.freeAt());
    }
    return earliest == Long.MAX_VALUE
        ? refusal
        : refusal.with("nextFreeAt", Instant.ofEpochMilli(earliest));
  }

  private static List<IpFamily> families(FamilyChoice choice) {
    return switch (choice) {
      case V4 -> List.of(IpFamily.V4);
      case V6 -> List.of(IpFamily.V6);
      case DUAL -> List.of(IpFamily.V4, IpFamily.V6);
      case UNKNOWN -> List.of();
    };
  }

  /** The named pools of the family in the order named, or all by name. */
  private static List<String> pools(State state, List<String> named, IpFamily family) {
    List<String> pools = new ArrayList<>();
    if (named.isEmpty()) {
      state
          .pools()
          .scan(
              "",
              TableId.LAST_NAME,
              (name, pool) -> {
                if (pool.spec().family() == family) {
                  pools.add(name);
                }
                return true;
              });
      return pools;
    }
    for (String name : named) {
      Pool pool = state.pools().get(name);
      if (pool != null && pool.spec().family() == family) {
        pools.add(name);
      }
    }
    return pools;
  }

  private static @Nullable Refusal checkFamily(Command.AllocateEip c) {
    if (c.family() == FamilyChoice.UNKNOWN) {
      return Refusal.invalid("family", c.family(), "V4, V6 or DUAL");
    }
    if (c.ip() == null) {
      return null;
    }
    if (c.count() != 1) {
      return Refusal.invalid("count", c.count(), "1 when ip is given");
    }
    return families(c.family()).equals(List.of(c.ip().family()))
        ? null
        : Refusal.invalid("family", c.family(), c.ip().family() + " when ip is " + c.ip());
  }

  private static @Nullable Refusal checkPools(State state, Command.AllocateEip c) {
    for (String name : c.pools()) {
      if (state.pools().get(name) == null) {
        return Refusal.of(RefusalCode.PoolUnknown, "there is no pool " + name + " in this network");
      }
    }
    return null;
  }

  private static @Nullable Refusal checkGateway(State state, @Nullable String name) {
    return name == null ? null : AttachDecisions.checkGateway(state, name);
  }
}
