package io.holdfast.cli.args;

import java.util.Locale;

/** What a gateway's new instance waits for. */
public enum Failover {
  FENCE_FIRST,
  TAKEOVER;

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
