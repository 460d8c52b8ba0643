package io.holdfast.simulator.plan;

import java.util.List;

/**
 * What happened in a world, to be played again.
 *
 * @param worldSeed gives the world
 * @param calm whether a time of calm follows, and the check that all comes to rest
 */
public record Plan(long worldSeed, boolean calm, List<Action> actions) {
  public Plan {
    actions = List.copyOf(actions);
  }
}
