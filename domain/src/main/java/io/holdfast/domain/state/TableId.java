package io.holdfast.domain.state;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Drift;
import io.holdfast.domain.model.Fingerprint;
import io.holdfast.domain.model.FormerRule;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Holding;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Remembered;
import java.util.List;

/**
 * The tables of a network's state.
 *
 * @param index dense number, for arrays
 * @param name as in store names
 * @param digest how an entry enters the network's digest; {@link Digest#none()} for indexes, which
 *     follow from other tables, and for soft state
 */
public record TableId<K, V>(int index, String name, Digest<K, V> digest) {

  /** Not below any name that is allowed: an upper bound for scans. */
  public static final String LAST_NAME = "\u007f";

  public static final TableId<String, Pool> POOLS =
      new TableId<>(0, "pools", (k, v) -> new Fingerprint("pools").add(k).add(v).value());
  public static final TableId<String, PoolUse> POOL_USE =
      new TableId<>(1, "pool-use", (k, v) -> new Fingerprint("pool-use").add(k).add(v).value());
  public static final TableId<IpAddress, Address> ADDRESSES =
      new TableId<>(2, "addresses", (k, v) -> new Fingerprint("addresses").add(k).add(v).value());
  public static final TableId<RuleKey, Rule> RULES =
      new TableId<>(3, "rules", (k, v) -> new Fingerprint("rules").add(k).add(v).value());
  public static final TableId<String, Gateway> GATEWAYS =
      new TableId<>(4, "gateways", (k, v) -> new Fingerprint("gateways").add(k).add(v).value());
  public static final TableId<String, Node> NODES =
      new TableId<>(5, "nodes", (k, v) -> new Fingerprint("nodes").add(k).add(v).value());
  public static final TableId<Owner, Holding> OWNERS =
      new TableId<>(6, "owners", (k, v) -> new Fingerprint("owners").add(k).add(v).value());
  public static final TableId<BindingKey, RuleKey> BINDINGS =
      new TableId<>(
          7,
          "bindings",
          (k, v) -> new Fingerprint("bindings").add(k.vpc()).add(k.inside()).add(v).value());
  public static final TableId<DriftKey, Drift> DRIFTS =
      new TableId<>(
          8,
          "drifts",
          (k, v) -> new Fingerprint("drifts").add(k.gateway()).add(k.ip()).add(v).value());
  public static final TableId<RuleKey, FormerRule> FORMER_RULES =
      new TableId<>(
          9, "former-rules", (k, v) -> new Fingerprint("former-rules").add(k).add(v).value());
  public static final TableId<CarriedKey, Mark> CARRIED =
      new TableId<>(10, "carried", Digest.none());
  public static final TableId<ReusableKey, Mark> REUSABLE =
      new TableId<>(11, "reusable", Digest.none());
  public static final TableId<ResidentKey, Mark> RESIDENTS =
      new TableId<>(12, "residents", Digest.none());
  public static final TableId<TimerKey, Mark> TIMERS = new TableId<>(13, "timers", Digest.none());

  /** Soft: epoch milliseconds at which a node was last heard of. */
  public static final TableId<String, Long> LAST_SEEN =
      new TableId<>(14, "last-seen", Digest.none());

  /** Soft: answers by command id, for commands delivered again. */
  public static final TableId<String, Remembered> OUTCOMES =
      new TableId<>(15, "outcomes", Digest.none());

  private static final List<TableId<?, ?>> ALL =
      List.of(
          POOLS,
          POOL_USE,
          ADDRESSES,
          RULES,
          GATEWAYS,
          NODES,
          OWNERS,
          BINDINGS,
          DRIFTS,
          FORMER_RULES,
          CARRIED,
          REUSABLE,
          RESIDENTS,
          TIMERS,
          LAST_SEEN,
          OUTCOMES);

  /** Whether entries enter the digest. */
  public boolean isDigested() {
    return index < CARRIED.index;
  }

  /** All tables, by index. */
  public static List<TableId<?, ?>> all() {
    return ALL;
  }

  /** Hashes an entry for the network's digest. */
  @FunctionalInterface
  public interface Digest<K, V> {
    long of(K key, V value);

    /** For tables outside the digest. */
    static <K, V> Digest<K, V> none() {
      return (k, v) -> 0;
    }
  }
}
