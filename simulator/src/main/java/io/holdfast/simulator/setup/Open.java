package io.holdfast.simulator.setup;

/**
 * Faults of the domain that are known and open: docs/simulation.md, "Found", by the number there.
 * What would show one is left out; {@code -Dholdfast.open=6,8} puts those two in again.
 */
public enum Open {
  /** A free address in a STICKY pool that goes into quarantine keeps its former holder. */
  STICKY_QUARANTINE(6),
  /** An adopted address has the rules of whoever held it before it was quarantined. */
  ADOPTED_RULES(7),
  /** A restored EIP knows nothing any more of what was seen to answer for it. */
  RESTORED_CONFLICT(8),
  /** A tenant whose cooling address is quarantined has less, and nobody who waits is told. */
  QUARANTINE_RELIEVES(9);

  private final boolean leftOut;

  Open(int number) {
    String shown = "," + System.getProperty("holdfast.open", "") + ",";
    leftOut = !shown.contains("," + number + ",");
  }

  public boolean isLeftOut() {
    return leftOut;
  }
}
