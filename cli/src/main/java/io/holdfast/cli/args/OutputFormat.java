package io.holdfast.cli.args;

import java.util.Locale;

/** How answers are shown. */
public enum OutputFormat {
  TABLE,
  JSON;

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
