package io.holdfast.simulator.check;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Drift;
import io.holdfast.domain.model.FormerRule;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Holding;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.BindingKey;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.state.LastHeldKey;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.ResidentKey;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.RunKey;
import io.holdfast.domain.state.RunLengthKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import io.holdfast.domain.state.TenantReusableKey;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.WaitingKey;
import java.util.List;
import java.util.TreeMap;

/** Whole tables of a state, for an audit. */
final class Tables {
  private static final String END = TableId.LAST_NAME;

  /** A table and the keys between which all of its entries lie. */
  record Span<K extends Comparable<K>, V>(TableId<K, V> id, K from, K to) {
    TreeMap<K, V> entries(State state) {
      TreeMap<K, V> all = new TreeMap<>();
      state
          .table(id)
          .scan(
              from,
              to,
              (key, value) -> {
                all.put(key, value);
                return true;
              });
      return all;
    }

    /** The sum of the entries' hashes. */
    long digest(State state) {
      long[] sum = {0};
      state
          .table(id)
          .scan(
              from,
              to,
              (key, value) -> {
                sum[0] += id.digest().of(key, value);
                return true;
              });
      return sum[0];
    }
  }

  static final Span<IpAddress, Address> ADDRESSES =
      new Span<>(TableId.ADDRESSES, IpAddress.LOWEST, IpAddress.HIGHEST);
  static final Span<RuleKey, Rule> RULES =
      new Span<>(
          TableId.RULES, new RuleKey(IpAddress.LOWEST, ""), new RuleKey(IpAddress.HIGHEST, END));
  static final Span<RuleKey, FormerRule> FORMER_RULES =
      new Span<>(
          TableId.FORMER_RULES,
          new RuleKey(IpAddress.LOWEST, ""),
          new RuleKey(IpAddress.HIGHEST, END));
  static final Span<String, Pool> POOLS = new Span<>(TableId.POOLS, "", END);
  static final Span<String, Gateway> GATEWAYS = new Span<>(TableId.GATEWAYS, "", END);
  static final Span<Owner, Holding> OWNERS =
      new Span<>(TableId.OWNERS, new Owner("", "", "", "", ""), new Owner(END, END, END, END, END));
  static final Span<BindingKey, RuleKey> BINDINGS =
      new Span<>(TableId.BINDINGS, new BindingKey("", ""), new BindingKey(END, END));
  static final Span<DriftKey, Drift> DRIFTS =
      new Span<>(
          TableId.DRIFTS,
          new DriftKey("", IpAddress.LOWEST, ""),
          new DriftKey(END, IpAddress.HIGHEST, END));
  static final Span<CarriedKey, Mark> CARRIED =
      new Span<>(TableId.CARRIED, CarriedKey.first("", false), CarriedKey.last(END, true));
  static final Span<ReusableKey, Mark> REUSABLE =
      new Span<>(TableId.REUSABLE, ReusableKey.first(""), ReusableKey.last(END));
  static final Span<ResidentKey, Mark> RESIDENTS =
      new Span<>(TableId.RESIDENTS, ResidentKey.first(""), ResidentKey.last(END));
  static final Span<TimerKey, Mark> TIMERS =
      new Span<>(TableId.TIMERS, TimerKey.FIRST, TimerKey.after(Long.MAX_VALUE - 1));

  static final Span<TenantReusableKey, Mark> TENANT_REUSABLE =
      new Span<>(
          TableId.TENANT_REUSABLE,
          TenantReusableKey.first("", ""),
          TenantReusableKey.first(END, END));
  static final Span<LastHeldKey, Mark> LAST_HELD =
      new Span<>(
          TableId.LAST_HELD,
          LastHeldKey.first(new Owner("", "", "", "", "")),
          LastHeldKey.last(new Owner(END, END, END, END, END)));
  static final Span<RunKey, IpAddress> RUNS =
      new Span<>(TableId.RUNS, RunKey.first(""), RunKey.last(END));
  static final Span<RunLengthKey, Mark> RUN_LENGTHS =
      new Span<>(TableId.RUN_LENGTHS, RunLengthKey.from("", 0), RunLengthKey.last(END));
  static final Span<String, Quota> QUOTAS = new Span<>(TableId.QUOTAS, "", END);
  static final Span<Long, Waiter> WAITERS = new Span<>(TableId.WAITERS, 0L, Long.MAX_VALUE);
  static final Span<WaitingKey, Mark> WAITING =
      new Span<>(TableId.WAITING, WaitingKey.first(""), WaitingKey.last(END));
  static final Span<Owner, Long> TICKETS =
      new Span<>(
          TableId.TICKETS, new Owner("", "", "", "", ""), new Owner(END, END, END, END, END));

  /** What a replay of the log must give: all but soft state and timers. */
  static final List<Span<?, ?>> FOLDED =
      List.of(
          POOLS,
          new Span<>(TableId.POOL_USE, "", END),
          ADDRESSES,
          RULES,
          GATEWAYS,
          new Span<>(TableId.NODES, "", END),
          OWNERS,
          BINDINGS,
          DRIFTS,
          FORMER_RULES,
          CARRIED,
          REUSABLE,
          RESIDENTS,
          TENANT_REUSABLE,
          LAST_HELD,
          RUNS,
          RUN_LENGTHS,
          QUOTAS,
          WAITERS,
          WAITING,
          TICKETS);

  private Tables() {}
}
