package io.holdfast.agent.node;

/** Wakes one waiting thread; a wake-up that comes before the wait is not lost. */
final class Signal {
  private boolean raised;

  synchronized void raise() {
    raised = true;
    notifyAll();
  }

  /** Returns when it was raised, or the time is over. */
  synchronized void await(long ms) throws InterruptedException {
    long deadline = System.nanoTime() + Math.min(ms, 3_600_000L) * 1_000_000;
    while (!raised) {
      long left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
    raised = false;
  }
}
