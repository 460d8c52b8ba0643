package io.holdfast.bench.load;

import io.holdfast.bench.load.Load.Answer;
import io.holdfast.bench.load.Load.Sendable;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** Ways to put a load on. A refusal is a fault of the benchmark: what was not done costs less. */
public final class Runs {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** This part of a burst does not count: its end is still being sent while it is worked off. */
  private static final double SETTLED = 0.2;

  /** The JVM is warm when so many bursts in a row were hardly faster than one before them. */
  private static final int WARM_BURSTS = 3;

  private static final double HARDLY = 1.05;
  private static final int WARM_BURST = 8_000;
  private static final Duration WARM_UP = Duration.ofSeconds(40);

  private static final int ROUND_S = 4;
  private static final int LEAST = 1_000;

  private Runs() {}

  /**
   * Open loop: each command has its time, and its latency counts from then, so that a stall is not
   * hidden by the sender waiting for it.
   *
   * @return microseconds from a command's time to its committed answer's arrival
   */
  public static Histogram steady(Load load, int rate, Duration time) {
    List<Sendable> commands = load.prepare((int) (rate * time.toMillis() / 1_000));
    Histogram latency = new Histogram(3 * PATIENCE.toNanos() / 1_000, 3);
    Map<String, Long> due = new HashMap<>();
    int count = commands.size();
    long start = System.nanoTime();
    long pause = 1_000_000_000L / rate;
    int sent = 0;
    int received = 0;
    while (received < count) {
      long now = System.nanoTime();
      while (sent < count && start + sent * pause <= now) {
        due.put(commands.get(sent).id(), start + sent * pause);
        var _ = load.send(commands.get(sent));
        sent++;
      }
      for (Answer answer : load.answers(Duration.ofMillis(1))) {
        Long began = due.remove(answer.id());
        if (began != null) {
          accepted(answer);
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
   * median of some rounds, once the JVM is warm. Who is slow gets fewer: each round is over in some
   * seconds.
   */
  public static double backlog(Load load, int most, int rounds) {
    double warm = warm(load);
    int count = Math.clamp((long) (warm * ROUND_S), Math.min(most, LEAST), most);
    double[] rates = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      rates[round] = worked(load, count);
    }
    return median(rates);
  }

  /**
   * Works until it does not get faster any more; answers commands/s of the fastest burst. The
   * compilers take their time, and what does more per command needs more of it.
   */
  public static double warm(Load load) {
    long end = System.nanoTime() + WARM_UP.toNanos();
    double best = 0;
    int hardly = 0;
    while (hardly < WARM_BURSTS && System.nanoTime() < end) {
      double rate = burst(load, WARM_BURST);
      hardly = rate > best * HARDLY ? 0 : hardly + 1;
      best = Math.max(best, rate);
    }
    return best;
  }

  private static double worked(Load load, int count) {
    List<Sendable> commands = load.prepare(count);
    load.whileStopped(() -> get(sendAll(load, commands)));
    return drained(load, commands.size(), 0);
  }

  /**
   * Commands/s of a burst that is sent faster than it is worked off; its beginning, while it is
   * still being sent, does not count.
   */
  public static double burst(Load load, int count) {
    List<Sendable> commands = load.prepare(count);
    var _ = sendAll(load, commands);
    return drained(load, commands.size(), SETTLED);
  }

  /** Sends commands and waits until all are answered. */
  public static void done(Load load, List<Sendable> commands) {
    var _ = sendAll(load, commands);
    var _ = drained(load, commands.size(), 0);
  }

  private static Future<?> sendAll(Load load, List<Sendable> commands) {
    Future<?> last = load.send(commands.getFirst());
    for (Sendable command : commands.subList(1, commands.size())) {
      last = load.send(command);
    }
    return last;
  }

  /**
   * Takes so many answers.
   *
   * @param skipped this part of them comes before the measurement
   */
  private static double drained(Load load, int count, double skipped) {
    long began = System.nanoTime();
    long first = 0;
    int before = 0;
    int received = 0;
    while (received < count) {
      List<Answer> came = load.answers(LOOK);
      came.forEach(Runs::accepted);
      received += came.size();
      if (first == 0 && !came.isEmpty() && received >= count * skipped) {
        first = System.nanoTime();
        before = received;
      }
      patient(began, received, count);
    }
    long now = System.nanoTime();
    return before == count
        ? count / ((now - began) / 1e9) // too few to tell the start from the rest
        : (count - before) / ((now - first) / 1e9);
  }

  /** The middle one. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void accepted(Answer answer) {
    if (answer.isRefusal()) {
      throw new IllegalStateException("command " + answer.id() + " of the benchmark was refused");
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
