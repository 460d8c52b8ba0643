package io.holdfast.domain.view;

import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.view.Condition.Status;
import java.util.ArrayList;
import java.util.List;

/** A gateway in sentences: where it runs, what it waits for, how much of what it carries works. */
public final class GatewayExplanation {
  private GatewayExplanation() {}

  /**
   * @param counts of all it is to carry
   */
  public static Sentences of(Lens lens, String name, Gateway gateway, GatewayCounts counts) {
    List<Condition> conditions = GatewayConditions.of(lens, name, gateway);
    return new Sentences(
        states(lens, name, gateway, counts),
        why(conditions, counts),
        unblock(lens, name, gateway, conditions, counts));
  }

  private static List<String> states(
      Lens lens, String name, Gateway gateway, GatewayCounts counts) {
    List<String> all = new ArrayList<>();
    String node = gateway.node();
    String at = " since " + Instants.text(gateway.placedAt());
    if (node != null) {
      all.add(
          "Gateway "
              + name
              + " runs on node "
              + node
              + " as epoch "
              + gateway.epoch()
              + at
              + (gateway.instance() == null ? "" : "; its instance is " + gateway.instance())
              + ".");
    } else if (gateway.isRetired()) {
      all.add("Gateway " + name + " is retired: it carries nothing and takes nothing new.");
    } else {
      all.add("Gateway " + name + " is being taken out of service" + at + ".");
    }
    if (!gateway.retiring()) {
      all.add("It may run on " + candidates(lens, gateway) + ".");
    }
    all.add(
        "It is to carry "
            + Words.count(counts.eips(), "EIP", "EIPs")
            + " and "
            + Words.count(counts.rules(), "rule", "rules")
            + ", as of event "
            + gateway.revision()
            + " (its revision).");
    for (GatewayInstance i : gateway.unfenced()) {
      all.add(
          "Epoch "
              + i.epoch()
              + " on node "
              + i.node()
              + " was told by event "
              + i.replacedAt()
              + " to hold nothing, and may still carry addresses until it is fenced, not before "
              + Instants.text(i.fenceAt())
              + ".");
    }
    return all;
  }

  private static String candidates(Lens lens, Gateway gateway) {
    List<String> all = new ArrayList<>();
    for (String candidate : gateway.spec().candidates()) {
      Node node = lens.state().nodes().get(candidate);
      all.add(
          candidate
              + (node == null
                  ? " (never heard of)"
                  : node.up() ? " (up)" : " (lost since " + Instants.text(node.since()) + ")"));
    }
    return String.join(", ", all);
  }

  private static List<String> why(List<Condition> conditions, GatewayCounts counts) {
    List<String> all = new ArrayList<>();
    String said = "";
    for (Condition c : conditions) {
      // Without an instance three conditions have one reason: it is said once.
      if (c.status() != Status.True && !c.message().equals(said)) {
        all.add(c.type() + " is " + c.status() + " (" + c.reason() + "): " + c.message() + ".");
        said = c.message();
      }
    }
    long eips = counts.eips() - counts.eipsReady();
    long rules = counts.rules() - counts.rulesReady();
    if (eips > 0 || rules > 0) {
      all.add(
          eips
              + " of "
              + Words.count(counts.eips(), "EIP", "EIPs")
              + " and "
              + rules
              + " of "
              + Words.count(counts.rules(), "rule", "rules")
              + " are not ready.");
    }
    return all.isEmpty() ? List.of("It works, and all it is to carry is ready.") : all;
  }

  private static List<String> unblock(
      Lens lens, String name, Gateway gateway, List<Condition> conditions, GatewayCounts counts) {
    List<String> all = new ArrayList<>();
    if (!gateway.isActive()) {
      gateway.unfenced().forEach(i -> all.add(Unblocking.fence(name, i)));
    }
    for (Condition c : conditions) {
      if (c.status() != Status.True) {
        all.addAll(unblock(lens, name, gateway, c));
      }
    }
    if (gateway.isActive()
        && counts.eips() + counts.rules() > counts.eipsReady() + counts.rulesReady()) {
      all.add(
          "The agent on node "
              + gateway.node()
              + " must apply revision "
              + gateway.revision()
              + " and report it (epoch "
              + gateway.epoch()
              + "); explain one of its EIPs that are not ready.");
    }
    return all;
  }

  private static List<String> unblock(Lens lens, String name, Gateway gateway, Condition c) {
    String node = gateway.node();
    if (c.type() == Condition.Type.NoDrift) {
      return List.of(
          "Its agent there must take off what is listed under the gateway's drifts, and be seen"
              + " without it; if no agent runs there, take it off by hand.");
    }
    return switch (c.reason()) {
      case "NodeLost", "NodeUnknown" -> List.of(lost(lens, gateway, node == null ? "" : node));
      case "NotStarted" ->
          List.of("Start the agent of node " + node + ", or look why it leaves " + name + " out.");
      case "ProbeFailed" ->
          List.of(
              "After "
                  + gateway.spec().probeThreshold()
                  + " failures in a row it is moved, if another candidate is up; RescheduleGateway"
                  + " moves it now.");
      case "Retired" ->
          c.type() == Condition.Type.Placed
              ? List.of("If it is needed again, define it anew (DefineGateway).")
              : List.of();
      default -> List.of();
    };
  }

  private static String lost(Lens lens, Gateway gateway, String node) {
    String other = "";
    for (String candidate : gateway.spec().candidates()) {
      Node known = lens.state().nodes().get(candidate);
      if (!candidate.equals(node) && known != null && known.up()) {
        other = candidate;
        break;
      }
    }
    String wanted = "The agent of node " + node + " must report heartbeats";
    if (!other.isEmpty()) {
      return wanted + ", or move it to " + other + " (RescheduleGateway).";
    }
    return gateway.spec().candidates().size() == 1
        ? wanted + ", or give it another candidate (DefineGateway)."
        : wanted + ", or that of another candidate: it moves to the first that is heard of.";
  }
}
