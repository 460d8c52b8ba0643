package io.holdfast.simulator.client;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.simulator.setup.PoolPlan;
import io.holdfast.simulator.setup.PoolShape;
import io.holdfast.simulator.setup.Setup;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators who define, cut and remove pools. */
final class PoolClients {
  private PoolClients() {}

  /** The first pool that is not there. */
  static @Nullable Wish define(Scene scene) {
    for (PoolPlan pool : scene.setup().pools()) {
      if (scene.state().pools().get(pool.name()) == null) {
        PoolShape shape = pool.shapes().getFirst();
        return Wish.ask(
            new Command.DefinePool(
                pool.name(),
                pool.family(),
                shape.ranges(),
                shape.exclusions(),
                pool.subnet(),
                null,
                pool.cooldownMs(),
                Map.of(),
                pool.ownerCheck(),
                pool.policy(),
                pool.crossTenantCooldownMs(),
                0,
                false,
                pool.leaseMs(),
                pool.probationMs()));
      }
    }
    return null;
  }

  static Wish resize(Scene scene) {
    PoolPlan pool = scene.pool();
    PoolShape shape = scene.dice().pick(pool.shapes());
    return new Wish.Ask(
        new Command.ResizePool(
            pool.name(),
            shape.ranges(),
            shape.exclusions(),
            pool.subnet(),
            null,
            scene.dice().percent(70) ? ResizeMode.RETAIN : ResizeMode.REJECT),
        "",
        scene.dice().percent(20));
  }

  /** What falls outside may stay for a while. */
  static Wish drain(Scene scene) {
    PoolPlan pool = scene.pool();
    PoolShape shape = scene.dice().pick(pool.shapes());
    return Wish.ask(
        new Command.ResizePool(
            pool.name(),
            shape.ranges(),
            shape.exclusions(),
            pool.subnet(),
            null,
            ResizeMode.DRAIN,
            scene.dice().below((int) Setup.LONGEST_LEASE_MS)));
  }

  static Wish remove(Scene scene) {
    return Wish.ask(new Command.RemovePool(scene.pool().name()));
  }
}
