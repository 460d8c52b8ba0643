package io.holdfast.domain.model;

/**
 * Which families an allocation asks for. UNKNOWN is what an older reader makes of a newer symbol.
 */
public enum FamilyChoice {
  UNKNOWN,
  V4,
  V6,
  /** One address of each family, both or none. */
  DUAL
}
