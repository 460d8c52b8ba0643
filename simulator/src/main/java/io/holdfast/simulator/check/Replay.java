package io.holdfast.simulator.check;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.evolve.Evolver;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.state.Overlay;
import io.holdfast.domain.state.State;
import java.util.List;

/** Folds the log alone, and holds the result against the live state: rule 13. */
public final class Replay {
  private final MemoryState state = new MemoryState();
  private int folded;
  private long digest;

  /** What the log makes of an empty state. */
  public MemoryState state() {
    return state;
  }

  /** Folds what was added to the log since. */
  public void follow(List<Recorded> log) {
    Overlay overlay = new Overlay(state, digest);
    for (; folded < log.size(); folded++) {
      Recorded recorded = log.get(folded);
      Evolver.apply(overlay, recorded.header(), recorded.event());
      overlay.apply();
      digest = overlay.digest();
      Violation.unless(digest == recorded.digest(), "13 replay", recorded, digest);
    }
  }

  /** The live state is what the log gives, entry for entry and by its digest. */
  public void compare(State live, Head head) {
    Violation.unless(head.digest() == digest, "13 digest", head, digest);
    long sum = 0;
    for (Tables.Span<?, ?> table : Tables.FOLDED) {
      var mine = table.entries(state);
      var its = table.entries(live);
      Violation.unless(mine.equals(its), "13 replay", table.id().name(), "it differs");
      if (table.id().isDigested()) {
        sum += table.digest(live);
      }
    }
    Violation.unless(sum == head.digest(), "13 digest", "it is not that of the entries", head);
  }
}
