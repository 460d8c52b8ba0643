package io.holdfast.simulator.run;

import io.holdfast.simulator.check.Progress;
import io.holdfast.simulator.net.Message;
import io.holdfast.simulator.plan.Action;
import io.holdfast.simulator.plan.Kind;
import io.holdfast.simulator.setup.PoolPlan;
import io.holdfast.simulator.setup.Setup;
import io.holdfast.simulator.setup.Trouble;
import io.holdfast.simulator.world.World;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One world from its beginning to its end: a time of trouble, then a time of calm after which all
 * must have come to rest.
 */
final class Life {
  /** The whole state is audited after so many steps of trouble. */
  private static final int AUDIT_EVERY = 8_000;

  /** Ids of the actions of the calm: beyond those of any trouble. */
  private static final int CALM_IDS = 1 << 24;

  private static final Trouble CALM = Trouble.NONE;
  private static final long CALM_SEED = 7;

  private final Setup setup;
  private final Follower follower = new Follower();
  private final World world;
  private long steps;

  /** Passes on to the driver of the moment, or to nobody. */
  private static final class Follower implements World.Follow {
    private @Nullable Driver driver;

    @Override
    public void sent(int id, Message message) {
      if (driver != null) {
        driver.sent(id, message);
      }
    }

    @Override
    public void later(Kind kind, int subject, long delayMs) {
      if (driver != null) {
        driver.later(kind, subject, delayMs);
      }
    }
  }

  Life(Setup setup) {
    this.setup = setup;
    this.world = new World(setup, follower);
  }

  World world() {
    return world;
  }

  long steps() {
    return steps;
  }

  /**
   * Lives through trouble.
   *
   * @param record takes every action before it happens
   */
  void trouble(int length, Consumer<Action> record) {
    Driver driver = new Driver(setup, setup.seed(), setup.trouble(), 1);
    drive(driver);
    driver.begin();
    for (int i = 0; i < length; i++) {
      Action action = driver.next();
      record.accept(action);
      step(action);
      if (i % AUDIT_EVERY == AUDIT_EVERY - 1) {
        world.service().audit();
      }
    }
    follower.driver = null;
    world.service().audit();
  }

  /** Lives through what a plan says. */
  void play(List<Action> plan) {
    for (Action action : plan) {
      step(action);
    }
    world.service().audit();
  }

  /** Nothing fails any more, and nobody wants anything new. At the end all is as it should be. */
  void calm() {
    world.loseAll();
    Driver driver = new Driver(setup, CALM_SEED, CALM, CALM_IDS);
    drive(driver);
    driver.mend();
    long until = world.now() + calmMs();
    while (world.now() < until) {
      step(driver.next());
    }
    follower.driver = null;
    world.service().audit();
    Progress.check(world.watch(), setup);
  }

  private void drive(Driver driver) {
    follower.driver = driver;
    driver.drives(world);
  }

  private void step(Action action) {
    steps++;
    world.happen(action);
  }

  /**
   * Leases of EIPs and of instances run out, a reboot is noticed, everything is withdrawn,
   * reported, and cools down.
   */
  private long calmMs() {
    long longest = 0;
    for (PoolPlan pool : setup.pools()) {
      longest = Math.max(longest, pool.longestRestMs());
    }
    long leases = Setup.LONGEST_LEASE_MS + setup.settings().leaseGraceMs();
    return longest + leases + 2 * Setup.FENCE_AFTER.getLast() + 14_000;
  }
}
