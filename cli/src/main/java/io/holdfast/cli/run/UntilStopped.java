package io.holdfast.cli.run;

import java.util.concurrent.CountDownLatch;

/** For verbs that work until they are stopped. */
final class UntilStopped {
  private UntilStopped() {}

  /**
   * Waits for Ctrl-C (SIGINT, SIGTERM) and then closes.
   *
   * @throws InterruptedException if the thread was interrupted; it is closed then, too
   */
  static void run(Runnable close) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook =
        new Thread(() -> {
          close.run();
          stopped.countDown();
        });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      close.run();
      throw e;
    }
  }
}
