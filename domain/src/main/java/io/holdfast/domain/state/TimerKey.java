package io.holdfast.domain.state;

/**
 * Something that must happen later. An index: every deadline also stands in the entry it belongs
 * to.
 *
 * @param due epoch milliseconds
 * @param subject depends on the kind
 * @param detail second part of the subject, or empty
 */
public record TimerKey(long due, TimerKind kind, String subject, String detail)
    implements Comparable<TimerKey> {

  public static final TimerKey FIRST = new TimerKey(0, TimerKind.COOLDOWN, "", "");

  /** Where the timers due at {@code now} end (excluded). */
  public static TimerKey after(long now) {
    return new TimerKey(now + 1, TimerKind.COOLDOWN, "", "");
  }

  @Override
  public int compareTo(TimerKey other) {
    int byTime = Long.compare(due, other.due);
    if (byTime != 0) {
      return byTime;
    }
    int byKind = kind.compareTo(other.kind);
    if (byKind != 0) {
      return byKind;
    }
    int bySubject = subject.compareTo(other.subject);
    return bySubject != 0 ? bySubject : detail.compareTo(other.detail);
  }
}
