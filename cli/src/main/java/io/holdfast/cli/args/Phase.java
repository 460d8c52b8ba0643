package io.holdfast.cli.args;

import java.util.Locale;

/** Where an address is in its life. */
public enum Phase {
  FREE("Free"),
  ALLOCATED("Allocated"),
  RELEASING("Releasing"),
  COOLING_DOWN("CoolingDown"),
  QUARANTINED("Quarantined"),
  RESERVED("Reserved");

  private final String wire;

  Phase(String wire) {
    this.wire = wire;
  }

  /** As the HTTP API writes it. */
  public String wire() {
    return wire;
  }

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
