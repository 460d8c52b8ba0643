package io.holdfast.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant. */
final class Suggestion {
  /** Two slips of the fingers; more is another word. */
  private static final int MOST = 2;

  private Suggestion() {}

  /** The candidate that the fewest slips lead to; the first of several. */
  static Optional<String> of(String typed, Collection<String> candidates) {
    String word = typed.toLowerCase(Locale.ROOT);
    String best = "";
    int least = MOST + 1;
    for (String c : candidates) {
      int slips = slips(word, c);
      if (slips < least && slips < c.length()) {
        least = slips;
        best = c;
      }
    }
    return least > MOST ? Optional.empty() : Optional.of(best);
  }

  /**
   * Optimal string alignment distance: letters too many, too few, wrong, and neighbours swapped.
   */
  private static int slips(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + wrong);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
