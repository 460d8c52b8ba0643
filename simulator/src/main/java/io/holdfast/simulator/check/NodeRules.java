package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.report.Report;
import io.holdfast.simulator.setup.Setup;

/** Nodes: heard of, lost, booted anew, fenced; who lives on them. */
final class NodeRules {
  private final Setup setup;
  private final Facts facts;

  NodeRules(Setup setup, Facts facts) {
    this.setup = setup;
    this.facts = facts;
  }

  /** A heartbeat counts from the moment at which it is read, unless its boot is over. */
  void heard(Report.NodeHeartbeat r, long time) {
    Facts.NodeFact node = facts.nodes.get(r.node());
    if (node == null || !node.formerBoots.contains(r.bootId())) {
      facts.heardAt.put(r.node(), time);
    }
  }

  void registered(Stimulus stimulus, Event.NodeRegistered e) {
    unless(
        !facts.nodes.containsKey(e.node()) && beat(stimulus, e.node(), e.bootId()),
        "nodes",
        e,
        stimulus);
    facts.nodes.put(e.node(), new Facts.NodeFact(e.bootId()));
  }

  void lost(Stimulus stimulus, EventHeader header, Event.NodeLost e) {
    Facts.NodeFact node = facts.node(e.node());
    boolean silent =
        stimulus instanceof Stimulus.Passed p
            && header.time() - Math.max(facts.heardAt(e.node()), p.heardFrom())
                > setup.settings().nodeLostAfterMs();
    unless(node.up && silent, "nodes", e, facts.heardAt(e.node()));
    node.up = false;
  }

  void returned(Stimulus stimulus, Event.NodeReturned e) {
    Facts.NodeFact node = facts.node(e.node());
    unless(beat(stimulus, e.node(), e.bootId()), "nodes", e, stimulus);
    unless(e.previousBootId().equals(node.boot), "nodes", e, node.boot);
    unless(!node.formerBoots.contains(e.bootId()), "5 old boot", e, node.formerBoots);
    node.up = true;
    if (!e.bootId().equals(node.boot)) {
      node.formerBoots.add(node.boot);
      node.boot = e.bootId();
      node.awaitsInventory = true;
    }
  }

  void fenced(Stimulus stimulus, Event.NodeFenced e) {
    Facts.NodeFact node = facts.node(e.node());
    unless(GatewayRules.asked(stimulus, e.node()), "nodes", e, stimulus);
    unless(!node.up || !e.bootId().equals(node.boot), "fence", e, "it is up");
    node.awaitsInventory = false;
  }

  void inventoryTaken(Stimulus stimulus, Event.OwnerInventoryTaken e) {
    Facts.NodeFact node = facts.node(e.node());
    boolean given =
        stimulus instanceof Stimulus.Told t
            && t.report() instanceof Report.OwnerInventory r
            && r.complete()
            && r.node().equals(e.node())
            && r.bootId().equals(node.boot);
    unless(given && node.awaitsInventory, "H owner inventory", e, stimulus);
    node.awaitsInventory = false;
  }

  void inventoryOverdue(Event.OwnerInventoryOverdue e) {
    unless(facts.node(e.node()).awaitsInventory, "H owner inventory", e, "it came");
  }

  private static boolean beat(Stimulus stimulus, String node, String boot) {
    return stimulus instanceof Stimulus.Told t
        && t.report() instanceof Report.NodeHeartbeat r
        && r.node().equals(node)
        && r.bootId().equals(boot);
  }
}
