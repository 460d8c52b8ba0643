package io.holdfast.domain.script;

import static io.holdfast.domain.oracle.Violation.check;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Former;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpRange;
import io.holdfast.domain.state.LastHeldKey;
import io.holdfast.domain.state.RunKey;
import io.holdfast.domain.state.RunLengthKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import io.holdfast.domain.state.TenantReusableKey;
import io.holdfast.domain.state.WaitingKey;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What can be handed out is found, and nothing else; quotas count; who waits is found. */
final class FreeAudit {
  private FreeAudit() {}

  static void audit(State state, Map<IpAddress, Address> addresses) {
    Map<String, Pool> pools = new TreeMap<>();
    StateAudit.entries(state, TableId.POOLS)
        .forEach((name, pool) -> pools.put((String) name, (Pool) pool));
    runs(state, pools, addresses);
    Set<LastHeldKey> lastHeld = new TreeSet<>();
    Set<TenantReusableKey> early = new TreeSet<>();
    Map<String, Long> used = new TreeMap<>();
    addresses.forEach((ip, a) -> {
      Pool pool = pools.get(a.pool());
      boolean isOffered = pool != null && pool.covers(ip);
      Former former = a.former();
      if (isOffered && former != null && a.phase() == Phase.FREE) {
        lastHeld.add(new LastHeldKey(former.owner(), ip));
      }
      if (isOffered && former != null && a.tenantFreeAt() > 0) {
        check(a.phase() == Phase.COOLING_DOWN, "phases", ip + " " + a);
        early.add(new TenantReusableKey(a.pool(), former.owner().tenant(), a.tenantFreeAt(), ip));
      }
      String tenant =
          switch (a.phase()) {
            case ALLOCATED, RELEASING -> a.tenancy() == null ? null : a.tenancy().owner().tenant();
            case COOLING_DOWN -> former == null ? null : former.owner().tenant();
            case FREE, QUARANTINED, RESERVED -> null;
          };
      if (tenant != null) {
        used.merge(tenant, 1L, Long::sum);
      }
    });
    same("last-held", lastHeld, StateAudit.entries(state, TableId.LAST_HELD).keySet());
    same("tenant-reusable", early, StateAudit.entries(state, TableId.TENANT_REUSABLE).keySet());
    StateAudit.entries(state, TableId.QUOTAS)
        .forEach((tenant, quota) ->
            check(
                ((Quota) quota).used() == used.getOrDefault((String) tenant, 0L),
                "quotas",
                tenant + " has " + used + ": " + quota));
    waiting(state, pools);
  }

  private static void runs(State state, Map<String, Pool> pools, Map<IpAddress, Address> all) {
    Set<String> expected = new TreeSet<>();
    pools.forEach((name, pool) -> {
      if (!pool.spec().policy().keepsRuns()) {
        return;
      }
      for (IpRange range : pool.allocatable().ranges()) {
        IpAddress first = null;
        for (IpAddress ip = range.first(); ; ip = ip.next()) {
          Address address = all.get(ip);
          boolean isFree = address == null || address.phase() == Phase.FREE;
          first = isFree && first == null ? ip : first;
          boolean isEnd = ip.equals(range.last());
          if (first != null && (!isFree || isEnd)) {
            expected.add(name + " " + first + " to " + (isFree ? ip : ip.previous()));
            first = null;
          }
          if (isEnd) {
            break;
          }
        }
      }
    });
    Set<String> found = new TreeSet<>();
    Set<RunLengthKey> lengths = new TreeSet<>();
    StateAudit.entries(state, TableId.RUNS)
        .forEach((key, first) -> {
          RunKey run = (RunKey) key;
          IpAddress from = (IpAddress) first;
          found.add(run.pool() + " " + from + " to " + run.last());
          long length = new IpRange(from, run.last()).size().longValueExact();
          lengths.add(new RunLengthKey(run.pool(), length, from));
        });
    same("runs", expected, found);
    same("run-lengths", lengths, StateAudit.entries(state, TableId.RUN_LENGTHS).keySet());
  }

  private static void waiting(State state, Map<String, Pool> pools) {
    Set<WaitingKey> waiting = new TreeSet<>();
    Map<Owner, Long> tickets = new TreeMap<>();
    StateAudit.entries(state, TableId.WAITERS)
        .forEach((ticket, value) -> {
          Waiter waiter = (Waiter) value;
          tickets.put(waiter.request().owner(), (Long) ticket);
          pools.forEach((name, pool) -> {
            if (waiter.request().accepts(name, pool.spec())) {
              waiting.add(new WaitingKey(name, (Long) ticket));
            }
          });
        });
    same("waiting", waiting, StateAudit.entries(state, TableId.WAITING).keySet());
    check(
        tickets.equals(StateAudit.entries(state, TableId.TICKETS)), "index", "tickets " + tickets);
  }

  private static void same(String what, Set<?> expected, Set<?> found) {
    check(expected.equals(found), "index", what + " " + expected + " but " + found);
  }
}
