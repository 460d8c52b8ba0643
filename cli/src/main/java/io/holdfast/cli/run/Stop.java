package io.holdfast.cli.run;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or SIGTERM: whoever waits is told, and the process ends when this is closed, not before.
 */
public final class Stop implements AutoCloseable {
  private static final long CLOSE_LIMIT_S = 60;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  private Stop() {}

  public static Stop onSignal() {
    Stop stop = new Stop();
    Runtime.getRuntime().addShutdownHook(new Thread(stop::hold));
    return stop;
  }

  private void hold() {
    asked.countDown();
    try {
      boolean _ = done.await(CLOSE_LIMIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public void await() throws InterruptedException {
    asked.await();
  }

  /** Whether it was asked for within that time. */
  public boolean await(Duration atMost) throws InterruptedException {
    return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * For those who are still starting things.
   *
   * @throws CancellationException if it was asked for
   */
  void check() {
    if (asked.getCount() == 0) {
      throw new CancellationException("stopped while starting");
    }
  }

  /** What was open is closed: the process may end. */
  @Override
  public void close() {
    done.countDown();
  }
}
