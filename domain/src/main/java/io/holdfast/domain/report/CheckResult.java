package io.holdfast.domain.report;

/**
 * What a checker found out about an owner. UNKNOWN: it could not tell; also an older reader, a
 * newer symbol.
 */
public enum CheckResult {
  UNKNOWN,
  PRESENT,
  ABSENT
}
