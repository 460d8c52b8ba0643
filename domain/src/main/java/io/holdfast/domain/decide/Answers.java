package io.holdfast.domain.decide;

import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Remembered;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are remembered, by command id. Every answer says how long it counts. What does
 * not count any more is cleared away later, in portions: a timer for each answer would cost as much
 * as remembering it.
 */
public final class Answers {
  private static final int PORTION = 200;

  /** Between two portions others get their turn, milliseconds. */
  private static final long PAUSE_MS = 10;

  private Answers() {}

  /**
   * The answer that was given to this command; null if none is remembered.
   *
   * @param now epoch milliseconds
   */
  public static @Nullable Outcome find(State state, String commandId, long now) {
    Remembered answer = commandId.isEmpty() ? null : state.outcomes().get(commandId);
    return answer == null || answer.until() <= now ? null : answer.outcome();
  }

  /**
   * Keeps an answer.
   *
   * @param now epoch milliseconds
   * @param keepMs how long from then on, milliseconds
   */
  public static void remember(
      State state, String commandId, Outcome outcome, long now, long keepMs) {
    long until = now + keepMs;
    state.outcomes().put(commandId, new Remembered(outcome, until));
    long span = Math.max(1, keepMs / 2);
    TimerKey clearing = new TimerKey(Math.ceilDiv(until, span) * span, TimerKind.OUTCOMES, "", "");
    if (state.timers().get(clearing) == null) {
      state.timers().put(clearing, Mark.SET);
    }
  }

  /** Clears away a portion; the timer's detail says where to go on. */
  static void clear(State state, TimerKey timer, long now) {
    List<String> forgotten = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    state
        .outcomes()
        .scan(
            timer.detail(),
            TableId.LAST_NAME,
            (id, answer) -> {
              if (seen.size() < PORTION && answer.until() <= now) {
                forgotten.add(id);
              }
              seen.add(id);
              return seen.size() <= PORTION;
            });
    forgotten.forEach(state.outcomes()::remove);
    if (seen.size() > PORTION) {
      state
          .timers()
          .put(new TimerKey(now + PAUSE_MS, TimerKind.OUTCOMES, "", seen.getLast()), Mark.SET);
    }
  }
}
