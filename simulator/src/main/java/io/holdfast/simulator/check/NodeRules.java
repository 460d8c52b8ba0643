package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.report.Report;
import io.holdfast.simulator.setup.Setup;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Nodes: heard of, lost, booted anew, fenced; who lives on them. */
final class NodeRules {
  private final Setup setup;
  private final Facts facts;
  private Event.@Nullable NodeFenced fencedNode;

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
      node.inventoryDueAt = e.inventoryDueAt();
      unless(
          (e.inventoryDueAt() != 0) == (residents(e.node(), owner -> true, boot -> true) > 0),
          "H owner inventory",
          e,
          "who lives there?");
    }
  }

  void fenced(Stimulus stimulus, Event.NodeFenced e) {
    Facts.NodeFact node = facts.node(e.node());
    unless(GatewayRules.asked(stimulus, e.node()), "nodes", e, stimulus);
    unless(!node.up || !e.bootId().equals(node.boot), "fence", e, "it is up");
    node.awaitsInventory = false;
    fencedNode = e;
  }

  /** Once a node is fenced nobody lives in the boots that are over. */
  void after() {
    Event.NodeFenced e = fencedNode;
    fencedNode = null;
    if (e != null) {
      Facts.NodeFact node = facts.node(e.node());
      boolean all = e.bootId().equals(node.boot);
      int left = residents(e.node(), owner -> true, boot -> all || !boot.equals(node.boot));
      unless(left == 0, "H fenced", e, left + " live there still");
    }
  }

  private int residents(String node, Predicate<Owner> whose, Predicate<String> boots) {
    int[] count = {0};
    facts.eips.forEach((ip, eip) -> {
      boolean bound =
          eip.phase == Phase.ALLOCATED
              && eip.node != null
              && eip.owner != null
              && eip.node.node().equals(node);
      if (bound && eip.node != null && eip.owner != null) {
        count[0] += whose.test(eip.owner) && boots.test(eip.node.bootId()) ? 1 : 0;
      }
    });
    return count[0];
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
    if (stimulus instanceof Stimulus.Told(Report.OwnerInventory r, var _)) {
      int gone = residents(e.node(), o -> !r.owners().contains(o), boot -> !boot.equals(node.boot));
      unless(e.released() == gone, "H owner inventory", e, gone);
    }
    node.awaitsInventory = false;
  }

  void inventoryOverdue(Event.OwnerInventoryOverdue e) {
    unless(facts.node(e.node()).awaitsInventory, "H owner inventory", e, "it came");
    facts.node(e.node()).inventoryDueAt = 0;
  }

  private static boolean beat(Stimulus stimulus, String node, String boot) {
    return stimulus instanceof Stimulus.Told t
        && t.report() instanceof Report.NodeHeartbeat r
        && r.node().equals(node)
        && r.bootId().equals(boot);
  }
}
