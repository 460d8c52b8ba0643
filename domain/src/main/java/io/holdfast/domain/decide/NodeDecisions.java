package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.Evidence;
import io.holdfast.domain.event.MoveCause;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.ResidentKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Heartbeats, reboots, lost nodes, owner inventories, FenceNode. */
final class NodeDecisions {
  private NodeDecisions() {}

  static Disposition heartbeat(Draft draft, Report.NodeHeartbeat r) {
    Node node = draft.state().nodes().get(r.node());
    if (node != null && node.formerBoots().contains(r.bootId())) {
      return new Disposition.Late("boot " + r.bootId() + " of node " + r.node() + " is over");
    }
    draft.state().lastSeen().put(r.node(), draft.now());
    if (node == null) {
      draft.emit(new Event.NodeRegistered(r.node(), r.bootId()));
    } else if (!node.bootId().equals(r.bootId())) {
      rebooted(draft, r, node);
    } else if (!node.up()) {
      draft.emit(new Event.NodeReturned(r.node(), r.bootId(), r.bootId(), 0));
    } else {
      return Disposition.USED;
    }
    WaitDecisions.turned(draft, request -> r.node().equals(request.node()));
    StrandedDecisions.rescue(draft);
    return Disposition.USED;
  }

  /**
   * A new boot: the kernel is empty, so every instance on the node is fenced and each gateway there
   * has a new epoch.
   */
  private static void rebooted(Draft draft, Report.NodeHeartbeat r, Node before) {
    boolean residents = !residents(draft.state(), r.node(), binding -> true).isEmpty();
    long due = residents ? draft.now() + draft.settings().inventoryDueMs() : 0;
    draft.emit(new Event.NodeReturned(r.node(), r.bootId(), before.bootId(), due));
    for (String name : GatewayDecisions.names(draft.state())) {
      Gateway gateway = GatewayDecisions.gateway(draft.state(), name);
      if (gateway.isOn(r.node())) {
        GatewayDecisions.move(
            draft, name, r.node(), MoveCause.NODE_REBOOTED, draft.now(), "boot " + r.bootId());
      }
      GatewayDecisions.fenceOn(draft, name, r.node(), Evidence.REBOOTED);
    }
  }

  /** Returns how many nodes were found lost. */
  static int findLost(Draft draft, long heardFrom) {
    List<String> silent = new ArrayList<>();
    draft
        .state()
        .nodes()
        .scan(
            "",
            TableId.LAST_NAME,
            (name, node) -> {
              long heard = lastContact(draft.state(), name, heardFrom);
              if (node.up() && draft.now() - heard > draft.settings().nodeLostAfterMs()) {
                silent.add(name);
              }
              return true;
            });
    for (String name : silent) {
      Node node = node(draft.state(), name);
      long heard = lastContact(draft.state(), name, heardFrom);
      draft.emit(new Event.NodeLost(name, node.bootId(), heard));
      WaitDecisions.turned(draft, request -> name.equals(request.node()));
      for (String gateway : GatewayDecisions.names(draft.state())) {
        if (GatewayDecisions.gateway(draft.state(), gateway).isOn(name)) {
          GatewayDecisions.moveAway(
              draft, gateway, MoveCause.NODE_LOST, heard, "node " + name + " is lost");
        }
      }
    }
    StrandedDecisions.look(draft, heardFrom);
    return silent.size();
  }

  /** When a node was last heard of, epoch milliseconds; not before {@code atLeast}. */
  static long lastContact(State state, String node, long atLeast) {
    Long heard = state.lastSeen().get(node);
    return heard == null ? atLeast : Math.max(heard, atLeast);
  }

  static Disposition inventory(Draft draft, Report.OwnerInventory r) {
    Node node = draft.state().nodes().get(r.node());
    if (node == null || !node.bootId().equals(r.bootId())) {
      return new Disposition.Late(
          "boot " + r.bootId() + " is not the present one of node " + r.node());
    }
    if (!r.complete()) {
      return new Disposition.Late("the inventory is not complete: it releases nothing");
    }
    if (node.awaitedInventory() == null) {
      // Who was there after the boot was settled by the boot's first inventory: a later one without
      // an owner is no
      // proof that the owner died with an earlier boot.
      return Disposition.USED;
    }
    Set<Owner> alive = new HashSet<>(r.owners());
    List<IpAddress> gone = new ArrayList<>();
    for (IpAddress ip :
        residents(draft.state(), r.node(), binding -> !binding.bootId().equals(r.bootId()))) {
      if (!alive.contains(ReleaseDecisions.tenancy(draft.state(), ip).owner())) {
        gone.add(ip);
      }
    }
    draft.emit(new Event.OwnerInventoryTaken(r.node(), r.bootId(), r.owners().size(), gone.size()));
    for (IpAddress ip : gone) {
      ReleaseDecisions.endWithRules(
          draft,
          ip,
          ReleaseCause.OWNER_REBOOTED,
          "not in the owner inventory of node " + r.node() + ", boot " + r.bootId());
    }
    return Disposition.USED;
  }

  static Verdict fence(Draft draft, CommandMeta meta, Command.FenceNode c) {
    if (meta.reason().isBlank()) {
      return Verdict.refused(
          Refusal.invalid("meta.reason", meta.reason(), "how it is known that the node is off"));
    }
    Node node = draft.state().nodes().get(c.node());
    if (node == null) {
      return Verdict.refused(
          Refusal.of(RefusalCode.NodeUnknown, "node " + c.node() + " has never been heard of")
              .with("node", c.node()));
    }
    return node.up()
        ? endEarlierBoots(draft, meta, c.node(), node)
        : switchOff(draft, meta, c.node(), node);
  }

  /** The node is back in a new boot, but who lived there before the boot is not known. */
  private static Verdict endEarlierBoots(Draft draft, CommandMeta meta, String name, Node node) {
    if (node.awaitedInventory() == null) {
      return Verdict.refused(
          RefusalCode.InUse,
          "node "
              + name
              + " is up in boot "
              + node.bootId()
              + "; it can be fenced once it is lost");
    }
    draft.emit(new Event.NodeFenced(name, node.formerBoots().getLast()));
    for (IpAddress ip :
        residents(draft.state(), name, binding -> !binding.bootId().equals(node.bootId()))) {
      ReleaseDecisions.endWithRules(draft, ip, ReleaseCause.NODE_FENCED, meta.reason());
    }
    return Verdict.DONE;
  }

  private static Verdict switchOff(Draft draft, CommandMeta meta, String name, Node node) {
    draft.emit(new Event.NodeFenced(name, node.bootId()));
    // Tenures end first: what is withdrawn in the old epoch goes with its instance, and need not
    // wait for the new one.
    for (IpAddress ip : residents(draft.state(), name, binding -> true)) {
      ReleaseDecisions.endWithRules(draft, ip, ReleaseCause.NODE_FENCED, meta.reason());
    }
    for (String gateway : GatewayDecisions.names(draft.state())) {
      if (GatewayDecisions.gateway(draft.state(), gateway).isOn(name)) {
        moveOffOrAnew(draft, gateway, name, meta.reason());
      }
      GatewayDecisions.fenceOn(draft, gateway, name, Evidence.OPERATOR);
    }
    return Verdict.DONE;
  }

  /**
   * Without another candidate the gateway gets its new epoch where it is, for when the node comes
   * back.
   */
  private static void moveOffOrAnew(Draft draft, String gateway, String node, String reason) {
    if (!GatewayDecisions.moveAway(draft, gateway, MoveCause.NODE_FENCED, draft.now(), reason)) {
      GatewayDecisions.move(draft, gateway, node, MoveCause.NODE_FENCED, draft.now(), reason);
    }
  }

  private static List<IpAddress> residents(State state, String node, Predicate<NodeBinding> which) {
    List<IpAddress> found = new ArrayList<>();
    state
        .residents()
        .scan(
            ResidentKey.first(node),
            ResidentKey.last(node),
            (key, mark) -> {
              Tenancy tenancy = ReleaseDecisions.tenancy(state, key.ip());
              if (tenancy.node() != null && which.test(tenancy.node())) {
                found.add(key.ip());
              }
              return true;
            });
    return found;
  }

  /** Whether a request's node is one that has been heard of; it need not name one. */
  static @Nullable Refusal checkKnown(State state, @Nullable String node) {
    return node == null || state.nodes().get(node) != null
        ? null
        : Refusal.of(
                RefusalCode.NodeUnknown,
                "node " + node + " has not been heard of: its agent reports it first")
            .with("node", node);
  }

  /** The node in its present boot; null: the request names none, or none that has been heard of. */
  static @Nullable NodeBinding binding(State state, @Nullable String name) {
    Node node = name == null ? null : state.nodes().get(name);
    return name == null || node == null ? null : new NodeBinding(name, node.bootId());
  }

  private static Node node(State state, String name) {
    Node node = state.nodes().get(name);
    if (node == null) {
      throw new IllegalStateException("node " + name + " has no record");
    }
    return node;
  }
}
