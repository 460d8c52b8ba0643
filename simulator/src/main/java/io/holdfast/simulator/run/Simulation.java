package io.holdfast.simulator.run;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.simulator.check.Violation;
import io.holdfast.simulator.plan.Action;
import io.holdfast.simulator.plan.Dice;
import io.holdfast.simulator.plan.Plan;
import io.holdfast.simulator.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Runs of worlds, one after the other, until so many steps were made or something broke. */
public final class Simulation {
  private static final int SHORTEST = 3_000;
  private static final int LONGEST = 40_000;

  private Simulation() {}

  /**
   * Runs what the seed gives.
   *
   * @param steps at least so many, calm not counted
   * @param progress is told how many of them are done
   */
  public static Result run(long seed, long steps, LongConsumer progress) {
    Dice dice = new Dice(seed);
    long left = steps;
    long made = 0;
    long events = 0;
    long digest = seed;
    int lives = 0;
    while (left > 0) {
      long worldSeed = dice.next();
      int length = (int) Math.min(left, dice.between(SHORTEST, LONGEST));
      lives++;
      Life life = new Life(Setup.of(worldSeed));
      Throwable broken = live(life, length, null);
      made += life.steps();
      events += life.world().service().log().size();
      for (Recorded recorded : life.world().service().log()) {
        digest = 31 * digest + recorded.digest();
      }
      if (broken != null) {
        Failure failure = failure(worldSeed, length, lives, broken);
        return new Result(seed, made, events, lives, digest, failure);
      }
      left -= length;
      progress.accept(steps - left);
    }
    return new Result(seed, made, events, lives, digest, null);
  }

  /** Null: all went well. */
  private static @Nullable Throwable live(Life life, int length, @Nullable List<Action> record) {
    try {
      life.trouble(
          length,
          action -> {
            if (record != null) {
              record.add(action);
            }
          });
      life.calm();
      return null;
    } catch (RuntimeException | AssertionError broken) {
      return broken;
    }
  }

  /** Lives it again, to write down what happens. */
  private static Failure failure(long worldSeed, int length, int lives, Throwable broken) {
    List<Action> actions = new ArrayList<>();
    Life again = new Life(Setup.of(worldSeed));
    Throwable same = live(again, length, actions);
    Throwable cause = same == null ? broken : same;
    boolean calm = again.steps() > actions.size() || actions.size() == length;
    return new Failure(
        rule(cause),
        String.valueOf(cause.getMessage()),
        cause,
        lives,
        again.steps(),
        new Plan(worldSeed, calm, actions));
  }

  /** Plays a plan. Null: everything held. */
  public static @Nullable Throwable play(Plan plan) {
    return play(plan, new Life(Setup.of(plan.worldSeed())));
  }

  static @Nullable Throwable play(Plan plan, Life life) {
    try {
      life.play(plan.actions());
      if (plan.calm()) {
        life.calm();
      }
      return null;
    } catch (RuntimeException | AssertionError broken) {
      return broken;
    }
  }

  /** What was broken, in few words: shorter plans must break the same. */
  static String rule(Throwable cause) {
    if (cause instanceof Violation violation) {
      return violation.rule();
    }
    StackTraceElement[] trace = cause.getStackTrace();
    String where = trace.length == 0 ? "" : " in " + trace[0].getMethodName();
    return cause.getClass().getSimpleName() + where;
  }
}
