package io.holdfast.projector.whatif;

import io.holdfast.domain.command.BundleItem;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.PoolSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of commands and events in a network without gateways, nodes, rules and leases: those
 * only decide when a tenure ends and when its address is gone, and that is taken from the record.
 */
final class Bare {
  private Bare() {}

  /** Null: nothing is. */
  static @Nullable Event event(Event event) {
    return switch (event) {
      case Event.PoolDefined e -> new Event.PoolDefined(e.pool(), spec(e.spec()));
      case Event.PoolResized e -> new Event.PoolResized(e.pool(), spec(e.spec()));
      case Event.PoolChanged e -> new Event.PoolChanged(e.pool(), spec(e.spec()));
      case Event.AllocationQueued e ->
          new Event.AllocationQueued(request(e.request()), e.commandId(), e.deadline());
      case Event.EipAllocated e ->
          new Event.EipAllocated(
              e.ip(), e.tenure(), e.pool(), e.owner(), null, e.choice(), 0, 0, e.tags());
      case Event.EipRestored e ->
          new Event.EipRestored(e.ip(), e.tenure(), e.pool(), e.owner(), null, e.restores(), 0, 0);
      case Event.EipAdopted e ->
          new Event.EipAdopted(e.ip(), e.tenure(), e.pool(), e.owner(), null, 0, 0, e.tags());
      case Event.EipReleaseRequested e ->
          new Event.EipReleaseRequested(
              e.ip(), e.tenure(), e.cause(), null, 0, 0, e.evidence(), e.owner());
      case Event.PoolRemoved _,
          Event.QuotaSet _,
          Event.AllocationDequeued _,
          Event.EipTransferred _,
          Event.EipCooldownStarted _,
          Event.EipFreed _,
          Event.IpQuarantined _,
          Event.IpReserved _,
          Event.IpUnreserved _ ->
          event;
      default -> null;
    };
  }

  /** An AllocateEip or AllocateBundle. */
  static Command wish(Command wish) {
    return switch (wish) {
      case Command.AllocateEip c ->
          new Command.AllocateEip(request(c.request()), c.onExhausted(), c.waitMs());
      case Command.AllocateBundle c ->
          new Command.AllocateBundle(
              c.items().stream()
                  .map(i -> new BundleItem(request(i.request()), List.of()))
                  .toList());
      default -> throw new IllegalArgumentException(wish.toString());
    };
  }

  private static EipRequest request(EipRequest r) {
    return new EipRequest(
        r.pools(),
        r.labels(),
        r.owner(),
        r.ip(),
        r.family(),
        r.count(),
        r.contiguous(),
        null,
        null,
        null,
        r.tags());
  }

  private static PoolSpec spec(PoolSpec s) {
    return new PoolSpec(
        s.family(),
        s.ranges(),
        s.exclusions(),
        s.subnet(),
        s.gatewayAddress(),
        s.cooldownMs(),
        s.labels(),
        s.ownerCheck(),
        s.policy(),
        s.crossTenantCooldownMs(),
        s.priority(),
        s.optIn(),
        0,
        s.probationMs());
  }
}
