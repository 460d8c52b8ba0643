package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.RefusalCode;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of the demand.
 *
 * @param granted commands that were accepted, to wait too
 * @param refused commands that were not, by code
 * @param firstExhausted epoch milliseconds of the first PoolExhausted, or of the first request that
 *     waits instead; 0: there was none
 * @param reused allocations of an address that had been held before
 * @param shortestReuseMs least time between an address being surely nowhere and its next holder; 0
 *     if none was re-used
 * @param medianReuseMs the same, the median
 * @param waiting who had to wait
 * @param assumed tenures that the record does not have and whose end was assumed
 * @param peaks by pool: the most addresses that were not free at one time
 */
public record Figures(
    long granted,
    Map<RefusalCode, Long> refused,
    long firstExhausted,
    long reused,
    long shortestReuseMs,
    long medianReuseMs,
    Waiting waiting,
    long assumed,
    Map<String, Long> peaks) {

  /**
   * Who had to wait, in the window.
   *
   * @param requests how many
   * @param served how many of them got what they waited for
   * @param expired how many waited for as long as they wanted to, in vain
   * @param open how many wait at the end; the others gave up or could not be served any more
   * @param medianMs how long those who were served had waited, milliseconds; 0 if none was
   * @param longestMs the same, the longest
   */
  public record Waiting(
      long requests, long served, long expired, long open, long medianMs, long longestMs) {}

  /** Counts as it goes. */
  static final class Count {
    private long granted;
    private final Map<RefusalCode, Long> refused = new TreeMap<>();
    private long firstExhausted;
    private long[] intervals = new long[1_024];
    private int reused;
    private long assumed;
    private final Map<String, Long> peaks = new TreeMap<>();

    void answered(Demand.Asked asked, Outcome answer) {
      boolean exhausted =
          switch (answer) {
            case Outcome.Accepted a -> {
              granted++;
              yield a.waiting() != null
                  && asked.command() instanceof Command.AllocateEip c
                  && c.ip() == null;
            }
            case Outcome.Rejected r -> {
              refused.merge(r.refusal().code(), 1L, Long::sum);
              yield r.refusal().code() == RefusalCode.PoolExhausted;
            }
          };
      if (exhausted && firstExhausted == 0) {
        firstExhausted = asked.time();
      }
    }

    void reused(long afterMs) {
      if (reused == intervals.length) {
        intervals = Arrays.copyOf(intervals, reused * 2);
      }
      intervals[reused++] = afterMs;
    }

    void assumed() {
      assumed++;
    }

    void used(String pool, long addresses) {
      peaks.merge(pool, addresses, Math::max);
    }

    Figures figures(Waits waits) {
      long[] sorted = Arrays.copyOf(intervals, reused);
      Arrays.sort(sorted);
      return new Figures(
          granted,
          Map.copyOf(refused),
          firstExhausted,
          reused,
          reused == 0 ? 0 : sorted[0],
          reused == 0 ? 0 : sorted[reused / 2],
          waits.figures(),
          assumed,
          Map.copyOf(peaks));
    }
  }
}
