package io.holdfast.simulator.run;

import io.holdfast.simulator.plan.Action;
import io.holdfast.simulator.plan.Dice;
import io.holdfast.simulator.plan.Kind;

/** Faults of nodes and of the service, and their ends. */
final class FaultMaker {
  /** Detail of the action with which a fault begins; that of its end is 0. */
  static final int FIRST = 1;

  private FaultMaker() {}

  static boolean isFault(Action a) {
    return switch (a.kind()) {
      case CRASH, CUT, HANG, KILL, STRAY, LOSE, STALL, RESTART -> true;
      case CLIENT, DELIVER, ROUND, ASK, POLL, WORK, TICK, RESUME, BOOT, MEND, WAKE, CLEAN -> false;
    };
  }

  /** Plans the next fault, and when it is over. */
  static void next(Driver driver) {
    long wait = driver.faultWait();
    if (wait < 0) {
      return;
    }
    Dice dice = driver.dice();
    int node = dice.below(driver.setup().nodes().size());
    int agents = driver.setup().nodes().size() * driver.setup().gateways().size();
    int roll = dice.below(100);
    if (roll < 18) {
      driver.add(Kind.CRASH, node, FIRST, wait);
      driver.add(Kind.BOOT, node, 0, wait + length(dice));
    } else if (roll < 38) {
      driver.add(Kind.CUT, node, FIRST, wait);
      driver.add(Kind.MEND, node, 0, wait + length(dice));
    } else if (roll < 58) {
      driver.add(Kind.HANG, node, FIRST, wait);
      driver.add(Kind.WAKE, node, 0, wait + length(dice));
    } else if (roll < 68) {
      driver.add(Kind.KILL, node, FIRST, wait);
    } else if (roll < 75) {
      driver.add(Kind.LOSE, dice.below(agents), FIRST, wait);
    } else if (roll < 85) {
      int agent = dice.below(agents);
      driver.add(Kind.STRAY, agent, FIRST, wait);
      driver.add(Kind.CLEAN, agent, 0, wait + length(dice) * 2);
    } else if (roll < 99) {
      driver.add(Kind.STALL, 0, FIRST, wait);
      driver.add(Kind.RESUME, 0, 0, wait + length(dice) / 3);
    } else {
      driver.add(Kind.RESTART, 0, FIRST, wait);
    }
  }

  /** Mostly short, at times longer than every lease. */
  private static long length(Dice dice) {
    return dice.percent(70) ? dice.between(50, 5_000) : dice.between(5_000, 40_000);
  }
}
