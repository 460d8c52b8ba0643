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
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.Waiter;
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

  /** By tenant: only those that have a limit. */
  public static final TableId<String, Quota> QUOTAS =
      new TableId<>(10, "quotas", (k, v) -> new Fingerprint("quotas").add(k).add(v).value());

  /** By ticket. */
  public static final TableId<Long, Waiter> WAITERS =
      new TableId<>(11, "waiters", (k, v) -> new Fingerprint("waiters").add(k).add(v).value());

  public static final TableId<CarriedKey, Mark> CARRIED =
      new TableId<>(12, "carried", Digest.none());
  public static final TableId<ReusableKey, Mark> REUSABLE =
      new TableId<>(13, "reusable", Digest.none());
  public static final TableId<ResidentKey, Mark> RESIDENTS =
      new TableId<>(14, "residents", Digest.none());
  public static final TableId<TimerKey, Mark> TIMERS = new TableId<>(15, "timers", Digest.none());
  public static final TableId<TenantReusableKey, Mark> TENANT_REUSABLE =
      new TableId<>(16, "tenant-reusable", Digest.none());
  public static final TableId<LastHeldKey, Mark> LAST_HELD =
      new TableId<>(17, "last-held", Digest.none());
  public static final TableId<RunKey, IpAddress> RUNS = new TableId<>(18, "runs", Digest.none());
  public static final TableId<RunLengthKey, Mark> RUN_LENGTHS =
      new TableId<>(19, "run-lengths", Digest.none());
  public static final TableId<WaitingKey, Mark> WAITING =
      new TableId<>(20, "waiting", Digest.none());

  /** The ticket of an owner that waits. */
  public static final TableId<Owner, Long> TICKETS = new TableId<>(21, "tickets", Digest.none());

  /** Soft: epoch milliseconds at which a node was last heard of. */
  public static final TableId<String, Long> LAST_SEEN =
      new TableId<>(22, "last-seen", Digest.none());

  /** Soft: answers by command id, for commands delivered again. */
  public static final TableId<String, Remembered> OUTCOMES =
      new TableId<>(23, "outcomes", Digest.none());

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
          QUOTAS,
          WAITERS,
          CARRIED,
          REUSABLE,
          RESIDENTS,
          TIMERS,
          TENANT_REUSABLE,
          LAST_HELD,
          RUNS,
          RUN_LENGTHS,
          WAITING,
          TICKETS,
          LAST_SEEN,
          OUTCOMES);

  /** Whether entries enter the digest. */
  public boolean isDigested() {
    return index < CARRIED.index;
  }

  /** Whether keys come and go with every change, and values say little. */
  boolean isIndex() {
    return index >= CARRIED.index && index != LAST_SEEN.index;
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
