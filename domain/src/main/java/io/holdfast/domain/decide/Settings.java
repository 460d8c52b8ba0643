package io.holdfast.domain.decide;

/**
 * Times the service decides by. They shape decisions only: what was decided stands in the events.
 *
 * @param nodeLostAfterMs without a heartbeat for this long a node is lost, milliseconds
 * @param inventoryDueMs how long after a reboot an owner inventory is overdue, milliseconds
 * @param outcomeKeepMs how long the answer to a command is remembered, milliseconds
 * @param leaseGraceMs so long after the end of a lease, and with commands heard without delay all
 *     that time, nobody can have renewed it in time and not been heard, milliseconds
 */
public record Settings(
    long nodeLostAfterMs, long inventoryDueMs, long outcomeKeepMs, long leaseGraceMs) {
  public static final long LEASE_GRACE_MS = 30_000;

  public static final Settings DEFAULT = new Settings(15_000, 300_000, 3_600_000);

  public Settings(long nodeLostAfterMs, long inventoryDueMs, long outcomeKeepMs) {
    this(nodeLostAfterMs, inventoryDueMs, outcomeKeepMs, LEASE_GRACE_MS);
  }

  /**
   * How long the allocator waits before it believes that an agent without contact has taken
   * everything down: the given time, a tenth of it for clocks that run apart, and two seconds for
   * the taking down itself.
   */
  public static long fenceWaitMs(long fenceAfterMs) {
    return fenceAfterMs + fenceAfterMs / 10 + 2_000;
  }
}
