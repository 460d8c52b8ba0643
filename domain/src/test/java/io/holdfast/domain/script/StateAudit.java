package io.holdfast.domain.script;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpRange;
import io.holdfast.domain.oracle.Oracle;
import io.holdfast.domain.state.BindingKey;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.LastHeldKey;
import io.holdfast.domain.state.ResidentKey;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.RunKey;
import io.holdfast.domain.state.RunLengthKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import io.holdfast.domain.state.TenantReusableKey;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import io.holdfast.domain.state.WaitingKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Indexes follow from the primary tables, counters add up, the digest is that of the entries. */
public final class StateAudit {
  private static final String END = TableId.LAST_NAME;
  private static final long FOREVER = Long.MAX_VALUE;

  private StateAudit() {}

  static void check(State state, Head head, Oracle oracle) {
    check(digest(state) == head.digest(), "13 digest", "it is not that of the entries");
    check(!head.equals(Head.START) || head.digest() == 0, "13 digest", "not 0 at the start");
    Map<IpAddress, Address> addresses = addresses(state);
    indexes(state, addresses);
    rules(state, addresses);
    counters(state, addresses);
    FreeAudit.audit(state, addresses);
    timers(state, addresses);
    LifeAudit.timers(state, addresses, oracle);
    LifeAudit.waiting(state);
    check(
        summary(state, addresses).equals(oracle.summary()),
        "state and oracle",
        "state " + summary(state, addresses) + "\noracle " + oracle.summary());
  }

  private static void check(boolean holds, String rule, String what) {
    io.holdfast.domain.oracle.Violation.check(holds, rule, what);
  }

  /** What a replay must give: all but soft state, and timers that are only looked at again. */
  public static void sameAfterReplay(State live, State rebuilt) {
    for (TableId<?, ?> id : TableId.all()) {
      if (id.index() < TableId.LAST_SEEN.index() && !id.equals(TableId.TIMERS)) {
        check(
            entries(live, id).equals(entries(rebuilt, id)),
            "13 replay",
            id.name() + "\nlive " + entries(live, id) + "\nrebuilt " + entries(rebuilt, id));
      }
    }
    // Of those that open an address to its last tenant, some have fired.
    Set<String> expected = cooldowns(addresses(rebuilt));
    expected.addAll(tenantsCooldowns(addresses(rebuilt)));
    check(expected.equals(cooldownTimers(rebuilt)), "13 replay", "cool-down timers");
    check(
        timers(live, TimerKind.LEASE_WARNING).equals(timers(rebuilt, TimerKind.LEASE_WARNING)),
        "13 replay",
        "warnings of leases");
    for (TimerKey timer : timers(live, TimerKind.PROBATION)) {
      check(timers(rebuilt, TimerKind.PROBATION).contains(timer), "13 replay", "lacks " + timer);
    }
    for (TimerKey timer : timers(live, TimerKind.INVENTORY)) {
      check(timers(rebuilt, TimerKind.INVENTORY).contains(timer), "13 replay", "lacks " + timer);
    }
  }

  private static long digest(State state) {
    long sum = 0;
    for (TableId<?, ?> id : TableId.all()) {
      if (id.isDigested()) {
        sum += digest(state, id);
      }
    }
    return sum;
  }

  @SuppressWarnings("unchecked") // entries come from the table of that id
  private static <K extends Comparable<K>, V> long digest(State state, TableId<?, ?> id) {
    TableId<K, V> typed = (TableId<K, V>) id;
    long sum = 0;
    for (Map.Entry<?, ?> entry : entries(state, id).entrySet()) {
      sum += typed.digest().of((K) entry.getKey(), (V) entry.getValue());
    }
    return sum;
  }

  static Map<?, ?> entries(State state, TableId<?, ?> id) {
    if (id.equals(TableId.POOLS)) {
      return all(state, TableId.POOLS, "", END);
    } else if (id.equals(TableId.POOL_USE)) {
      return all(state, TableId.POOL_USE, "", END);
    } else if (id.equals(TableId.ADDRESSES)) {
      return addresses(state);
    } else if (id.equals(TableId.RULES)) {
      return all(
          state,
          TableId.RULES,
          new RuleKey(IpAddress.LOWEST, ""),
          new RuleKey(IpAddress.HIGHEST, END));
    } else if (id.equals(TableId.GATEWAYS)) {
      return all(state, TableId.GATEWAYS, "", END);
    } else if (id.equals(TableId.NODES)) {
      return all(state, TableId.NODES, "", END);
    } else if (id.equals(TableId.OWNERS)) {
      return all(
          state, TableId.OWNERS, new Owner("", "", "", "", ""), new Owner(END, END, END, END, END));
    } else if (id.equals(TableId.BINDINGS)) {
      return all(state, TableId.BINDINGS, new BindingKey("", ""), new BindingKey(END, END));
    } else if (id.equals(TableId.DRIFTS)) {
      return all(
          state,
          TableId.DRIFTS,
          new DriftKey("", IpAddress.LOWEST, ""),
          new DriftKey(END, IpAddress.HIGHEST, END));
    } else if (id.equals(TableId.FORMER_RULES)) {
      return all(
          state,
          TableId.FORMER_RULES,
          new RuleKey(IpAddress.LOWEST, ""),
          new RuleKey(IpAddress.HIGHEST, END));
    } else if (id.equals(TableId.CARRIED)) {
      return all(state, TableId.CARRIED, CarriedKey.first("", false), CarriedKey.last(END, true));
    } else if (id.equals(TableId.REUSABLE)) {
      return all(state, TableId.REUSABLE, ReusableKey.first(""), ReusableKey.last(END));
    } else if (id.equals(TableId.RESIDENTS)) {
      return all(state, TableId.RESIDENTS, ResidentKey.first(""), ResidentKey.last(END));
    }
    return waitingEntries(state, id);
  }

  private static Map<?, ?> waitingEntries(State state, TableId<?, ?> id) {
    Owner first = new Owner("", "", "", "", "");
    Owner last = new Owner(END, END, END, END, END);
    if (id.equals(TableId.QUOTAS)) {
      return all(state, TableId.QUOTAS, "", END);
    } else if (id.equals(TableId.WAITERS)) {
      return all(state, TableId.WAITERS, 0L, FOREVER);
    } else if (id.equals(TableId.WAITING)) {
      return all(state, TableId.WAITING, WaitingKey.first(""), WaitingKey.last(END));
    } else if (id.equals(TableId.TICKETS)) {
      return all(state, TableId.TICKETS, first, last);
    } else if (id.equals(TableId.TENANT_REUSABLE)) {
      return all(
          state,
          TableId.TENANT_REUSABLE,
          TenantReusableKey.first("", ""),
          TenantReusableKey.first(END, END));
    } else if (id.equals(TableId.LAST_HELD)) {
      return all(state, TableId.LAST_HELD, LastHeldKey.first(first), LastHeldKey.last(last));
    } else if (id.equals(TableId.RUNS)) {
      return all(state, TableId.RUNS, RunKey.first(""), RunKey.last(END));
    } else if (id.equals(TableId.RUN_LENGTHS)) {
      return all(state, TableId.RUN_LENGTHS, RunLengthKey.from("", 0), RunLengthKey.last(END));
    }
    throw new IllegalArgumentException(id.name());
  }

  static Map<IpAddress, Address> addresses(State state) {
    Map<IpAddress, Address> all =
        all(state, TableId.ADDRESSES, IpAddress.LOWEST, IpAddress.HIGHEST);
    // The end of a scan is not part of it.
    Address last = state.addresses().get(IpAddress.HIGHEST);
    if (last != null) {
      all.put(IpAddress.HIGHEST, last);
    }
    return all;
  }

  private static <K extends Comparable<K>, V> Map<K, V> all(
      State state, TableId<K, V> id, K from, K to) {
    Map<K, V> all = new TreeMap<>();
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

  private static void indexes(State state, Map<IpAddress, Address> addresses) {
    Set<CarriedKey> carried = new TreeSet<>();
    Set<ReusableKey> reusable = new TreeSet<>();
    Set<ResidentKey> residents = new TreeSet<>();
    Map<Owner, Set<IpAddress>> owners = new TreeMap<>();
    addresses.forEach((ip, address) -> {
      for (Carriage c : address.carriages()) {
        carried.add(new CarriedKey(c.gateway(), c.wanted(), ip, ""));
      }
      boolean resting = address.phase() == Phase.COOLING_DOWN || address.phase() == Phase.FREE;
      if (resting && pool(state, address).covers(ip)) {
        reusable.add(new ReusableKey(address.pool(), address.freeAt(), ip));
      }
      check(
          address.phase() != Phase.FREE || pool(state, address).covers(ip),
          "9 pools",
          ip + " is free outside");
      Tenancy tenancy = address.tenancy();
      check(
          (tenancy != null)
              == (address.phase() == Phase.ALLOCATED || address.phase() == Phase.RELEASING),
          "phases",
          ip + " " + address);
      check(
          address.former() == null || address.phase() != Phase.ALLOCATED,
          "phases",
          ip + " has a former holder: " + address);
      check(
          address.carriages().isEmpty() || tenancy != null,
          "phases",
          ip + " is carried: " + address);
      if (tenancy != null && address.phase() == Phase.ALLOCATED) {
        owners.computeIfAbsent(tenancy.owner(), o -> new TreeSet<>()).add(ip);
        if (tenancy.node() != null) {
          residents.add(new ResidentKey(tenancy.node().node(), ip));
        }
      }
    });
    all(
            state,
            TableId.RULES,
            new RuleKey(IpAddress.LOWEST, ""),
            new RuleKey(IpAddress.HIGHEST, END))
        .forEach((key, rule) -> {
          Carriage c = rule.carriage();
          if (c != null) {
            carried.add(new CarriedKey(c.gateway(), c.wanted(), key.ip(), key.rule()));
          }
        });
    check(carried.equals(entries(state, TableId.CARRIED).keySet()), "index", "carried");
    check(
        reusable.equals(entries(state, TableId.REUSABLE).keySet()),
        "index",
        "reusable " + reusable + " but " + entries(state, TableId.REUSABLE).keySet());
    check(residents.equals(entries(state, TableId.RESIDENTS).keySet()), "index", "residents");
    Map<Owner, Set<IpAddress>> held = new TreeMap<>();
    all(state, TableId.OWNERS, new Owner("", "", "", "", ""), new Owner(END, END, END, END, END))
        .forEach((owner, holding) -> held.put(owner, new TreeSet<>(holding.addresses())));
    check(owners.equals(held), "index", "owners " + owners + " but " + held);
  }

  private static void rules(State state, Map<IpAddress, Address> addresses) {
    Map<IpAddress, Integer> left = new TreeMap<>();
    Map<IpAddress, Integer> live = new TreeMap<>();
    Set<BindingKey> bindings = new TreeSet<>();
    all(
            state,
            TableId.RULES,
            new RuleKey(IpAddress.LOWEST, ""),
            new RuleKey(IpAddress.HIGHEST, END))
        .forEach((key, rule) -> {
          left.merge(key.ip(), 1, Integer::sum);
          live.merge(key.ip(), rule.wanted() ? 1 : 0, Integer::sum);
          bind(state, key, rule.spec(), bindings);
          rule.previous().forEach(spec -> bind(state, key, spec, bindings));
          check(
              rule.carriage() == null || rule.carriage().wanted() == rule.wanted(),
              "rules",
              key + " " + rule);
          Address address = addresses.get(key.ip());
          check(
              address != null && address.tenure() == rule.tenure(),
              "rules",
              key + " of " + address);
        });
    all(
            state,
            TableId.FORMER_RULES,
            new RuleKey(IpAddress.LOWEST, ""),
            new RuleKey(IpAddress.HIGHEST, END))
        .forEach((key, rule) -> {
          Address address = addresses.get(key.ip());
          check(
              address != null && address.former() != null, "former rules", key + " of " + address);
        });
    check(bindings.equals(entries(state, TableId.BINDINGS).keySet()), "index", "bindings");
    addresses.forEach((ip, address) -> {
      check(address.rulesLeft() == left.getOrDefault(ip, 0), "rules", "left of " + ip);
      Tenancy tenancy = address.tenancy();
      check(
          tenancy == null || tenancy.liveRules() == live.getOrDefault(ip, 0),
          "rules",
          "live of " + ip);
    });
  }

  private static void bind(State state, RuleKey key, RuleSpec spec, Set<BindingKey> bindings) {
    String inside = spec.exclusive();
    if (inside != null) {
      BindingKey binding = new BindingKey(spec.vpc(), inside);
      check(key.equals(state.bindings().get(binding)), "one internal side", binding + " of " + key);
      bindings.add(binding);
    }
  }

  private static void counters(State state, Map<IpAddress, Address> addresses) {
    check(
        entries(state, TableId.POOL_USE).keySet().equals(entries(state, TableId.POOLS).keySet()),
        "10 counters",
        "of a pool that is not there");
    all(state, TableId.POOLS, "", END)
        .forEach((name, pool) -> {
          PoolUse use = state.poolUse().get(name);
          check(use != null, "10 counters", name);
          if (use == null) {
            return;
          }
          long retained = 0;
          Map<Phase, Long> count = new EnumMap<>(Phase.class);
          long free = 0;
          for (Map.Entry<IpAddress, Address> entry : addresses.entrySet()) {
            if (entry.getValue().pool().equals(name)) {
              count.merge(entry.getValue().phase(), 1L, Long::sum);
              boolean covered = pool.covers(entry.getKey());
              retained += covered ? 0 : 1;
            }
          }
          check(
              use.allocated() == count.getOrDefault(Phase.ALLOCATED, 0L),
              "10 counters",
              name + " " + use);
          check(
              use.releasing() == count.getOrDefault(Phase.RELEASING, 0L),
              "10 counters",
              name + " " + use);
          check(
              use.coolingDown() == count.getOrDefault(Phase.COOLING_DOWN, 0L),
              "10 counters",
              name + " " + use);
          check(
              use.quarantined() == count.getOrDefault(Phase.QUARANTINED, 0L),
              "10 counters",
              name + " " + use);
          check(
              use.reserved() == count.getOrDefault(Phase.RESERVED, 0L),
              "10 counters",
              name + " " + use);
          check(
              use.retained() == retained,
              "10 counters",
              name + " " + use + " retained " + retained);
          check(use.free(pool.allocatable().size()).signum() >= 0, "10 counters", name + " " + use);
          if (pool.allocatable().size().compareTo(BigInteger.valueOf(300)) <= 0) {
            for (IpRange range : pool.allocatable().ranges()) {
              for (IpAddress ip : addresses(range)) {
                Address address = addresses.get(ip);
                free += address == null || address.phase() == Phase.FREE ? 1 : 0;
                IpAddress cursor = use.cursor();
                boolean passed =
                    !pool.fresh().contains(ip) || cursor == null || ip.compareTo(cursor) < 0;
                check(address != null || !passed, "cursor", ip + " is never found again");
              }
            }
            check(
                use.free(pool.allocatable().size()).equals(BigInteger.valueOf(free)),
                "10 counters",
                name + " has " + free + " free, " + use);
          }
          IpAddress cursor = use.cursor();
          check(
              cursor == null || (pool.fresh().contains(cursor) && addresses.get(cursor) == null),
              "cursor",
              name + " " + use);
        });
  }

  private static Set<String> cooldowns(Map<IpAddress, Address> addresses) {
    Set<String> due = new TreeSet<>();
    addresses.forEach((ip, address) -> {
      if (address.phase() == Phase.COOLING_DOWN) {
        due.add(address.freeAt() + " " + ip);
      }
    });
    return due;
  }

  private static Set<String> tenantsCooldowns(Map<IpAddress, Address> addresses) {
    Set<String> due = new TreeSet<>();
    addresses.forEach((ip, address) -> {
      if (address.phase() == Phase.COOLING_DOWN && address.tenantFreeAt() != 0) {
        due.add(address.tenantFreeAt() + " " + ip);
      }
    });
    return due;
  }

  private static Set<String> cooldownTimers(State state) {
    Set<String> found = new TreeSet<>();
    timers(state, TimerKind.COOLDOWN).forEach(t -> found.add(t.due() + " " + t.subject()));
    return found;
  }

  private static void timers(State state, Map<IpAddress, Address> addresses) {
    Set<String> expected = cooldowns(addresses);
    Set<String> found = cooldownTimers(state);
    check(found.containsAll(expected), "timers", "cool-down " + expected + " but " + found);
    expected.addAll(tenantsCooldowns(addresses));
    check(expected.containsAll(found), "timers", "cool-down " + expected + " but " + found);
    Set<String> fences = new TreeSet<>();
    timers(state, TimerKind.FENCE).forEach(t -> fences.add(t.subject() + " " + t.detail()));
    all(state, TableId.GATEWAYS, "", END)
        .forEach((name, gateway) -> {
          long last = 0;
          for (GatewayInstance instance : gateway.unfenced()) {
            check(instance.epoch() > last, "epochs grow", name + " " + gateway);
            last = instance.epoch();
            check(
                fences.contains(name + " " + instance.epoch()),
                "timers",
                "none fences " + name + " epoch " + instance.epoch());
          }
          check(gateway.node() == null || last < gateway.epoch(), "epochs grow", name);
        });
  }

  static List<TimerKey> timers(State state, TimerKind kind) {
    List<TimerKey> found = new ArrayList<>();
    state
        .timers()
        .scan(
            TimerKey.FIRST,
            TimerKey.after(FOREVER - 1),
            (key, mark) -> {
              if (key.kind() == kind) {
                found.add(key);
              }
              return true;
            });
    return found;
  }

  private static Pool pool(State state, Address address) {
    Pool pool = state.pools().get(address.pool());
    if (pool == null) {
      throw new IllegalStateException("no pool of " + address);
    }
    return pool;
  }

  /** In the words of {@link Oracle#summary()}. */
  private static Map<IpAddress, String> summary(State state, Map<IpAddress, Address> addresses) {
    Map<IpAddress, String> lines = new TreeMap<>();
    addresses.forEach((ip, address) -> {
      if (address.phase() == Phase.FREE) {
        return;
      }
      StringBuilder line = new StringBuilder();
      line.append(
          switch (address.phase()) {
            case ALLOCATED -> "HELD";
            case RELEASING -> "LEAVING";
            case COOLING_DOWN -> "RESTING";
            case QUARANTINED -> "QUARANTINED";
            case RESERVED -> "RESERVED";
            case FREE -> "FREE";
          });
      Tenancy tenancy = address.tenancy();
      String on = tenancy == null || address.phase() != Phase.ALLOCATED ? null : tenancy.gateway();
      line.append('#').append(address.tenure()).append(" on ").append(on);
      line.append(on != null && ready(state, address.on(on)) ? " ready" : " not ready");
      line.append(
          tenancy == null || address.phase() != Phase.ALLOCATED
              ? ""
              : LifeAudit.terms(tenancy.terms()));
      all(state, TableId.RULES, new RuleKey(ip, ""), new RuleKey(ip, END))
          .forEach((key, rule) -> line.append(' ').append(key.rule()).append(mark(state, rule)));
      lines.put(ip, line.toString());
    });
    return lines;
  }

  private static String mark(State state, Rule rule) {
    return !rule.wanted() ? "x" : ready(state, rule.carriage()) ? "+" : "-";
  }

  static boolean ready(State state, @Nullable Carriage carriage) {
    Gateway gateway = carriage == null ? null : state.gateways().get(carriage.gateway());
    return carriage != null && gateway != null && carriage.readyAt(gateway.epoch());
  }

  private static List<IpAddress> addresses(IpRange range) {
    List<IpAddress> all = new ArrayList<>();
    for (IpAddress ip = range.first(); !ip.equals(range.last()); ip = ip.next()) {
      all.add(ip);
    }
    all.add(range.last());
    return all;
  }
}
