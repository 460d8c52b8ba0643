package io.holdfast.projector.whatif;

import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.RefusalCode;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of the demand.
 *
 * @param granted commands that were accepted
 * @param refused commands that were not, by code
 * @param firstExhausted epoch milliseconds of the first PoolExhausted; 0: there was none
 * @param reused allocations of an address that had been held before
 * @param shortestReuseMs least time between an address being surely nowhere and its next holder; 0
 *     if none was re-used
 * @param medianReuseMs the same, the median
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
    long assumed,
    Map<String, Long> peaks) {

  /** Counts as it goes. */
  static final class Count {
    private long granted;
    private final Map<RefusalCode, Long> refused = new TreeMap<>();
    private long firstExhausted;
    private long[] intervals = new long[1_024];
    private int reused;
    private long assumed;
    private final Map<String, Long> peaks = new TreeMap<>();

    void answered(Outcome answer, long time) {
      switch (answer) {
        case Outcome.Accepted _ -> granted++;
        case Outcome.Rejected r -> {
          refused.merge(r.refusal().code(), 1L, Long::sum);
          if (r.refusal().code() == RefusalCode.PoolExhausted && firstExhausted == 0) {
            firstExhausted = time;
          }
        }
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

    Figures figures() {
      long[] sorted = Arrays.copyOf(intervals, reused);
      Arrays.sort(sorted);
      return new Figures(
          granted,
          Map.copyOf(refused),
          firstExhausted,
          reused,
          reused == 0 ? 0 : sorted[0],
          reused == 0 ? 0 : sorted[reused / 2],
          assumed,
          Map.copyOf(peaks));
    }
  }
}
