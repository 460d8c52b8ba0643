package io.holdfast.allocator.topology;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When transactions end. Each costs the brokers a round of markers and a flush, whatever is in it,
 * and nobody sees an answer before. So what has just come is committed soon; under a backlog a
 * record that has waited long waits a little longer, and many share a transaction.
 *
 * <p>A stream thread has one transaction for all its partitions: what is asked and told here is
 * about the calling thread's.
 */
public final class CommitPace {
  /** What has waited may wait for this part of it once more. */
  private static final int PART = 4;

  /** More than this is not added to a wait. */
  private static final Duration LONGEST = Duration.ofMillis(100);

  private final long least;
  private final long most;
  private final LongSupplier nanoTime;
  private final ThreadLocal<Transaction> current = ThreadLocal.withInitial(Transaction::new);

  private static final class Transaction {
    private boolean isOpen;
    private boolean isAsked;

    /** The least wait of what is in it, milliseconds. */
    private long waited;

    /** When the one before was asked for; it took so long. */
    private long askedAt;

    private long took;
    private boolean isFirst = true;
  }

  /**
   * @param interval the least time between two commits
   * @param nanoTime counts nanoseconds, whatever is done to the machine's clock
   */
  public CommitPace(Duration interval, LongSupplier nanoTime) {
    this.least = interval.toNanos();
    this.most = Math.max(least, LONGEST.toNanos());
    this.nanoTime = nanoTime;
  }

  /** The least time between two commits. */
  public Duration interval() {
    return Duration.ofNanos(least);
  }

  /**
   * Something was sent that nobody sees before the transaction has ended.
   *
   * @param waitedMs how long its cause had been waiting, by the clock that stamped it,
   *     milliseconds; a clock that is wrong makes transactions longer or shorter within the limits
   */
  public void sent(long waitedMs) {
    Transaction open = current.get();
    open.waited = open.isOpen ? Math.min(open.waited, waitedMs) : waitedMs;
    open.isOpen = true;
  }

  /** Whether anything was sent since the last commit. */
  public boolean isOpen() {
    return current.get().isOpen;
  }

  /** Whether the transaction is to be ended now. It is said once. */
  public boolean isTime() {
    Transaction open = current.get();
    if (!open.isOpen || open.isAsked) {
      return false;
    }
    long now = nanoTime.getAsLong();
    if (!open.isFirst && now - open.askedAt < pause(open)) {
      return false;
    }
    open.isAsked = true;
    open.askedAt = now;
    return true;
  }

  /** Where a commit takes long, some of the time is left for work. */
  private long pause(Transaction open) {
    long wait = Math.clamp(open.waited, 0, Integer.MAX_VALUE) * (1_000_000L / PART);
    return Math.max(Math.clamp(wait, least, most), open.took + Math.min(open.took / PART, most));
  }

  /** The transaction has ended, asked for or not. */
  public void ended() {
    Transaction done = current.get();
    long now = nanoTime.getAsLong();
    if (done.isAsked) {
      done.took = now - done.askedAt;
    } else {
      done.askedAt = now;
      done.took = 0;
    }
    done.isFirst = false;
    done.isAsked = false;
    done.isOpen = false;
  }
}
