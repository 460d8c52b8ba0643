package io.holdfast.simulator.run;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.simulator.plan.Action;
import io.holdfast.simulator.plan.Plan;
import io.holdfast.simulator.plan.PlanText;
import io.holdfast.simulator.setup.Setup;
import java.util.ArrayList;
import java.util.List;

/** A plan with what happens in it as remarks, to be read, and to be played. */
public final class Story {
  private static final int LONGEST = 400;

  private Story() {}

  /** Plays the plan and writes down what happened. */
  public static List<String> tell(Plan plan) {
    Setup setup = Setup.of(plan.worldSeed());
    List<String> lines = new ArrayList<>();
    lines.add("world " + plan.worldSeed());
    remark(lines, "nodes " + setup.nodes() + ", clocks per mille " + setup.clockPerMille());
    setup.gateways().forEach(gateway -> remark(lines, gateway));
    setup.pools().forEach(pool -> remark(lines, pool));
    Life life = new Life(setup);
    life.world().tellTo(what -> remark(lines, what));
    try {
      for (Action action : plan.actions()) {
        lines.add(PlanText.line(action));
        List<Recorded> log = life.world().service().log();
        int before = log.size();
        try {
          life.world().happen(action);
        } finally {
          log.subList(before, log.size()).forEach(r -> remark(lines, "=> " + r.event()));
        }
      }
      if (plan.calm()) {
        lines.add("calm");
        life.world().tellTo(what -> {});
        life.calm();
      } else {
        life.world().service().audit();
      }
    } catch (RuntimeException | AssertionError broken) {
      remark(lines, broken);
    }
    return lines;
  }

  private static void remark(List<String> lines, Object what) {
    String text = what.toString().replace('\n', ' ');
    lines.add("  # " + (text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text));
  }
}
