package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import io.holdfast.domain.state.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Answers that do not count any more are cleared away: all of them, and 200 at a time. */
class AnswersTest {
  private static final Outcome ANSWER = new Outcome.Accepted(List.of(), false, 1);
  private static final long KEEP_MS = 1_000;
  private final MemoryState state = new MemoryState();

  private void remember(int count, long now) {
    for (int i = 0; i < count; i++) {
      Answers.remember(state, "id%03d".formatted(i), ANSWER, now, KEEP_MS);
    }
  }

  private List<String> left() {
    List<String> found = new ArrayList<>();
    state
        .outcomes()
        .scan(
            "",
            "z",
            (id, answer) -> {
              found.add(id);
              return true;
            });
    return found;
  }

  private void clear(long now) {
    TimerKey due = Timers.of(state).getFirst();
    state.timers().remove(due);
    Answers.clear(state, due, now);
  }

  @Test
  void anAnswerCountsForItsTime() {
    remember(1, 10_000);
    assertThat(Answers.find(state, "id000", 10_999)).isEqualTo(ANSWER);
    assertThat(Answers.find(state, "id000", 11_000)).isNull();
    assertThat(Answers.find(state, "", 10_000)).isNull();
    assertThat(Answers.find(state, "id001", 10_000)).isNull();
  }

  /** Once it does not count any more, and less than half of its time later. */
  @Test
  void theyAreClearedAwayEveryHalfOfTheirTime() {
    for (long now = 10_000; now < 12_000; now += 77) {
      MemoryState one = new MemoryState();
      Answers.remember(one, "x", ANSWER, now, KEEP_MS);
      TimerKey due =
          Objects.requireNonNull(
              one.timers().firstKey(TimerKey.FIRST, TimerKey.after(now + 10 * KEEP_MS)));
      assertThat(due.kind()).isEqualTo(TimerKind.OUTCOMES);
      assertThat(due.due()).isBetween(now + KEEP_MS, now + KEEP_MS + KEEP_MS / 2 - 1);
    }
    Answers.remember(state, "a", ANSWER, 10_001, KEEP_MS);
    Answers.remember(state, "b", ANSWER, 10_400, KEEP_MS);
    assertThat(Timers.of(state)).hasSize(1);
    Answers.remember(state, "c", ANSWER, 10_600, KEEP_MS);
    assertThat(Timers.of(state)).hasSize(2);
  }

  @Test
  void aTimeOfOneMillisecondHasNoHalf() {
    Answers.remember(state, "x", ANSWER, 10_000, 1);
    assertThat(Timers.of(state)).extracting(TimerKey::due).containsExactly(10_001L);
  }

  @Test
  void whatStillCountsIsLeft() {
    remember(3, 10_000);
    Answers.remember(state, "id001", ANSWER, 10_001, KEEP_MS);
    clear(11_000);
    assertThat(left()).containsExactly("id001");
  }

  @Test
  void aFullPortionIsTheLastIfNothingIsLeft() {
    remember(200, 10_000);
    clear(11_000);
    assertThat(left()).isEmpty();
    assertThat(Timers.of(state)).isEmpty();
  }

  @Test
  void theNextPortionBeginsWhereThisOneEnds() {
    remember(401, 10_000);
    clear(11_000);
    assertThat(left()).hasSize(201).startsWith("id200");
    assertThat(Timers.of(state))
        .containsExactly(new TimerKey(11_010, TimerKind.OUTCOMES, "", "id200"));
    clear(11_010);
    assertThat(left()).containsExactly("id400");
    clear(11_020);
    assertThat(left()).isEmpty();
    assertThat(Timers.of(state)).isEmpty();
  }

  @Test
  void whatStillCountsIsPassedByInPortionsToo() {
    remember(250, 10_000);
    Answers.remember(state, "z999", ANSWER, 9_000, KEEP_MS);
    for (long now = 10_500;
        !Timers.of(state).isEmpty() && Timers.of(state).getFirst().due() <= now;
        now += 10) {
      clear(now);
    }
    assertThat(left()).hasSize(250).doesNotContain("z999");
    assertThat(Timers.of(state)).extracting(TimerKey::due).containsExactly(11_000L);
  }
}
