package io.holdfast.domain.state;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Drift;
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

/** The state of one network, as tables. Not thread-safe: a network has one thread. */
public interface State {

  /** The table with this id. */
  <K extends Comparable<K>, V> OrderedTable<K, V> table(TableId<K, V> id);

  default OrderedTable<String, Pool> pools() {
    return table(TableId.POOLS);
  }

  default OrderedTable<String, PoolUse> poolUse() {
    return table(TableId.POOL_USE);
  }

  default OrderedTable<IpAddress, Address> addresses() {
    return table(TableId.ADDRESSES);
  }

  default OrderedTable<RuleKey, Rule> rules() {
    return table(TableId.RULES);
  }

  default OrderedTable<String, Gateway> gateways() {
    return table(TableId.GATEWAYS);
  }

  default OrderedTable<String, Node> nodes() {
    return table(TableId.NODES);
  }

  default Table<Owner, Holding> owners() {
    return table(TableId.OWNERS);
  }

  default Table<BindingKey, RuleKey> bindings() {
    return table(TableId.BINDINGS);
  }

  default OrderedTable<DriftKey, Drift> drifts() {
    return table(TableId.DRIFTS);
  }

  /** Rules that went with an EIP's tenure, until its address is free. */
  default OrderedTable<RuleKey, FormerRule> formerRules() {
    return table(TableId.FORMER_RULES);
  }

  default OrderedTable<CarriedKey, Mark> carried() {
    return table(TableId.CARRIED);
  }

  default OrderedTable<ReusableKey, Mark> reusable() {
    return table(TableId.REUSABLE);
  }

  default OrderedTable<ResidentKey, Mark> residents() {
    return table(TableId.RESIDENTS);
  }

  default OrderedTable<TimerKey, Mark> timers() {
    return table(TableId.TIMERS);
  }

  default OrderedTable<String, Quota> quotas() {
    return table(TableId.QUOTAS);
  }

  default OrderedTable<Long, Waiter> waiters() {
    return table(TableId.WAITERS);
  }

  default OrderedTable<TenantReusableKey, Mark> tenantReusable() {
    return table(TableId.TENANT_REUSABLE);
  }

  default OrderedTable<LastHeldKey, Mark> lastHeld() {
    return table(TableId.LAST_HELD);
  }

  default OrderedTable<RunKey, IpAddress> runs() {
    return table(TableId.RUNS);
  }

  default OrderedTable<RunLengthKey, Mark> runLengths() {
    return table(TableId.RUN_LENGTHS);
  }

  default OrderedTable<WaitingKey, Mark> waiting() {
    return table(TableId.WAITING);
  }

  default OrderedTable<Owner, Long> tickets() {
    return table(TableId.TICKETS);
  }

  default Table<String, Long> lastSeen() {
    return table(TableId.LAST_SEEN);
  }

  default OrderedTable<String, Remembered> outcomes() {
    return table(TableId.OUTCOMES);
  }
}
