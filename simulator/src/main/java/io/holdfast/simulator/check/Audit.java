package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Former;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.BindingKey;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.LastHeldKey;
import io.holdfast.domain.state.ResidentKey;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.RunKey;
import io.holdfast.domain.state.RunLengthKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TenantReusableKey;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import io.holdfast.domain.state.WaitingKey;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The whole state at once: rows against facts, indexes against rows, counters, timers. */
public final class Audit {
  private final State state;
  private final Facts facts;
  private final Map<IpAddress, Address> addresses;
  private final Map<RuleKey, Rule> rules;
  private final Map<String, Pool> pools;

  private Audit(State state, Facts facts) {
    this.state = state;
    this.facts = facts;
    this.addresses = Tables.ADDRESSES.entries(state);
    this.rules = Tables.RULES.entries(state);
    this.pools = Tables.POOLS.entries(state);
  }

  /** Throws if anything does not fit. */
  public static void check(State state, Watch watch) {
    Audit audit = new Audit(state, watch.facts());
    audit.rows();
    audit.indexes();
    audit.bindings();
    audit.counters();
    audit.timers();
    audit.runs();
    audit.waiting();
  }

  private void rows() {
    RowCheck rowCheck = new RowCheck(facts);
    addresses.keySet().forEach(ip -> rowCheck.address(state, ip));
    facts.gateways.keySet().forEach(name -> rowCheck.gateway(state, name));
    facts.nodes.keySet().forEach(name -> rowCheck.node(state, name));
    facts.pools.keySet().forEach(name -> rowCheck.pool(state, name));
    unless(pools.keySet().equals(facts.pools.keySet()), "pools", pools.keySet(), "");
    unless(
        Tables.DRIFTS.entries(state).keySet().equals(facts.drifts),
        "K drift",
        facts.drifts,
        Tables.DRIFTS.entries(state));
    facts.pools.forEach((name, fact) -> {
      for (IpAddress ip : fact.offered) {
        EipFact eip = facts.eips.get(ip);
        unless(
            eip == null || eip.phase == Phase.FREE || addresses.containsKey(ip), "state", ip, eip);
      }
    });
  }

  private void indexes() {
    Set<CarriedKey> carried = new TreeSet<>();
    Set<ReusableKey> reusable = new TreeSet<>();
    Set<ResidentKey> residents = new TreeSet<>();
    Set<TenantReusableKey> early = new TreeSet<>();
    Set<LastHeldKey> lastHeld = new TreeSet<>();
    Map<Owner, Set<IpAddress>> owners = new TreeMap<>();
    addresses.forEach((ip, address) -> {
      for (Carriage c : address.carriages()) {
        carried.add(new CarriedKey(c.gateway(), c.wanted(), ip, ""));
      }
      boolean offered = facts.pool(address.pool()).offered.contains(ip);
      boolean resting = address.phase() == Phase.COOLING_DOWN || address.phase() == Phase.FREE;
      if (resting && offered) {
        reusable.add(new ReusableKey(address.pool(), address.freeAt(), ip));
      }
      unless(offered || address.phase() != Phase.FREE, "9 excluded", ip, address);
      Tenancy tenancy = address.tenancy();
      if (address.phase() == Phase.ALLOCATED && tenancy != null) {
        owners.computeIfAbsent(tenancy.owner(), key -> new TreeSet<>()).add(ip);
        if (tenancy.node() != null) {
          residents.add(new ResidentKey(tenancy.node().node(), ip));
        }
      }
      boolean former = address.former() != null;
      boolean sticky = facts.pool(address.pool()).plan.policy() == PoolPolicy.STICKY;
      boolean over =
          address.phase() == Phase.ALLOCATED
              || address.phase() == Phase.RESERVED
              || (address.phase() == Phase.FREE && !sticky);
      unless(!former || !over, "restore", ip, address);
      Former last = address.former();
      if (last != null && offered) {
        if (address.phase() == Phase.COOLING_DOWN && address.tenantFreeAt() != 0) {
          early.add(
              new TenantReusableKey(
                  address.pool(), last.owner().tenant(), address.tenantFreeAt(), ip));
        }
        if (address.phase() == Phase.FREE) {
          lastHeld.add(new LastHeldKey(last.owner(), ip));
        }
      }
    });
    rules.forEach((key, rule) -> {
      Carriage c = rule.carriage();
      if (c != null) {
        carried.add(new CarriedKey(c.gateway(), c.wanted(), key.ip(), key.rule()));
      }
      Address address = addresses.get(key.ip());
      unless(address != null && address.tenure() == rule.tenure(), "rules", key, address);
    });
    same("carried", carried, Tables.CARRIED.entries(state).keySet());
    same("reusable", reusable, Tables.REUSABLE.entries(state).keySet());
    same("tenant-reusable", early, Tables.TENANT_REUSABLE.entries(state).keySet());
    same("last-held", lastHeld, Tables.LAST_HELD.entries(state).keySet());
    same("residents", residents, Tables.RESIDENTS.entries(state).keySet());
    Map<Owner, Set<IpAddress>> held = new TreeMap<>();
    Tables.OWNERS
        .entries(state)
        .forEach((owner, holding) -> held.put(owner, new TreeSet<>(holding.addresses())));
    unless(owners.equals(held), "index", "owners", held);
    Tables.FORMER_RULES
        .entries(state)
        .keySet()
        .forEach(key -> {
          Address address = addresses.get(key.ip());
          boolean has = address != null && address.former() != null;
          unless(has, "restore", key, address);
        });
  }

  private static void same(String name, Set<?> expected, Set<?> found) {
    unless(expected.equals(found), "index", name + " should be " + expected, found);
  }

  private void bindings() {
    Map<BindingKey, RuleKey> found = Tables.BINDINGS.entries(state);
    Set<BindingKey> expected = new TreeSet<>();
    rules.forEach((key, rule) -> {
      bind(key, rule.spec(), expected, found);
      rule.previous().forEach(spec -> bind(key, spec, expected, found));
    });
    same("bindings", expected, found.keySet());
  }

  private static void bind(
      RuleKey key, RuleSpec spec, Set<BindingKey> expected, Map<BindingKey, RuleKey> found) {
    String inside = spec.exclusive();
    if (inside != null) {
      BindingKey binding = new BindingKey(spec.vpc(), inside);
      expected.add(binding);
      unless(key.equals(found.get(binding)), "one internal side", binding, key);
    }
  }

  private void counters() {
    facts.pools.forEach((name, fact) -> {
      Pool pool = Violation.need(pools.get(name), "pools", name);
      PoolUse use = Violation.need(state.poolUse().get(name), "10 counters", name);
      int size = fact.offered.size();
      unless(pool.allocatable().size().equals(BigInteger.valueOf(size)), "10 sizes", name, size);
      int free = 0;
      long retained = 0;
      IpAddress cursor = use.cursor();
      for (IpAddress ip : fact.shape.offered()) {
        Address address = addresses.get(ip);
        free += address == null || address.phase() == Phase.FREE ? 1 : 0;
        boolean passed = !pool.fresh().contains(ip) || cursor == null || ip.compareTo(cursor) < 0;
        unless(address != null || !passed, "10 cursor", ip, "it is never found again");
      }
      for (Map.Entry<IpAddress, Address> entry : addresses.entrySet()) {
        boolean here = entry.getValue().pool().equals(name);
        retained += here && !fact.offered.contains(entry.getKey()) ? 1 : 0;
      }
      unless(use.retained() == retained, "10 counters", use, retained);
      unless(
          use.free(BigInteger.valueOf(size)).equals(BigInteger.valueOf(free)),
          "10 counters",
          use,
          free);
      unless(
          cursor == null || (fact.offered.contains(cursor) && addresses.get(cursor) == null),
          "10 cursor",
          use,
          name);
    });
  }

  /** Pools that know their runs know them all. */
  private void runs() {
    TreeMap<RunKey, IpAddress> expected = new TreeMap<>();
    Set<RunLengthKey> lengths = new TreeSet<>();
    facts.pools.forEach((name, fact) -> {
      if (fact.plan.policy().keepsRuns()) {
        IpAddress first = null;
        IpAddress last = null;
        long length = 0;
        for (IpAddress ip : new TreeSet<>(fact.offered)) {
          Address address = addresses.get(ip);
          boolean free = address == null || address.phase() == Phase.FREE;
          if (first != null && last != null && !(free && last.next().equals(ip))) {
            expected.put(new RunKey(name, last), first);
            lengths.add(new RunLengthKey(name, length, first));
            first = null;
          }
          if (free) {
            length = first == null ? 1 : length + 1;
            first = first == null ? ip : first;
            last = ip;
          }
        }
        if (first != null && last != null) {
          expected.put(new RunKey(name, last), first);
          lengths.add(new RunLengthKey(name, length, first));
        }
      }
    });
    unless(expected.equals(Tables.RUNS.entries(state)), "index", "runs " + expected, "");
    same("run lengths", lengths, Tables.RUN_LENGTHS.entries(state).keySet());
  }

  private void waiting() {
    Set<WaitingKey> expected = new TreeSet<>();
    Map<Owner, Long> tickets = new TreeMap<>();
    facts.waiters.forEach((ticket, waiter) -> {
      tickets.put(waiter.request().owner(), ticket);
      for (String pool : pools.keySet()) {
        if (facts.wants(waiter.request(), pool)) {
          expected.add(new WaitingKey(pool, ticket));
        }
      }
    });
    same("waiting", expected, Tables.WAITING.entries(state).keySet());
    same("waiters", facts.waiters.keySet(), Tables.WAITERS.entries(state).keySet());
    unless(tickets.equals(Tables.TICKETS.entries(state)), "index", "tickets", tickets);
    Map<String, Quota> quotas = Tables.QUOTAS.entries(state);
    same("quotas", facts.quotas.keySet(), quotas.keySet());
    quotas.forEach((tenant, quota) ->
        unless(quota.used() == facts.used(tenant), "quotas", quota, facts.used(tenant)));
  }

  private void timers() {
    Set<String> cooling = new TreeSet<>();
    Set<String> tenants = new TreeSet<>();
    addresses.forEach((ip, address) -> {
      if (address.phase() == Phase.COOLING_DOWN) {
        cooling.add(address.freeAt() + " " + ip);
        if (address.tenantFreeAt() != 0) {
          tenants.add(address.tenantFreeAt() + " " + ip);
        }
      }
    });
    Set<String> found = new TreeSet<>();
    Set<String> fences = new TreeSet<>();
    TermTimers terms = new TermTimers(facts);
    for (TimerKey timer : Tables.TIMERS.entries(state).keySet()) {
      if (timer.kind() == TimerKind.COOLDOWN) {
        found.add(timer.due() + " " + timer.subject());
      } else if (timer.kind() == TimerKind.FENCE) {
        fences.add(timer.subject() + " " + timer.detail());
      } else {
        terms.found(timer);
      }
    }
    // One that opened its address to the last tenant is gone.
    tenants.removeAll(cooling);
    tenants.retainAll(found);
    cooling.addAll(tenants);
    same("cool-down timers", cooling, found);
    terms.compare();
    facts.gateways.forEach((name, gateway) -> {
      for (Facts.Earlier one : gateway.earlier) {
        unless(fences.contains(name + " " + one.epoch()), "index", "no timer fences " + name, one);
      }
    });
  }
}
