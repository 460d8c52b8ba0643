package io.holdfast.cli.args;

import java.util.Locale;

/** What eip allocate asks for. */
public enum Family {
  V4,
  V6,
  DUAL;

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
