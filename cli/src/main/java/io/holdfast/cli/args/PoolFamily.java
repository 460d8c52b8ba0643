package io.holdfast.cli.args;

import java.util.Locale;

/** Address family of a pool. */
public enum PoolFamily {
  V4,
  V6;

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
