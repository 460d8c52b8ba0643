package io.holdfast.cli.args;

import java.util.Locale;

/** What a resize does about addresses in use that would fall outside. */
public enum ResizeMode {
  REJECT,
  RETAIN,
  DRAIN;

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
