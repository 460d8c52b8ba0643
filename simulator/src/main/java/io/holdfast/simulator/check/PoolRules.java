package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.simulator.setup.PoolPlan;
import io.holdfast.simulator.setup.PoolShape;
import io.holdfast.simulator.setup.Setup;
import java.util.List;

/** Pools: what they offer is counted out by the setup, not by the domain. */
final class PoolRules {
  private final Setup setup;
  private final Facts facts;

  PoolRules(Setup setup, Facts facts) {
    this.setup = setup;
    this.facts = facts;
  }

  void defined(Event.PoolDefined e) {
    unless(!facts.pools.containsKey(e.pool()), "pools", e, "it is there");
    PoolPlan plan = setup.pool(e.pool());
    facts.pools.put(e.pool(), new Facts.PoolFact(plan, shape(plan, e.spec())));
  }

  void resized(Stimulus stimulus, Event.PoolResized e) {
    Facts.PoolFact pool = facts.pool(e.pool());
    PoolShape before = pool.shape;
    pool.cut(shape(pool.plan, e.spec()));
    boolean rejects =
        stimulus instanceof Stimulus.Asked asked
            && asked.command() instanceof Command.ResizePool c
            && c.mode() == ResizeMode.REJECT;
    for (var ip : before.offered()) {
      EipFact eip = facts.eips.get(ip);
      boolean cut = !pool.offered.contains(ip) && eip != null && eip.phase != Phase.FREE;
      unless(!rejects || !cut, "9 pools", e, ip);
    }
    // Free addresses that fall outside are not the pool's any more.
    for (var ip : List.copyOf(setup.poolOf().keySet())) {
      EipFact eip = facts.eips.get(ip);
      if (eip != null
          && eip.phase == Phase.FREE
          && eip.pool.equals(e.pool())
          && !pool.offered.contains(ip)) {
        facts.eips.remove(ip);
      }
    }
  }

  void removed(Event.PoolRemoved e) {
    Facts.PoolFact pool = facts.pool(e.pool());
    for (Phase phase : Phase.values()) {
      unless(phase == Phase.FREE || pool.count(phase) == 0, "9 pools", e, phase);
    }
    facts.pools.remove(e.pool());
    for (var ip : List.copyOf(setup.poolOf().keySet())) {
      EipFact eip = facts.eips.get(ip);
      if (eip != null && eip.pool.equals(e.pool())) {
        facts.eips.remove(ip);
      }
    }
  }

  private static PoolShape shape(PoolPlan plan, PoolSpec spec) {
    return Violation.need(plan.shape(spec.ranges(), spec.exclusions()), "pools", spec);
  }
}
