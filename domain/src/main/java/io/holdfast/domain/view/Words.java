package io.holdfast.domain.view;

import java.time.Duration;
import java.util.List;

/** Parts of sentences. */
final class Words {
  private Words() {}

  /** "1 request", "3 requests". */
  static String count(long n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }

  /** The first few of a list. */
  static String some(List<String> all, int most) {
    String first = String.join(", ", all.subList(0, Math.min(most, all.size())));
    return all.size() <= most ? first : first + " and " + (all.size() - most) + " more";
  }

  /** Milliseconds as people write them: "5m", "1h 30m", "250ms". */
  static String span(long millis) {
    Duration d = Duration.ofMillis(millis);
    if (d.toDays() > 0) {
      return d.toDays() + "d" + rest(d.toHoursPart(), "h");
    }
    if (d.toHours() > 0) {
      return d.toHours() + "h" + rest(d.toMinutesPart(), "m");
    }
    if (d.toMinutes() > 0) {
      return d.toMinutes() + "m" + rest(d.toSecondsPart(), "s");
    }
    return d.toSeconds() > 0 && d.toMillisPart() == 0 ? d.toSeconds() + "s" : millis + "ms";
  }

  private static String rest(int n, String unit) {
    return n == 0 ? "" : " " + n + unit;
  }
}
