package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.InvalidAddressException;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.net.IpRange;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** DefinePool, ResizePool, RemovePool. */
final class PoolDecisions {
  private static final long MAX_COOLDOWN_MS = 30L * 24 * 3600 * 1000;
  private static final int MAX_RANGES = 10_000;
  private static final int MAX_LABELS = 64;

  /** Two IPv6 addresses in full, and what stands between them; zeros could go on for ever. */
  private static final int MAX_RANGE = 128;

  private PoolDecisions() {}

  static Verdict define(Draft draft, Command.DefinePool c) {
    PoolSpec spec =
        new PoolSpec(
            c.family(),
            c.ranges(),
            c.exclusions(),
            c.subnet(),
            c.gatewayAddress(),
            c.cooldownMs(),
            c.labels(),
            c.ownerCheck() == null ? OwnerCheckPolicy.DEFAULT : c.ownerCheck());
    Refusal refusal =
        Check.first(
            Check.name("pool", c.pool()),
            Check.range("cooldownMs", c.cooldownMs(), 0, MAX_COOLDOWN_MS),
            checkOwnerPolicy(spec.ownerCheck()),
            checkLabels(spec.labels()),
            checkAddresses(spec));
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Pool existing = draft.state().pools().get(c.pool());
    if (existing != null) {
      return existing.spec().equals(spec)
          ? Verdict.DONE
          : Verdict.refused(
              RefusalCode.InUse,
              "pool "
                  + c.pool()
                  + " exists with another definition: resize it, or choose another name");
    }
    Refusal overlap = overlap(draft.state(), c.pool(), spec.allocatable());
    if (overlap != null) {
      return Verdict.refused(overlap);
    }
    draft.emit(new Event.PoolDefined(c.pool(), spec));
    return Verdict.DONE;
  }

  static Verdict resize(Draft draft, Command.ResizePool c) {
    Pool pool = draft.state().pools().get(c.pool());
    if (pool == null) {
      return unknown(c.pool());
    }
    if (c.mode() == ResizeMode.UNKNOWN) {
      return Verdict.refused(Refusal.invalid("mode", c.mode(), "REJECT or RETAIN"));
    }
    PoolSpec old = pool.spec();
    PoolSpec spec =
        new PoolSpec(
            old.family(),
            c.ranges(),
            c.exclusions(),
            c.subnet(),
            c.gatewayAddress(),
            old.cooldownMs(),
            old.labels(),
            old.ownerCheck());
    Refusal refusal = checkAddresses(spec);
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    if (spec.equals(old)) {
      return Verdict.DONE;
    }
    AddressSet now = spec.allocatable();
    Refusal overlap = overlap(draft.state(), c.pool(), now.minus(pool.allocatable()));
    if (overlap != null) {
      return Verdict.refused(overlap);
    }
    if (c.mode() == ResizeMode.REJECT) {
      Refusal cut = cutsLiveTenure(draft.state(), c.pool(), pool.allocatable().minus(now));
      if (cut != null) {
        return Verdict.refused(cut);
      }
    }
    draft.emit(new Event.PoolResized(c.pool(), spec));
    return Verdict.DONE;
  }

  static Verdict remove(Draft draft, Command.RemovePool c) {
    PoolUse use = draft.state().poolUse().get(c.pool());
    if (use == null) {
      return unknown(c.pool());
    }
    if (use.used() > 0) {
      return Verdict.refused(
          Refusal.of(
                  RefusalCode.InUse,
                  "pool "
                      + c.pool()
                      + " still has addresses that are not free; release them and let them cool down")
              .with("allocated", use.allocated())
              .with("releasing", use.releasing())
              .with("coolingDown", use.coolingDown())
              .with("quarantined", use.quarantined()));
    }
    draft.emit(new Event.PoolRemoved(c.pool()));
    return Verdict.DONE;
  }

  static Pool pool(State state, String name) {
    Pool pool = state.pools().get(name);
    if (pool == null) {
      throw new IllegalStateException("pool " + name + " has no record");
    }
    return pool;
  }

  static PoolUse use(State state, String pool) {
    PoolUse use = state.poolUse().get(pool);
    if (use == null) {
      throw new IllegalStateException("pool " + pool + " has no counters");
    }
    return use;
  }

  private static Verdict unknown(String pool) {
    return Verdict.refused(
        RefusalCode.PoolUnknown, "there is no pool " + pool + " in this network");
  }

  private static @Nullable Refusal checkOwnerPolicy(OwnerCheckPolicy p) {
    return Check.first(
        Check.range("ownerCheck.confirmations", p.confirmations(), 1, 100),
        Check.range("ownerCheck.overMs", p.overMs(), 0, MAX_COOLDOWN_MS),
        Check.range("ownerCheck.retryMinMs", p.retryMinMs(), 1, MAX_COOLDOWN_MS),
        Check.range("ownerCheck.retryMaxMs", p.retryMaxMs(), p.retryMinMs(), MAX_COOLDOWN_MS));
  }

  /**
   * Every text is a range of the pool's family, ranges do not overlap each other, and something is
   * left over.
   */
  private static @Nullable Refusal checkAddresses(PoolSpec spec) {
    if (spec.ranges().isEmpty() || spec.ranges().size() > MAX_RANGES) {
      return Refusal.invalid(
          "ranges", spec.ranges().size() + " ranges", "1 to " + MAX_RANGES + " ranges");
    }
    if (spec.exclusions().size() > MAX_RANGES) {
      return Refusal.invalid(
          "exclusions",
          spec.exclusions().size() + " exclusions",
          "0 to " + MAX_RANGES + " of them");
    }
    if (spec.subnet() != null && spec.subnet().network().family() != spec.family()) {
      return Refusal.invalid(
          "subnet", spec.subnet(), "a prefix of the pool's family " + spec.family());
    }
    TreeMap<IpAddress, IpRange> seen = new TreeMap<>();
    for (int i = 0; i < spec.ranges().size(); i++) {
      String field = "ranges[" + i + "]";
      String text = spec.ranges().get(i);
      Refusal refusal = checkRange(field, text, spec.family());
      if (refusal != null) {
        return refusal;
      }
      IpRange range = IpRange.parse(text);
      var below = seen.floorEntry(range.last());
      if (below != null && below.getValue().last().compareTo(range.first()) >= 0) {
        return Refusal.invalid(field, text, "a range that does not overlap " + below.getValue());
      }
      seen.put(range.first(), range);
      if (spec.subnet() != null
          && !(spec.subnet().contains(range.first()) && spec.subnet().contains(range.last()))) {
        return Refusal.invalid(field, text, "a range within the subnet " + spec.subnet());
      }
    }
    for (int i = 0; i < spec.exclusions().size(); i++) {
      Refusal refusal =
          checkRange("exclusions[" + i + "]", spec.exclusions().get(i), spec.family());
      if (refusal != null) {
        return refusal;
      }
    }
    if (spec.gatewayAddress() != null && spec.gatewayAddress().family() != spec.family()) {
      return Refusal.invalid(
          "gatewayAddress",
          spec.gatewayAddress(),
          "an address of the pool's family " + spec.family());
    }
    return spec.allocatable().isEmpty()
        ? Refusal.invalid("ranges", spec.ranges(), "at least one address that is not excluded")
        : null;
  }

  private static @Nullable Refusal checkRange(String field, String text, IpFamily family) {
    if (text.length() > MAX_RANGE) {
      return Check.length(field, text, MAX_RANGE);
    }
    try {
      return IpRange.parse(text).family() == family
          ? null
          : Refusal.invalid(field, text, "a range of the pool's family " + family);
    } catch (InvalidAddressException e) {
      return Refusal.invalid(field, text, e.allowed());
    }
  }

  private static @Nullable Refusal checkLabels(Map<String, String> labels) {
    if (labels.size() > MAX_LABELS) {
      return Refusal.invalid(
          "labels", labels.size() + " labels", "0 to " + MAX_LABELS + " of them");
    }
    for (var label : new TreeMap<>(labels).entrySet()) {
      Refusal refusal =
          Check.first(
              Check.name("labels", label.getKey()),
              Check.text("labels." + label.getKey(), label.getValue()));
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /** Another pool offers, or still has in use, an address of what is to be added. */
  private static @Nullable Refusal overlap(State state, String name, AddressSet added) {
    AtomicReference<@Nullable Refusal> found = new AtomicReference<>();
    state
        .pools()
        .scan(
            "",
            TableId.LAST_NAME,
            (other, pool) -> {
              AddressSet common = pool.allocatable().intersect(added);
              if (!common.isEmpty()) {
                found.set(
                    Refusal.of(
                            RefusalCode.PoolOverlap,
                            "pool " + other + " already offers " + common.ranges().getFirst())
                        .with("pool", other));
              }
              return common.isEmpty();
            });
    Refusal refusal = found.get();
    return refusal != null
        ? refusal
        : firstRecord(
            state,
            added,
            (ip, pool, phase) ->
                pool.equals(name)
                    ? null
                    : Refusal.of(RefusalCode.PoolOverlap, ip + " is still in use by pool " + pool)
                        .with("pool", pool));
  }

  private static @Nullable Refusal cutsLiveTenure(State state, String name, AddressSet cut) {
    AtomicLong count = new AtomicLong();
    AtomicReference<@Nullable IpAddress> example = new AtomicReference<>();
    firstRecord(
        state,
        cut,
        (ip, pool, phase) -> {
          if (pool.equals(name) && phase != Phase.FREE) {
            count.incrementAndGet();
            example.compareAndSet(null, ip);
          }
          return null;
        });
    return count.get() == 0
        ? null
        : Refusal.of(
                RefusalCode.InUse,
                count.get()
                    + " addresses in use would fall outside, for example "
                    + example.get()
                    + "; release them, or resize with mode RETAIN")
            .with("inUse", count.get());
  }

  private static @Nullable Refusal firstRecord(State state, AddressSet set, RecordCheck check) {
    AtomicReference<@Nullable Refusal> found = new AtomicReference<>();
    for (IpRange range : set.ranges()) {
      state
          .addresses()
          .scan(
              range.first(),
              range.last(),
              (ip, address) -> {
                found.set(check.of(ip, address.pool(), address.phase()));
                return found.get() == null;
              });
      var last = state.addresses().get(range.last());
      if (found.get() == null && last != null) {
        found.set(check.of(range.last(), last.pool(), last.phase()));
      }
      if (found.get() != null) {
        break;
      }
    }
    return found.get();
  }

  private interface RecordCheck {
    @Nullable Refusal of(IpAddress ip, String pool, Phase phase);
  }
}
