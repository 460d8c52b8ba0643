package io.holdfast.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Steps that stop a part: all are tried, and nobody waits for them longer than the limit. */
final class BoundedStop {
  private final String part;
  private final Duration limit;
  private final List<Runnable> steps = new ArrayList<>();

  BoundedStop(String part, Duration limit) {
    this.part = part;
    this.limit = limit;
  }

  void add(Runnable step) {
    steps.add(step);
  }

  /**
   * Takes the steps in order.
   *
   * @throws EmbeddedException.StopFailed if one failed, or they took too long
   */
  void run() {
    FutureTask<Void> task =
        new FutureTask<>(() -> {
          takeAll();
          return null;
        });
    Thread.ofPlatform().daemon().name("embedded-stop").start(task);
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException.StopFailed("interrupted while " + part + " stopped", e);
    } catch (TimeoutException e) {
      throw new EmbeddedException.StopFailed(part + " did not stop within " + limit, e);
    } catch (ExecutionException e) {
      throw new EmbeddedException.StopFailed(part + " did not stop cleanly", e.getCause());
    }
  }

  private void takeAll() {
    List<RuntimeException> faults = new ArrayList<>();
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        faults.add(e);
      }
    }
    if (!faults.isEmpty()) {
      RuntimeException first = faults.getFirst();
      faults.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }
}
