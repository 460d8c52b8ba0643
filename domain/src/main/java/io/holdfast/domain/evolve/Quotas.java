package io.holdfast.domain.evolve;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Former;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a tenant has of a network. It is counted only for tenants that have a limit. */
final class Quotas {

  private Quotas() {}

  static void set(State state, Event.QuotaSet e) {
    Long limit = e.limit();
    if (limit == null) {
      state.quotas().remove(e.tenant());
      return;
    }
    Quota before = state.quotas().get(e.tenant());
    long used = before == null ? count(state, e.tenant()) : before.used();
    state.quotas().put(e.tenant(), new Quota(limit, used));
  }

  static void moved(State state, @Nullable Address before, @Nullable Address after) {
    String from = charged(before);
    String to = charged(after);
    if (!Objects.equals(from, to)) {
      count(state, from, -1);
      count(state, to, 1);
    }
  }

  private static void count(State state, @Nullable String tenant, long delta) {
    Quota quota = tenant == null ? null : state.quotas().get(tenant);
    if (quota != null && tenant != null) {
      state.quotas().put(tenant, quota.count(delta));
    }
  }

  private static long count(State state, String tenant) {
    AtomicLong used = new AtomicLong();
    state
        .addresses()
        .scan(
            IpAddress.LOWEST,
            IpAddress.HIGHEST,
            (ip, address) -> {
              if (tenant.equals(charged(address))) {
                used.incrementAndGet();
              }
              return true;
            });
    return used.get();
  }

  /** On whose quota an address counts now: allocated, releasing and cooling ones do. */
  private static @Nullable String charged(@Nullable Address a) {
    if (a == null) {
      return null;
    }
    if (a.tenancy() != null) {
      return a.tenancy().owner().tenant();
    }
    Former former = a.phase() == Phase.COOLING_DOWN ? a.former() : null;
    return former == null ? null : former.owner().tenant();
  }
}
