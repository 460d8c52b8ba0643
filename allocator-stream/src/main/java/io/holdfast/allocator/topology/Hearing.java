package io.holdfast.allocator.topology;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Since when the commands of a partition are heard without delay. What was sent before may still
 * wait, though it was sent in time; a lease does not end over its renewal.
 *
 * <p>It counts on a clock that nobody sets. That one may stand still while the machine sleeps: a
 * pause on either clock is one.
 */
final class Hearing {
  /** So long nothing is delayed: the partition's thread comes round many times a second. */
  private static final Duration NO_DELAY = Duration.ofSeconds(3);

  private final LongSupplier nanoTime;
  private long from;
  private long lastNanos;
  private long lastWall;

  /**
   * @param nanoTime counts nanoseconds, whatever is done to the machine's clock
   * @param wall the machine's clock, epoch milliseconds; so in all methods
   */
  Hearing(LongSupplier nanoTime, long wall) {
    this.nanoTime = nanoTime;
    begins(wall);
  }

  /** Nobody was listened to before. */
  void begins(long wall) {
    long now = nanoTime.getAsLong();
    from = now;
    lastNanos = now;
    lastWall = wall;
  }

  /** The partition's thread is at work: after a pause, hearing begins anew. */
  void goesOn(long wall) {
    long now = nanoTime.getAsLong();
    if (now - lastNanos > NO_DELAY.toNanos() || wall - lastWall > NO_DELAY.toMillis()) {
      begins(wall);
    }
    lastNanos = now;
    lastWall = wall;
  }

  /**
   * A command is worked off: if it had to wait, what was sent after it may have to, too.
   *
   * @param appended when the broker got it, epoch milliseconds
   */
  void heard(long appended, long wall) {
    if (wall - appended > NO_DELAY.toMillis()) {
      from = nanoTime.getAsLong();
    }
  }

  /**
   * Since when, in the time of a network.
   *
   * @param time the network's time now, epoch milliseconds
   */
  long from(long time) {
    return time - TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - from);
  }
}
