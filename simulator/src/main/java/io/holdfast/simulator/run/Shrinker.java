package io.holdfast.simulator.run;

import io.holdfast.simulator.plan.Action;
import io.holdfast.simulator.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** Leaves actions out of a failing plan while it still fails by the same rule: delta debugging. */
public final class Shrinker {
  private final String rule;
  private final int tries;
  private Plan plan;
  private int tried;

  private Shrinker(Failure failure, int tries) {
    this.rule = failure.rule();
    this.plan = failure.plan();
    this.tries = tries;
  }

  /**
   * The shortest plan found.
   *
   * @param tries how many plans to play at most
   */
  public static Plan shrink(Failure failure, int tries) {
    return new Shrinker(failure, tries).shrink();
  }

  private Plan shrink() {
    int chunk = Math.max(1, plan.actions().size() / 2);
    while (tried < tries) {
      boolean shorter = pass(chunk);
      if (chunk == 1 && !shorter) {
        break;
      }
      chunk = Math.max(1, shorter ? chunk : chunk / 2);
    }
    return plan;
  }

  /** Tries to leave out each chunk; from the end, because what broke it is there. */
  private boolean pass(int chunk) {
    boolean shorter = false;
    for (int end = plan.actions().size(); end > 0 && tried < tries; end -= chunk) {
      int from = Math.max(0, end - chunk);
      List<Action> fewer = new ArrayList<>(plan.actions().subList(0, from));
      fewer.addAll(plan.actions().subList(end, plan.actions().size()));
      Plan candidate = new Plan(plan.worldSeed(), plan.calm(), fewer);
      tried++;
      Throwable broken = Simulation.play(candidate);
      if (broken != null && Simulation.rule(broken).equals(rule)) {
        plan = candidate;
        shorter = true;
      }
    }
    return shorter;
  }
}
