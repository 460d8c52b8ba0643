package io.holdfast.bench;

import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param limit the same of the bare limit topology in the same run, or null
 * @param target what is to be reached, or null
 * @param atMost whether the target is an upper bound (a time) or a lower one (a rate)
 */
public record Figure(
    String name,
    double value,
    String unit,
    @Nullable Double limit,
    @Nullable Double target,
    boolean atMost) {

  public @Nullable Double ratio() {
    return limit == null || limit == 0 ? null : value / limit;
  }

  /** Null without a target. */
  public @Nullable Boolean met() {
    return target == null ? null : atMost ? value <= target : value >= target;
  }
}
