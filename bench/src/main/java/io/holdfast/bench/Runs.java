package io.holdfast.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** Ways to put a load on. */
final class Runs {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int ROUNDS = 3;

  private Runs() {}

  /**
   * Open loop: each command has its time, and its latency counts from then, so that a stall is not
   * hidden by the sender waiting for it.
   *
   * @return microseconds from a command's time to its committed answer's arrival
   */
  static Histogram steady(Load load, String run, int rate, Duration time) {
    Histogram latency = new Histogram(60_000_000L, 3);
    Map<String, Long> due = new HashMap<>();
    int count = (int) (rate * time.toSeconds());
    long start = System.nanoTime();
    long pause = 1_000_000_000L / rate;
    int sent = 0;
    int received = 0;
    while (received < count) {
      long now = System.nanoTime();
      while (sent < count && start + sent * pause <= now) {
        String id = run + "-" + sent;
        due.put(id, start + sent * pause);
        var _ = load.send(id);
        sent++;
      }
      for (String id : load.answers(Duration.ofMillis(1))) {
        Long began = due.remove(id);
        if (began != null) {
          latency.recordValue((System.nanoTime() - began) / 1_000);
          received++;
        }
      }
      patient(start + time.toNanos(), received, count);
    }
    return latency;
  }

  /**
   * Commands/s with all of them waiting before work begins, from the first answer to the last: the
   * median of three rounds.
   */
  static double backlog(Load load, String run, int count) {
    double[] rates = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      rates[round] = workOff(load, run + "-" + round, count);
    }
    Arrays.sort(rates);
    return rates[ROUNDS / 2];
  }

  /** One round of it. */
  static double workOff(Load load, String run, int count) {
    load.whileStopped(() -> {
      Future<?> last = load.send(run + "-0");
      for (int i = 1; i < count; i++) {
        last = load.send(run + "-" + i);
      }
      get(last);
    });
    long began = System.nanoTime();
    long first = 0;
    int before = 0;
    int received = 0;
    while (received < count) {
      int came = load.answers(Duration.ofMillis(100)).size();
      if (came > 0 && first == 0) {
        first = System.nanoTime();
        before = came;
      }
      received += came;
      patient(began, received, count);
    }
    long now = System.nanoTime();
    return before == count
        ? count / ((now - began) / 1e9) // too few to tell the start from the rest
        : (count - before) / ((now - first) / 1e9);
  }

  /** Waits until a command that was sent is answered. */
  static void await(Load load, Future<?> sent) {
    get(sent);
    long began = System.nanoTime();
    while (load.answers(Duration.ofMillis(50)).isEmpty()) {
      patient(began, 0, 1);
    }
  }

  private static void patient(long since, int received, int count) {
    if (System.nanoTime() - since > PATIENCE.toNanos()) {
      throw new IllegalStateException(received + " of " + count + " answers came");
    }
  }

  private static void get(Future<?> sent) {
    try {
      sent.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker did not take a command", e.getCause());
    }
  }
}
