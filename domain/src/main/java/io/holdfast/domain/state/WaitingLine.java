package io.holdfast.domain.state;

import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** Who waits for addresses of which pools, in which order, and who holds up whom. */
public final class WaitingLine {
  private WaitingLine() {}

  /** The waiting request with this ticket, which there must be. */
  public static Waiter waiter(State state, long ticket) {
    Waiter waiter = state.waiters().get(ticket);
    if (waiter == null) {
      throw new IllegalStateException("ticket " + ticket + " has no record");
    }
    return waiter;
  }

  /** The pools that may serve a request, by name. */
  public static List<String> pools(State state, EipRequest request) {
    List<String> pools = new ArrayList<>();
    state
        .pools()
        .scan(
            "",
            TableId.LAST_NAME,
            (name, pool) -> {
              if (request.accepts(name, pool.spec())) {
                pools.add(name);
              }
              return true;
            });
    return pools;
  }

  /** The timer that has a waiter looked at. */
  public static TimerKey look(long ticket, long due) {
    return new TimerKey(due, TimerKind.WAIT, Long.toString(ticket), "");
  }

  /** Visits the tickets of a tenant's owners who wait, by owner. */
  public static void ofTenant(State state, String tenant, LongConsumer visitor) {
    state
        .tickets()
        .scan(
            new Owner(tenant, "", "", "", ""),
            new Owner(tenant + "\u0000", "", "", "", ""),
            (owner, ticket) -> {
              visitor.accept(ticket);
              return true;
            });
  }

  /** Where a ticket stands among those that wait for one of its pools. */
  public static Place place(State state, long ticket) {
    Waiter waiter = waiter(state, ticket);
    Set<Long> before = new HashSet<>();
    for (String pool : pools(state, waiter.request())) {
      state
          .waiting()
          .scan(
              WaitingKey.first(pool),
              new WaitingKey(pool, ticket),
              (key, mark) -> {
                before.add(key.ticket());
                return true;
              });
    }
    return new Place(ticket, before.size() + 1, waiter.deadline());
  }

  /**
   * Whether somebody who came before {@code ticket} is to get the next addresses of the pool. Whom
   * only a certain address or a whole block can help does not hold up others, nor does who lacks
   * more than its tenant's quota leaves or whose node is off.
   */
  public static boolean isPromised(State state, String pool, long ticket) {
    return isBefore(state, pool, ticket, WaitingLine::holdsUp);
  }

  /**
   * Whether somebody who came before {@code ticket} waits for exactly this address and has not been
   * looked at since it came free.
   */
  public static boolean isPromised(State state, String pool, IpAddress ip, long ticket) {
    return isBefore(state, pool, ticket, request -> ip.equals(request.ip()));
  }

  private static boolean isBefore(
      State state, String pool, long ticket, Predicate<EipRequest> those) {
    boolean[] found = {false};
    state
        .waiting()
        .scan(
            WaitingKey.first(pool),
            new WaitingKey(pool, ticket),
            (key, mark) -> {
              EipRequest request = waiter(state, key.ticket()).request();
              found[0] = those.test(request) && canHave(state, request);
              return !found[0];
            });
    return found[0];
  }

  private static boolean canHave(State state, EipRequest request) {
    Quota quota = state.quotas().get(request.owner().tenant());
    return !isOff(state, request) && (quota == null || quota.allows(Held.missing(state, request)));
  }

  /** Whether those behind it have to wait while it is not served. */
  public static boolean holdsUp(EipRequest request) {
    return request.ip() == null && !request.contiguous();
  }

  /** Who lives on a node that is off must not be bound to its last boot: it is passed over. */
  public static boolean isOff(State state, EipRequest request) {
    Node node = request.node() == null ? null : state.nodes().get(request.node());
    return node != null && !node.up();
  }
}
