package io.holdfast.domain.model;

/**
 * Transport protocols a DNAT rule can match. UNKNOWN is what an older reader makes of a newer
 * symbol.
 */
public enum Protocol {
  UNKNOWN,
  TCP,
  UDP,
  SCTP
}
