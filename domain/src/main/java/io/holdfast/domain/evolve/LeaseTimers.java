package io.holdfast.domain.evolve;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the timers of leases in step with them. */
final class LeaseTimers {
  private LeaseTimers() {}

  static void follow(State state, IpAddress ip, @Nullable Address before, Address after) {
    Tenancy old = leased(before);
    Tenancy now = leased(after);
    if (old != null || now != null) {
      replace(state, warning(ip, old), warning(ip, now));
      replace(state, end(ip, old), end(ip, now));
    }
  }

  private static void replace(State state, @Nullable TimerKey old, @Nullable TimerKey now) {
    if (Objects.equals(old, now)) {
      return;
    }
    if (old != null) {
      state.timers().remove(old);
    }
    if (now != null) {
      state.timers().put(now, Mark.SET);
    }
  }

  private static @Nullable Tenancy leased(@Nullable Address a) {
    return a != null
            && a.phase() == Phase.ALLOCATED
            && a.tenancy() != null
            && a.tenancy().terms().lease() != null
        ? a.tenancy()
        : null;
  }

  private static @Nullable TimerKey warning(IpAddress ip, @Nullable Tenancy t) {
    Lease lease = t == null ? null : t.terms().lease();
    return t == null || lease == null || lease.warnAt() == 0
        ? null
        : timer(lease.warnAt(), TimerKind.LEASE_WARNING, ip, t);
  }

  private static @Nullable TimerKey end(IpAddress ip, @Nullable Tenancy t) {
    Lease lease = t == null ? null : t.terms().lease();
    return t == null || lease == null ? null : timer(lease.expiresAt(), TimerKind.LEASE_END, ip, t);
  }

  private static TimerKey timer(long due, TimerKind kind, IpAddress ip, Tenancy t) {
    return new TimerKey(due, kind, ip.toString(), Long.toString(t.tenure()));
  }
}
