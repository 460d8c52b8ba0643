package io.holdfast.domain.model;

import io.holdfast.domain.net.IpAddress;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * How a pool is used now. Kept apart from its definition because every allocation writes it.
 *
 * @param retained records counted here whose address the pool no longer covers
 * @param cursor where to look next for a never-used address; null when there is none left
 */
public record PoolUse(
    long allocated,
    long releasing,
    long coolingDown,
    long quarantined,
    long retained,
    @Nullable IpAddress cursor,
    long reserved)
    implements Fingerprint.Entry {

  public static PoolUse startingAt(@Nullable IpAddress cursor) {
    return new PoolUse(0, 0, 0, 0, 0, cursor, 0);
  }

  /**
   * This, with {@code delta} added to the counter of a phase. Free addresses are not counted: they
   * are the rest.
   */
  public PoolUse count(Phase phase, long delta) {
    return new PoolUse(
        allocated + (phase == Phase.ALLOCATED ? delta : 0),
        releasing + (phase == Phase.RELEASING ? delta : 0),
        coolingDown + (phase == Phase.COOLING_DOWN ? delta : 0),
        quarantined + (phase == Phase.QUARANTINED ? delta : 0),
        retained,
        cursor,
        reserved + (phase == Phase.RESERVED ? delta : 0));
  }

  public PoolUse countRetained(long delta) {
    return new PoolUse(
        allocated, releasing, coolingDown, quarantined, retained + delta, cursor, reserved);
  }

  public PoolUse withCursor(@Nullable IpAddress next) {
    return new PoolUse(allocated, releasing, coolingDown, quarantined, retained, next, reserved);
  }

  /** Addresses that are not free. */
  public long used() {
    return allocated + releasing + coolingDown + quarantined + reserved;
  }

  /** Free addresses of a pool of this size: exact. */
  public BigInteger free(BigInteger size) {
    return size.subtract(BigInteger.valueOf(used() - retained));
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(allocated).add(releasing).add(coolingDown).add(quarantined).add(retained).add(cursor);
    if (reserved != 0) {
      f.add("reserved").add(reserved);
    }
  }
}
