package io.holdfast.domain.view;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of a gateway's desired state since an earlier event: what it says now of the
 * addresses that were touched. What it says of all others is as it was. Costs according to what was
 * touched, not to what the gateway carries.
 *
 * @param state as {@link DesiredState#of}, with the items of touched addresses alone
 */
public record DesiredPart(DesiredState state, Set<IpAddress> touched) {
  public DesiredPart {
    touched = Set.copyOf(touched);
  }

  /** Null if there is no such gateway. */
  public static @Nullable DesiredPart of(
      State state, String gateway, String node, Set<IpAddress> touched) {
    DesiredState part = DesiredState.of(state, gateway, node, touched);
    return part == null ? null : new DesiredPart(part, touched);
  }

  /** The whole desired state, made of an earlier one of the same gateway and node and this. */
  public DesiredState appliedTo(DesiredState earlier) {
    return new DesiredState(
        state.gateway(),
        state.node(),
        state.instance(),
        state.epoch(),
        state.revision(),
        state.held(),
        merged(earlier.addresses(), state.addresses(), DesiredState.DesiredAddress::ip),
        merged(earlier.rules(), state.rules(), DesiredState.DesiredRule::ip),
        merged(earlier.waiting(), state.waiting(), DesiredState.Waiting::ip),
        merged(earlier.withdraw(), state.withdraw(), Withdrawal::ip),
        state.fenceAfterMs());
  }

  private <T> List<T> merged(List<T> earlier, List<T> now, Function<T, IpAddress> ip) {
    List<T> all = new ArrayList<>(earlier.size() + now.size());
    for (T item : earlier) {
      if (!touched.contains(ip.apply(item))) {
        all.add(item);
      }
    }
    all.addAll(now);
    return all;
  }

  /**
   * The addresses of which any gateway's desired state may say something else after these events;
   * empty if that may be any address.
   */
  public static Optional<Set<IpAddress>> touched(Iterable<Event> events) {
    Set<IpAddress> touched = new HashSet<>();
    for (Event event : events) {
      switch (touch(event)) {
        case Touch.Nothing _ -> {}
        case Touch.One(IpAddress ip) -> touched.add(ip);
        case Touch.Everything _ -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(touched);
  }

  private sealed interface Touch {
    record Nothing() implements Touch {}

    record One(IpAddress ip) implements Touch {}

    /** A gateway, and with it all it carries, and all that waits for it to let go. */
    record Everything() implements Touch {}
  }

  private static Touch touch(Event event) {
    return switch (event) {
      case Event.EipAllocated e -> new Touch.One(e.ip());
      case Event.EipRebound e -> new Touch.One(e.ip());
      case Event.EipRestored e -> new Touch.One(e.ip());
      case Event.EipAttached e -> new Touch.One(e.ip());
      case Event.EipDetached e -> new Touch.One(e.ip());
      case Event.EipReleaseRequested e -> new Touch.One(e.ip());
      case Event.EipWithdrawn e -> new Touch.One(e.ip());
      case Event.EipCooldownStarted e -> new Touch.One(e.ip());
      case Event.EipFreed e -> new Touch.One(e.ip());
      case Event.EipProgrammed e -> new Touch.One(e.ip());
      case Event.EipUnprogrammed e -> new Touch.One(e.ip());
      case Event.EipCleared e -> new Touch.One(e.ip());
      case Event.FipBound e -> new Touch.One(e.ip());
      case Event.FipUnbound e -> new Touch.One(e.ip());
      case Event.DnatAdded e -> new Touch.One(e.ip());
      case Event.DnatRemoved e -> new Touch.One(e.ip());
      case Event.SnatAdded e -> new Touch.One(e.ip());
      case Event.SnatRemoved e -> new Touch.One(e.ip());
      case Event.RuleProgrammed e -> new Touch.One(e.ip());
      case Event.RuleUnprogrammed e -> new Touch.One(e.ip());
      case Event.RuleCleared e -> new Touch.One(e.ip());
      case Event.RuleWithdrawn e -> new Touch.One(e.ip());
      case Event.OwnerUnknown e -> new Touch.One(e.ip());
      case Event.OwnerAbsent e -> new Touch.One(e.ip());
      case Event.OwnerPresent e -> new Touch.One(e.ip());
      case Event.DriftDetected e -> new Touch.One(e.ip());
      case Event.DriftCleared e -> new Touch.One(e.ip());
      case Event.IpQuarantined e -> new Touch.One(e.ip());
      case Event.EipAdopted e -> new Touch.One(e.ip());
      case Event.EipTransferred e -> new Touch.One(e.ip());
      case Event.IpReserved e -> new Touch.One(e.ip());
      case Event.IpUnreserved e -> new Touch.One(e.ip());
      case Event.LeaseSet _,
          Event.LeaseExpiring _,
          Event.TransferOffered _,
          Event.TransferCancelled _,
          Event.EipTagged _,
          Event.ConflictDetected _,
          Event.ConflictCleared _ ->
          new Touch.Nothing();
      case Event.PoolDefined _,
          Event.PoolResized _,
          Event.PoolChanged _,
          Event.QuotaSet _,
          Event.AllocationQueued _,
          Event.AllocationDequeued _,
          Event.PoolRemoved _,
          Event.OwnerInventoryTaken _,
          Event.OwnerInventoryOverdue _,
          Event.ProbeFailed _,
          Event.ProbeRecovered _ ->
          new Touch.Nothing();
      case Event.GatewayDefined _,
          Event.GatewayPlaced _,
          Event.GatewayInstanceStarted _,
          Event.GatewayRescheduled _,
          Event.GatewayInstanceFenced _,
          Event.GatewayRetiring _,
          Event.GatewayRetired _,
          Event.NodeRegistered _,
          Event.NodeLost _,
          Event.NodeReturned _,
          Event.NodeFenced _ ->
          new Touch.Everything();
    };
  }
}
