package io.holdfast.simulator.mutants;

import static io.holdfast.simulator.mutants.Mutation.What.EMPTY;
import static io.holdfast.simulator.mutants.Mutation.What.FIRST_ARGUMENT;
import static io.holdfast.simulator.mutants.Mutation.What.ITSELF;
import static io.holdfast.simulator.mutants.Mutation.What.NEGATED;
import static io.holdfast.simulator.mutants.Mutation.What.NOTHING;
import static io.holdfast.simulator.mutants.Mutation.What.TRUE;
import static io.holdfast.simulator.mutants.Mutation.leavesOut;
import static io.holdfast.simulator.mutants.Mutation.of;
import static io.holdfast.simulator.mutants.Mutation.takesForFalse;
import static io.holdfast.simulator.mutants.Mutation.takesForTrue;

import java.util.List;

/** The planted faults, by the rule that they break. */
final class Mutations {
  static final List<Mutation> ALL =
      List.of(
          // Fencing: leases, evidence, what a new instance may be given.
          of("decide.Settings", "fenceWaitMs", NOTHING),
          of("decide.GatewayDecisions", "fenceAt", NOTHING),
          of("decide.ObservationDecisions", "carriesOfOurs", NOTHING),
          of("decide.TimerDecisions", "isGone", TRUE),
          of("model.Gateway", "isActive", TRUE),
          of("model.Carriage", "mayBeOn", NOTHING),
          of("model.Address", "isDueOn", TRUE),
          of("view.Readiness", "elsewhere", NOTHING),
          of("model.GatewayInstance", "toldOf", ITSELF),
          leavesOut("decide.GatewayDecisions", "instanceStarted", "move"),
          // Waiting, and not for ever.
          of("decide.TimerDecisions", "cooldown", NOTHING),
          of("decide.TimerDecisions", "fence", NOTHING),
          of("decide.TimerDecisions", "sweep", NOTHING),
          of("decide.TimerDecisions", "inventory", NOTHING),
          of("decide.StrandedDecisions", "rescue", NOTHING),
          of("decide.StrandedDecisions", "letGo", NOTHING),
          of("decide.StrandedDecisions", "leaveUnknown", NOTHING),
          of("decide.NodeDecisions", "lastContact", NOTHING),
          of("decide.GatewayDecisions", "holdDown", NOTHING),
          of("decide.GatewayDecisions", "moveAway", NOTHING),
          of("decide.GatewayDecisions", "firstUp", NOTHING),
          of("evolve.GatewayEvolution", "revised", NOTHING),
          of("decide.ObservationDecisions", "fenceSeenEmpty", NOTHING),
          // Observations: old ones, partial ones, drift.
          of("decide.Inventory", "lacks", TRUE),
          of("decide.Inventory", "shows", TRUE),
          of("decide.Inventory", "lacksContent", NOTHING),
          takesForTrue("decide.ObservationDecisions", "fenceSeenEmpty", "complete"),
          of("model.Carriage", "readyAt", TRUE),
          of("decide.ObservationDecisions", "isDue", TRUE),
          of("decide.DriftDecisions", "seenUnasked", NOTHING),
          of("decide.DriftDecisions", "unexpected", NOTHING),
          of("decide.DriftDecisions", "clearSeenGone", NOTHING),
          of("model.Node", "formerBoots", EMPTY),
          takesForFalse("decide.GatewayDecisions", "instanceStarted", "contains"),
          // Tenures: who holds, how that ends, what is answered.
          of("decide.Answers", "find", NOTHING),
          of("decide.AttachDecisions", "checkHeld", NOTHING),
          of("decide.HeldDecisions", "held", NOTHING),
          of("decide.HeldDecisions", "rebind", NOTHING),
          of("decide.RuleDecisions", "removeAll", NOTHING),
          of("decide.ReleaseDecisions", "coolDown", NOTHING),
          of("model.Tenancy", "liveRules", NOTHING),
          of("model.Address", "rulesLeft", NOTHING),
          of("decide.RestoreDecisions", "present", NOTHING),
          of("decide.RestoreDecisions", "formerRules", EMPTY),
          of("model.OwnerDoubt", "absent", NOTHING),
          of("decide.NodeDecisions", "residents", EMPTY),
          takesForTrue("decide.NodeDecisions", "inventory", "complete"),
          takesForTrue("decide.OwnerCheckDecisions", "checked", "sourceHealthy"),
          takesForTrue("decide.OwnerCheckDecisions", "checked", "isHeldBy"),
          // Pools and counters.
          leavesOut("model.PoolSpec", "allocatable", "withhold"),
          of("evolve.PoolEvolution", "movedPast", NOTHING),
          of("model.PoolUse", "count", ITSELF),
          of("model.PoolUse", "countRetained", ITSELF),
          of("decide.AllocateDecisions", "reusable", NOTHING),
          of("decide.PoolDecisions", "cutsLiveTenure", NOTHING),
          of("model.Pool", "covers", NEGATED),
          of("decide.QuotaDecisions", "check", NOTHING),
          of("decide.WaitDecisions", "isPromised", NOTHING),
          of("decide.WaitDecisions", "wake", NOTHING),
          of("decide.WaitDecisions", "expire", NOTHING),
          of("evolve.Quotas", "moved", NOTHING),
          of("evolve.Runs", "give", NOTHING),
          // State: indexes, digest, overlay, former rules.
          of("evolve.EipEvolution", "index", NOTHING),
          of("evolve.EipEvolution", "count", NOTHING),
          of("evolve.RuleEvolution", "bind", NOTHING),
          of("evolve.RuleEvolution", "unbind", NOTHING),
          of("evolve.RuleEvolution", "follow", NOTHING),
          of("evolve.RuleEvolution", "forget", NOTHING),
          of("evolve.RuleEvolution", "settle", NOTHING),
          of("state.Overlay", "drop", NOTHING),
          leavesOut("evolve.EipEvolution", "rebound", "remove"),
          leavesOut("evolve.EipEvolution", "cooldownStarted", "put"),
          // What agents are told.
          of("view.DesiredState", "epoch", NOTHING),
          of("view.DesiredPart", "merged", FIRST_ARGUMENT),
          of("view.DesiredItems", "rule", NOTHING));

  private Mutations() {}
}
