package io.holdfast.cli.out;

import java.util.Locale;

/** Names of the wire as people read and type them. */
final class Names {
  private Names() {}

  /** "FIRST_FREE" is "first-free", as options take it. */
  static String people(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** "NEVER_USED" is "never used". */
  static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
