package io.holdfast.schemas.registry;

/**
 * What a new version of a subject may change. TRANSITIVE compares with every older version, not
 * just with the last.
 */
public enum CompatibilityLevel {
  /** Anything. */
  NONE,
  /** The new schema reads what the last one wrote. */
  BACKWARD,
  /** The new schema reads what any older one wrote. */
  BACKWARD_TRANSITIVE,
  /** The last schema reads what the new one writes. */
  FORWARD,
  /** Every older schema reads what the new one writes. */
  FORWARD_TRANSITIVE,
  /** Both ways with the last one. */
  FULL,
  /** Both ways with every older one. */
  FULL_TRANSITIVE;

  /** Whether every older version counts. */
  public boolean isTransitive() {
    return this == BACKWARD_TRANSITIVE || this == FORWARD_TRANSITIVE || this == FULL_TRANSITIVE;
  }
}
