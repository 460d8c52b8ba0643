package io.holdfast.cli.args;

import java.util.Locale;

/** Which free address of a pool is given next. */
public enum Policy {
  LEAST_RECENTLY_USED,
  FIRST_FREE,
  RANDOM,
  STICKY,
  BEST_FIT;

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
