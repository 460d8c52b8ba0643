package io.holdfast.simulator.mutants;

import static io.holdfast.simulator.mutants.Mutation.What.EMPTY;
import static io.holdfast.simulator.mutants.Mutation.What.FIRST_ARGUMENT;
import static io.holdfast.simulator.mutants.Mutation.What.ITSELF;
import static io.holdfast.simulator.mutants.Mutation.What.NEGATED;
import static io.holdfast.simulator.mutants.Mutation.What.NOTHING;
import static io.holdfast.simulator.mutants.Mutation.What.TRUE;
import static io.holdfast.simulator.mutants.Mutation.changed;
import static io.holdfast.simulator.mutants.Mutation.leavesOut;
import static io.holdfast.simulator.mutants.Mutation.takesForFalse;
import static io.holdfast.simulator.mutants.Mutation.takesForTrue;

import java.util.List;

/** The planted faults, by the rule that they break. */
final class Mutations {
  static final List<Mutation> ALL =
      List.of(
          // Fencing: leases, evidence, what a new instance may be given.
          changed("decide.Settings", "fenceWaitMs", NOTHING),
          changed("decide.GatewayDecisions", "fenceAt", NOTHING),
          changed("decide.ObservationDecisions", "carriesOfOurs", NOTHING),
          changed("decide.TimerDecisions", "isGone", TRUE),
          changed("model.Gateway", "isActive", TRUE),
          changed("model.Carriage", "mayBeOn", NOTHING),
          changed("model.Address", "isDueOn", TRUE),
          changed("view.Readiness", "elsewhere", NOTHING),
          leavesOut("decide.GatewayDecisions", "instanceStarted", "move"),
          changed("model.GatewayInstance", "toldOf", ITSELF),
          // Waiting, and not for ever.
          changed("decide.TimerDecisions", "cooldown", NOTHING),
          changed("decide.TimerDecisions", "fence", NOTHING),
          changed("decide.TimerDecisions", "sweep", NOTHING),
          changed("decide.TimerDecisions", "inventory", NOTHING),
          changed("decide.StrandedDecisions", "rescue", NOTHING),
          changed("decide.StrandedDecisions", "letGo", NOTHING),
          changed("decide.StrandedDecisions", "leaveUnknown", NOTHING).with(2),
          changed("decide.NodeDecisions", "lastContact", NOTHING),
          changed("decide.GatewayDecisions", "holdDown", NOTHING),
          changed("decide.GatewayDecisions", "moveAway", NOTHING),
          changed("decide.GatewayDecisions", "firstUp", NOTHING),
          changed("evolve.GatewayEvolution", "revised", NOTHING),
          changed("decide.ObservationDecisions", "fenceSeenEmpty", NOTHING),
          // Observations: old ones, partial ones, drift.
          changed("decide.Inventory", "lacks", TRUE),
          changed("decide.Inventory", "shows", TRUE),
          changed("decide.Inventory", "lacksContent", NOTHING).with(5),
          takesForTrue("decide.ObservationDecisions", "fenceSeenEmpty", "complete").with(2),
          changed("model.Carriage", "readyAt", TRUE),
          changed("decide.DriftDecisions", "seenUnasked", NOTHING).with(2),
          changed("decide.DriftDecisions", "unexpected", NOTHING),
          changed("decide.DriftDecisions", "clearSeenGone", NOTHING).with(12),
          changed("model.Node", "formerBoots", EMPTY),
          changed("decide.GatewayDecisions", "whyLate", NOTHING),
          // Tenures: who holds, how that ends, what is answered.
          changed("decide.Answers", "find", NOTHING),
          changed("decide.AttachDecisions", "checkHeld", NOTHING),
          changed("decide.HeldDecisions", "held", NOTHING),
          changed("decide.HeldDecisions", "rebind", NOTHING),
          changed("decide.RuleDecisions", "removeAll", NOTHING),
          changed("decide.ReleaseDecisions", "coolDown", NOTHING),
          changed("model.Tenancy", "liveRules", NOTHING),
          changed("model.Address", "rulesLeft", NOTHING),
          changed("decide.RestoreDecisions", "present", NOTHING),
          changed("decide.RestoreDecisions", "formerRules", EMPTY),
          changed("model.OwnerDoubt", "absent", NOTHING),
          changed("decide.NodeDecisions", "residents", EMPTY),
          takesForTrue("decide.NodeDecisions", "inventory", "complete"),
          takesForTrue("decide.OwnerCheckDecisions", "checked", "sourceHealthy"),
          takesForTrue("decide.OwnerCheckDecisions", "checked", "isHeldBy"),
          // Pools and counters.
          leavesOut("model.PoolSpec", "allocatable", "withhold"),
          changed("evolve.PoolEvolution", "movedPast", NOTHING),
          changed("model.PoolUse", "count", ITSELF),
          changed("model.PoolUse", "countRetained", ITSELF),
          changed("decide.Picker", "next", NOTHING),
          changed("decide.PoolDecisions", "cutsLiveTenure", NOTHING),
          changed("model.Pool", "covers", NEGATED),
          changed("decide.QuotaDecisions", "check", NOTHING),
          changed("decide.WaitDecisions", "turned", NOTHING),
          changed("decide.WaitDecisions", "wake", NOTHING),
          changed("decide.WaitDecisions", "look", NOTHING),
          changed("state.WaitingLine", "isPromised", NOTHING),
          changed("state.WaitingLine", "isOff", NOTHING),
          changed("decide.QuotaDecisions", "charged", NOTHING).with(40),
          changed("evolve.Quotas", "moved", NOTHING),
          changed("evolve.Runs", "give", NOTHING),
          // Leases, reservation, adoption, quarantine, transfer.
          changed("decide.LeaseDecisions", "end", NOTHING),
          changed("decide.LeaseDecisions", "warn", NOTHING),
          changed("decide.LeaseDecisions", "drain", NOTHING),
          changed("decide.LeaseDecisions", "lastUntil", NOTHING),
          changed("decide.Settings", "leaseGraceMs", NOTHING),
          changed("evolve.LeaseTimers", "follow", NOTHING),
          takesForFalse("decide.ReleaseDecisions", "settle", "adopted"),
          changed("decide.DriftDecisions", "seenElsewhere", NOTHING).with(15),
          changed("decide.QuarantineDecisions", "probationOver", NOTHING),
          changed("decide.QuarantineDecisions", "endIfOver", NOTHING),
          changed("decide.QuarantineDecisions", "isWorthTelling", TRUE),
          changed("decide.QuarantineDecisions", "conflict", NOTHING),
          changed("decide.TransferDecisions", "inUse", NOTHING),
          changed("decide.TransferDecisions", "notOffered", NOTHING),
          // State: indexes, digest, overlay, former rules.
          changed("evolve.EipEvolution", "index", NOTHING),
          changed("evolve.Shelf", "index", NOTHING),
          changed("evolve.Shelf", "timer", NOTHING),
          changed("evolve.RuleEvolution", "bind", NOTHING),
          changed("evolve.RuleEvolution", "unbind", NOTHING),
          changed("evolve.RuleEvolution", "follow", NOTHING),
          changed("evolve.RuleEvolution", "forget", NOTHING),
          changed("evolve.RuleEvolution", "settle", NOTHING),
          changed("state.Overlay", "drop", NOTHING),
          leavesOut("evolve.EipEvolution", "rebound", "remove"),
          leavesOut("evolve.EipEvolution", "cooldownStarted", "put"),
          // What agents are told.
          changed("view.DesiredState", "epoch", NOTHING),
          changed("view.DesiredPart", "merged", FIRST_ARGUMENT),
          changed("view.DesiredItems", "rule", NOTHING));

  private Mutations() {}
}
