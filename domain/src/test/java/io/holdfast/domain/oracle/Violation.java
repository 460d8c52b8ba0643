package io.holdfast.domain.oracle;

/** Something that must always hold did not. */
public final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  public Violation(String rule, String what) {
    super(rule + ": " + what);
  }

  /** Complains unless {@code holds}. */
  public static void check(boolean holds, String rule, String what) {
    unless(holds, rule, what);
  }

  static void unless(boolean holds, String rule, String what) {
    if (!holds) {
      throw new Violation(rule, what);
    }
  }
}
