package io.holdfast.allocator.topology;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A network's time: that of the machine's clock, but it never goes back, and it does not stand
 * still while that clock is behind. After a clock that was wrong once, the network's last event may
 * be far ahead; deadlines go on from there.
 */
final class NetworkClock {
  private final LongSupplier nanoTime;
  private long time;
  private long readAt;

  /**
   * @param nanoTime counts nanoseconds, whatever is done to the machine's clock
   * @param time of the network's last event, epoch milliseconds
   */
  NetworkClock(LongSupplier nanoTime, long time) {
    this.nanoTime = nanoTime;
    this.time = time;
    this.readAt = nanoTime.getAsLong();
  }

  /**
   * The network's time.
   *
   * @param wall the machine's clock, epoch milliseconds
   */
  long read(long wall) {
    long passed = passed();
    atLeast(wall, passed);
    return Math.max(wall, passed);
  }

  /** An event has this time, epoch milliseconds: it is not earlier any more. */
  void atLeast(long event) {
    atLeast(event, passed());
  }

  private long passed() {
    return time + TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - readAt);
  }

  private void atLeast(long least, long passed) {
    if (least > passed) {
      time = least;
      readAt = nanoTime.getAsLong();
    }
  }
}
