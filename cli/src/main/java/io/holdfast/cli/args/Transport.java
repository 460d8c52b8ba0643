package io.holdfast.cli.args;

import java.util.Locale;

/** Transport protocols a DNAT rule can match. */
public enum Transport {
  TCP,
  UDP,
  SCTP;

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
