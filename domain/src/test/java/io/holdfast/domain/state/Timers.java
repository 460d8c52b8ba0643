package io.holdfast.domain.state;

import java.util.ArrayList;
import java.util.List;

/** The timers of a state. */
public final class Timers {
  private Timers() {}

  /** All that are set, the next one first. */
  public static List<TimerKey> of(State state) {
    List<TimerKey> found = new ArrayList<>();
    state
        .timers()
        .scan(TimerKey.FIRST, TimerKey.after(Long.MAX_VALUE - 1), (key, mark) -> found.add(key));
    return found;
  }
}
