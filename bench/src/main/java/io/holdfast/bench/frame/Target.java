package io.holdfast.bench.frame;

import org.jspecify.annotations.Nullable;

/**
 * What a figure is to reach.
 *
 * @param bound the value itself still reaches it
 * @param atMost whether it is an upper bound (a time, a cost) or a lower one (a rate)
 * @param ofRatio whether it is about the ratio to the limit, or about the value
 */
public record Target(double bound, boolean atMost, boolean ofRatio) {

  public static Target valueAtMost(double bound) {
    return new Target(bound, true, false);
  }

  public static Target valueAtLeast(double bound) {
    return new Target(bound, false, false);
  }

  public static Target ratioAtMost(double bound) {
    return new Target(bound, true, true);
  }

  public static Target ratioAtLeast(double bound) {
    return new Target(bound, false, true);
  }

  /** Without the ratio that it is about it is missed: nothing shows that it was reached. */
  boolean isMet(double value, @Nullable Double ratio) {
    Double shown = ofRatio ? ratio : Double.valueOf(value);
    return shown != null
        && !shown.isNaN()
        && (atMost ? shown.doubleValue() <= bound : shown.doubleValue() >= bound);
  }
}
