package io.holdfast.domain.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A NAT gateway.
 *
 * @param retiring it takes nothing new and holds nothing; gone once its last instance is fenced
 * @param node where the current instance runs; null once retiring or retired
 * @param instance what the current instance called itself at its start; null until it has
 * @param epoch of the current instance; strictly increasing, never reused, not even after the
 *     gateway was retired
 * @param revision sequence number of the last event that changed what the gateway is to carry
 * @param placedAt epoch milliseconds of the last placement
 * @param leaseMs the longest {@code fenceAfterMs} that the current instance may have been told: a
 *     shorter one that an operator sets later may not have reached it
 * @param unfenced earlier instances that may still carry addresses, oldest first
 * @param formerInstances names of instances that ended, the last 16: what still arrives from them
 *     is late
 * @param probe null: no probe has failed since the last success
 * @param longerLease a longer lease that nodes may still live by; null: there is none. It follows
 *     from the log, and is not part of the digest: logs that are older than it keep theirs
 * @param uptimeMs the node's uptime when the current instance began, milliseconds; 0: it has not
 *     said
 */
public record Gateway(
    GatewaySpec spec,
    boolean retiring,
    @Nullable String node,
    @Nullable String instance,
    long epoch,
    long revision,
    long placedAt,
    long leaseMs,
    List<GatewayInstance> unfenced,
    List<String> formerInstances,
    @Nullable Probe probe,
    @Nullable LongerLease longerLease,
    long uptimeMs)
    implements Fingerprint.Entry {
  private static final int FORMER_INSTANCES = 16;

  public Gateway {
    unfenced = List.copyOf(unfenced);
    formerInstances = List.copyOf(formerInstances);
  }

  public static Gateway defined(GatewaySpec spec, long revision) {
    return new Gateway(
        spec,
        false,
        null,
        null,
        0,
        revision,
        0,
        spec.fenceAfterMs(),
        List.of(),
        List.of(),
        null,
        null,
        0);
  }

  /** In service again after it was retired: its epochs go on. */
  public Gateway redefined(GatewaySpec changed, long newRevision, long now) {
    return new Gateway(
        changed,
        false,
        null,
        null,
        epoch,
        newRevision,
        placedAt,
        changed.fenceAfterMs(),
        unfenced,
        formerInstances,
        null,
        longerThan(changed, now),
        0);
  }

  /** Taken out of service and gone; kept for its epoch. */
  public boolean isRetired() {
    return retiring && node == null && unfenced.isEmpty();
  }

  /** Whether the current instance may be given addresses now. */
  public boolean isActive() {
    return node != null
        && !retiring
        && (unfenced.isEmpty() || spec.failover() == Failover.TAKEOVER);
  }

  public boolean isOn(String someNode) {
    return someNode.equals(node);
  }

  /** Whether an earlier instance that is not fenced is one of those. */
  public boolean anyUnfenced(Predicate<GatewayInstance> those) {
    for (GatewayInstance i : unfenced) {
      if (those.test(i)) {
        return true;
      }
    }
    return false;
  }

  public @Nullable GatewayInstance unfenced(long someEpoch) {
    for (GatewayInstance i : unfenced) {
      if (i.epoch() == someEpoch) {
        return i;
      }
    }
    return null;
  }

  /** Instances that are not fenced yet may get to know of a longer lease, too, and live by it. */
  public Gateway with(GatewaySpec changed, long newRevision, long now) {
    return new Gateway(
        changed,
        retiring,
        node,
        instance,
        epoch,
        newRevision,
        placedAt,
        Math.max(leaseMs, changed.fenceAfterMs()),
        unfenced.stream().map(i -> i.toldOf(changed.fenceAfterMs())).toList(),
        formerInstances,
        probe,
        longerThan(changed, now),
        uptimeMs);
  }

  /** A lease that is longer than the one that is set now, and may still be lived by. */
  private @Nullable LongerLease longerThan(GatewaySpec changed, long now) {
    LongerLease known = longerLease == null || longerLease.until() <= now ? null : longerLease;
    if (leaseMs > changed.fenceAfterMs() && (known == null || leaseMs >= known.leaseMs())) {
      return LongerLease.from(leaseMs, now);
    }
    return known;
  }

  /**
   * The longest lease that an instance may live by which is placed now: that of the definition, or
   * a longer one of before, under which the node's kernel may still answer.
   */
  public long leaseOfNext(long now) {
    return longerLease == null || longerLease.until() <= now
        ? spec.fenceAfterMs()
        : Math.max(spec.fenceAfterMs(), longerLease.leaseMs());
  }

  public Gateway at(long newRevision) {
    return new Gateway(
        spec,
        retiring,
        node,
        instance,
        epoch,
        newRevision,
        placedAt,
        leaseMs,
        unfenced,
        formerInstances,
        probe,
        longerLease,
        uptimeMs);
  }

  public Gateway startedAs(String name, long uptime) {
    return new Gateway(
        spec,
        retiring,
        node,
        name,
        epoch,
        revision,
        placedAt,
        leaseMs,
        unfenced,
        formerInstances,
        probe,
        longerLease,
        uptime);
  }

  /**
   * @param lease as leaseMs; 0: that of the definition
   */
  public Gateway placed(
      @Nullable String onNode, long newEpoch, long newRevision, long now, long lease) {
    List<String> former = new ArrayList<>(formerInstances);
    if (instance != null) {
      former.remove(instance);
      former.add(instance);
    }
    if (former.size() > FORMER_INSTANCES) {
      former.removeFirst();
    }
    return new Gateway(
        spec,
        retiring,
        onNode,
        null,
        newEpoch,
        newRevision,
        now,
        lease == 0 ? spec.fenceAfterMs() : lease,
        unfenced,
        former,
        null,
        longerLease,
        0);
  }

  /** Out of service: it has no current instance, only ones that are told to hold nothing. */
  public Gateway retiring(long newRevision, long now) {
    Gateway unplaced = placed(null, epoch, newRevision, now, 0);
    return new Gateway(
        spec,
        true,
        null,
        null,
        epoch,
        newRevision,
        now,
        leaseMs,
        unfenced,
        unplaced.formerInstances,
        null,
        longerLease,
        0);
  }

  public Gateway unfenced(List<GatewayInstance> left) {
    return new Gateway(
        spec,
        retiring,
        node,
        instance,
        epoch,
        revision,
        placedAt,
        leaseMs,
        left,
        formerInstances,
        probe,
        longerLease,
        uptimeMs);
  }

  public Gateway probed(@Nullable Probe now) {
    return new Gateway(
        spec,
        retiring,
        node,
        instance,
        epoch,
        revision,
        placedAt,
        leaseMs,
        unfenced,
        formerInstances,
        now,
        longerLease,
        uptimeMs);
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(spec).add(retiring).add(node).add(instance).add(epoch).add(revision).add(placedAt);
    f.add(leaseMs).addAll(unfenced);
    formerInstances.forEach(f::add);
    f.add(formerInstances.size()).add(probe);
    if (uptimeMs != 0) {
      f.add("uptime").add(uptimeMs);
    }
  }
}
