package io.holdfast.bench.frame;

import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param limit the same of what it is held against, in the same run and unit, or null
 * @param limitIs what that is, in words; empty without a limit
 * @param target what is to be reached, or null
 */
public record Figure(
    String name,
    double value,
    String unit,
    @Nullable Double limit,
    String limitIs,
    @Nullable Target target) {

  /** A figure that is held against nothing. */
  public static Figure of(String name, double value, String unit) {
    return new Figure(name, value, unit, null, "", null);
  }

  public Figure against(String what, double theirs) {
    return new Figure(name, value, unit, theirs, what, target);
  }

  public Figure aiming(Target at) {
    return new Figure(name, value, unit, limit, limitIs, at);
  }

  /** Value to limit; null without a limit. */
  public @Nullable Double ratio() {
    return limit == null || limit == 0 ? null : Double.valueOf(value / limit);
  }

  /** Null without a target. */
  public @Nullable Boolean met() {
    return target == null ? null : Boolean.valueOf(target.isMet(value, ratio()));
  }
}
