package io.holdfast.allocator.topology;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When transactions end. Each costs the brokers a round of markers and a flush, whatever is in it,
 * and nobody sees an answer before. So what has just come is committed soon; under a backlog a
 * record that has waited long waits a little longer, and many share a transaction.
 *
 * <p>A stream thread has one transaction for all its partitions: the pace is kept for each thread
 * that asks.
 */
public final class CommitPace {
  /** What has waited may wait for this part of it once more. */
  private static final int PART = 4;

  private static final Duration LONGEST = Duration.ofMillis(100);

  private final long least;
  private final long most;
  private final LongSupplier nanoTime;
  private final ThreadLocal<Last> last = ThreadLocal.withInitial(Last::new);

  /** When the thread's transaction was ended last. */
  private static final class Last {
    private boolean known;
    private long at;
  }

  /**
   * @param interval the least time between two commits
   * @param nanoTime counts nanoseconds, whatever is done to the machine's clock
   */
  public CommitPace(Duration interval, LongSupplier nanoTime) {
    this.least = interval.toNanos();
    this.most = longest(interval).toNanos();
    this.nanoTime = nanoTime;
  }

  /** The longest time between two commits, for the same interval. */
  public static Duration longest(Duration interval) {
    return interval.compareTo(LONGEST) > 0 ? interval : LONGEST;
  }

  /** The least time between two commits. */
  public Duration interval() {
    return Duration.ofNanos(least);
  }

  /**
   * Whether the transaction is to be ended now. If so, the pause begins anew.
   *
   * @param waitedMs since when what was worked off last had been waiting, by its sender's clock,
   *     milliseconds; a clock that is wrong makes transactions longer or shorter within the limits
   */
  public boolean isTime(long waitedMs) {
    Last of = last.get();
    long now = nanoTime.getAsLong();
    long pause = Math.clamp(waitedMs, 0, Integer.MAX_VALUE) * (1_000_000L / PART);
    if (of.known && now - of.at < Math.clamp(pause, least, most)) {
      return false;
    }
    of.known = true;
    of.at = now;
    return true;
  }
}
