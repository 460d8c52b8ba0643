package io.holdfast.simulator.check;

import org.jspecify.annotations.Nullable;

/** Something that must always hold does not. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String rule;

  public Violation(String rule, String what) {
    super(rule + ": " + what);
    this.rule = rule;
  }

  /** Which rule it is: a shorter plan shows the same fault only if it breaks the same one. */
  public String rule() {
    return rule;
  }

  /** Nothing is put into words before it is needed: this runs for every event. */
  static void unless(boolean holds, String rule, Object what, @Nullable Object because) {
    if (!holds) {
      throw new Violation(rule, what + "; " + because);
    }
  }

  static <T> T need(@Nullable T found, String rule, Object what) {
    if (found == null) {
      throw new Violation(rule, "nothing is known of " + what);
    }
    return found;
  }
}
