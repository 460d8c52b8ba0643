package io.holdfast.allocator.service;

import io.holdfast.allocator.topology.LogDivergedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.ExponentialBackoff;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread fails: another takes over, later the more often it happened.
 * Two things are left for a person: a log and stores that do not belong together, and a fault that
 * comes back at once again and again.
 */
final class StreamFaults implements StreamsUncaughtExceptionHandler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamFaults.class);
  private static final ExponentialBackoff BACKOFF = new ExponentialBackoff(200, 2, 30_000, 0.2);

  /** Brokers that are away make faults too, but half a minute apart: they may come back. */
  private static final int MOST = 8;

  private static final Duration WITHIN = Duration.ofMinutes(3);

  private final ExponentialBackoff backoff;
  private final int most;
  private final Duration within;
  private final Deque<Long> times = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile String last = "";
  private volatile @Nullable String stopped;

  StreamFaults() {
    this(BACKOFF, MOST, WITHIN);
  }

  /**
   * @param most faults within the time that are one too many
   */
  StreamFaults(ExponentialBackoff backoff, int most, Duration within) {
    this.backoff = backoff;
    this.most = most;
    this.within = within;
  }

  /** Called by the thread that failed, which waits here until it may be replaced. */
  @Override
  public StreamThreadExceptionResponse handle(Throwable fault) {
    Throwable root = fault;
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof LogDivergedException e) {
        return stop(String.valueOf(e.getMessage()), fault);
      }
      if (cause instanceof CancellationException) {
        // It is being stopped, and so are we: nobody needs to read a trace.
        stopped = "stopped: what it waited for was given up";
        LOG.debug("{}", stopped, fault);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
      root = cause;
    }
    last = root.getClass().getSimpleName() + ": " + root.getMessage();
    int row = count();
    if (row >= most) {
      return stop(
          "stopped after "
              + row
              + " faults within "
              + within.toSeconds()
              + " s; restart this instance when the cause is gone. The last one: "
              + last,
          fault);
    }
    long pause = backoff.backoff(row - 1L);
    LOG.error("a stream thread failed and is replaced in {} ms", pause, fault);
    waiting.incrementAndGet();
    try {
      var _ = closed.await(pause, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.decrementAndGet();
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private StreamThreadExceptionResponse stop(String reason, Throwable fault) {
    stopped = reason;
    LOG.error("stopped: {}", reason, fault);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** How many there were within the time, this one included. */
  private synchronized int count() {
    long now = System.nanoTime();
    times.addLast(now);
    times.removeIf(time -> now - time > within.toNanos());
    return times.size();
  }

  /** Why nothing goes on any more; null while something does. */
  @Nullable String stopped() {
    return stopped;
  }

  /** A failed thread waits to be replaced. */
  boolean isWaiting() {
    return waiting.get() > 0;
  }

  /** The last fault; empty if there was none within the time. */
  synchronized String last() {
    long now = System.nanoTime();
    return times.isEmpty() || now - times.getLast() > within.toNanos() ? "" : last;
  }

  /** Ends all waiting. */
  @Override
  public void close() {
    closed.countDown();
  }
}
