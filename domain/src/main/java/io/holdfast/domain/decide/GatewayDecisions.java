package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.Evidence;
import io.holdfast.domain.event.MoveCause;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.GatewaySpec;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DefineGateway, RescheduleGateway, RetireGateway; new epochs and the fencing of old instances. */
final class GatewayDecisions {
  private static final long MAX_MS = 24L * 3600 * 1000;

  private GatewayDecisions() {}

  static Verdict define(Draft draft, Command.DefineGateway c) {
    GatewaySpec spec =
        new GatewaySpec(
            c.candidates(), c.failover(), c.fenceAfterMs(), c.probeThreshold(), c.holdDownMs());
    Refusal refusal =
        Check.first(
            Check.name("gateway", c.gateway()),
            checkCandidates(c.candidates()),
            c.failover() == Failover.UNKNOWN
                ? Refusal.invalid("failover", c.failover(), "FENCE_FIRST or TAKEOVER")
                : null,
            Check.range("fenceAfterMs", c.fenceAfterMs(), 100, MAX_MS),
            Check.range("probeThreshold", c.probeThreshold(), 1, 1000),
            Check.range("holdDownMs", c.holdDownMs(), 0, MAX_MS));
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Gateway gateway = draft.state().gateways().get(c.gateway());
    boolean isNew = gateway == null || gateway.isRetired();
    if (gateway != null && gateway.retiring() && !isNew) {
      return Verdict.refused(AttachDecisions.retiring(c.gateway()));
    }
    if (gateway != null && !isNew && gateway.spec().equals(spec)) {
      return Verdict.DONE;
    }
    draft.emit(new Event.GatewayDefined(c.gateway(), spec));
    if (isNew) {
      String up = firstUp(draft.state(), spec.candidates(), null);
      draft.emit(
          new Event.GatewayPlaced(
              c.gateway(),
              up == null ? spec.candidates().getFirst() : up,
              gateway == null ? 1 : gateway.epoch() + 1,
              gateway(draft.state(), c.gateway()).leaseOfNext(draft.now())));
    }
    return Verdict.DONE;
  }

  private static @Nullable Refusal checkCandidates(List<String> candidates) {
    if (candidates.isEmpty() || candidates.size() > 64) {
      return Refusal.invalid("candidates", candidates.size() + " nodes", "1 to 64 nodes");
    }
    if (new HashSet<>(candidates).size() < candidates.size()) {
      return Refusal.invalid("candidates", candidates, "every node once");
    }
    for (int i = 0; i < candidates.size(); i++) {
      Refusal refusal = Check.name("candidates[" + i + "]", candidates.get(i));
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  static Verdict reschedule(Draft draft, Command.RescheduleGateway c) {
    Refusal refusal = AttachDecisions.checkGateway(draft.state(), c.gateway());
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    Gateway gateway = gateway(draft.state(), c.gateway());
    String to = c.node();
    if (to != null && gateway.isOn(to)) {
      return Verdict.DONE;
    }
    if (to != null && !gateway.spec().candidates().contains(to)) {
      return Verdict.refused(
          Refusal.invalid(
              "node", to, "one of the gateway's candidates " + gateway.spec().candidates()));
    }
    if (to != null && !isUp(draft.state(), to)) {
      return Verdict.refused(
          Refusal.of(RefusalCode.NoCandidate, "node " + to + " is not up")
              .with("gateway", c.gateway())
              .with("node", to));
    }
    if (to == null) {
      to = firstUp(draft.state(), gateway.spec().candidates(), gateway.node());
    }
    if (to == null) {
      return Verdict.refused(
          Refusal.of(
                  RefusalCode.NoCandidate,
                  "no other candidate of gateway "
                      + c.gateway()
                      + " is up: "
                      + gateway.spec().candidates())
              .with("gateway", c.gateway()));
    }
    move(draft, c.gateway(), to, MoveCause.REQUESTED, draft.now(), "");
    return Verdict.DONE;
  }

  static Verdict retire(Draft draft, Command.RetireGateway c) {
    Gateway gateway = draft.state().gateways().get(c.gateway());
    if (gateway == null) {
      return Verdict.refused(AttachDecisions.unknown(c.gateway()));
    }
    if (gateway.retiring()) {
      return Verdict.DONE;
    }
    CarriedKey wanted =
        draft
            .state()
            .carried()
            .firstKey(CarriedKey.first(c.gateway(), true), CarriedKey.last(c.gateway(), true));
    if (wanted != null) {
      return Verdict.refused(
          RefusalCode.InUse,
          "gateway "
              + c.gateway()
              + " has EIPs attached, for example "
              + wanted.ip()
              + "; detach or release them first");
    }
    draft.emit(new Event.GatewayRetiring(c.gateway(), fenceAt(gateway, draft.now())));
    WaitDecisions.turned(draft, request -> c.gateway().equals(request.gateway()));
    return Verdict.DONE;
  }

  static Disposition instanceStarted(Draft draft, Report.InstanceStarted r) {
    Gateway gateway = draft.state().gateways().get(r.gateway());
    Node node = draft.state().nodes().get(r.node());
    if (gateway == null || !gateway.isOn(r.node())) {
      return new Disposition.Late("gateway " + r.gateway() + " is not on node " + r.node());
    }
    if (node == null || !node.bootId().equals(r.bootId())) {
      return new Disposition.Late(
          "boot " + r.bootId() + " is not the present one of node " + r.node());
    }
    String late = whyLate(gateway, r);
    if (late != null) {
      return new Disposition.Late("instance " + r.instance() + late);
    }
    if (gateway.instance() == null) {
      draft.emit(started(r, gateway.epoch()));
      return Disposition.USED;
    }
    long old = gateway.epoch();
    move(
        draft,
        r.gateway(),
        r.node(),
        MoveCause.INSTANCE_RESTARTED,
        draft.now(),
        "instance " + r.instance());
    // One that was known before did not begin with an empty kernel just now: it was taken for
    // ended.
    if (!gateway.formerInstances().contains(r.instance())) {
      fenceOn(draft, r.gateway(), r.node(), Evidence.RESTARTED);
    }
    draft.emit(started(r, old + 1));
    return Disposition.USED;
  }

  private static Event.GatewayInstanceStarted started(Report.InstanceStarted r, long epoch) {
    return new Event.GatewayInstanceStarted(r.gateway(), epoch, r.instance(), r.uptimeMs());
  }

  /** Null if it is the newest one. Of what does not say when it began, only names tell. */
  private static @Nullable String whyLate(Gateway gateway, Report.InstanceStarted r) {
    String present = gateway.instance();
    if (present == null) {
      return null;
    }
    if (r.uptimeMs() != 0 && gateway.uptimeMs() != 0 && !present.equals(r.instance())) {
      return r.uptimeMs() < gateway.uptimeMs() ? " began before " + present : null;
    }
    boolean isKnown =
        present.equals(r.instance()) || gateway.formerInstances().contains(r.instance());
    return isKnown ? " is known" : null;
  }

  /**
   * Gives the gateway a new epoch on a node.
   *
   * @param lastContact epoch milliseconds of the last possible contact with the old instance
   */
  static void move(
      Draft draft, String name, String toNode, MoveCause cause, long lastContact, String detail) {
    Gateway gateway = gateway(draft.state(), name);
    draft.emit(
        new Event.GatewayRescheduled(
            name,
            gateway.node() == null ? toNode : gateway.node(),
            toNode,
            gateway.epoch() + 1,
            cause,
            fenceAt(gateway, lastContact),
            detail,
            gateway.leaseOfNext(draft.now())));
  }

  /**
   * Moves the gateway to another candidate that is up, if there is one and the hold-down is over.
   */
  static boolean moveAway(
      Draft draft, String name, MoveCause cause, long lastContact, String detail) {
    Gateway gateway = gateway(draft.state(), name);
    if (gateway.retiring() || draft.now() < gateway.placedAt() + holdDown(gateway, cause)) {
      return false;
    }
    String to = firstUp(draft.state(), gateway.spec().candidates(), gateway.node());
    if (to == null) {
      return false;
    }
    move(draft, name, to, cause, lastContact, detail);
    return true;
  }

  private static long holdDown(Gateway gateway, MoveCause cause) {
    return cause == MoveCause.PROBE_FAILED ? gateway.spec().holdDownMs() : 0;
  }

  private static long fenceAt(Gateway gateway, long lastContact) {
    return lastContact + Settings.fenceWaitMs(gateway.leaseMs());
  }

  /** The kernel of that node is surely empty. */
  static void fenceOn(Draft draft, String gateway, String node, Evidence evidence) {
    for (GatewayInstance instance : gateway(draft.state(), gateway).unfenced()) {
      if (instance.node().equals(node)) {
        fence(draft, gateway, instance.epoch(), evidence);
      }
    }
    long epoch = gateway(draft.state(), gateway).epoch();
    DriftDecisions.clearOn(draft, gateway, node, epoch, evidence);
  }

  /** An earlier instance surely carries nothing any more. */
  static void fence(Draft draft, String name, long epoch, Evidence evidence) {
    GatewayInstance instance = gateway(draft.state(), name).unfenced(epoch);
    if (instance == null) {
      return;
    }
    draft.emit(new Event.GatewayInstanceFenced(name, epoch, instance.node(), evidence));
    DriftDecisions.clearOn(draft, name, instance.node(), epoch, Evidence.FENCED);
    if (gateway(draft.state(), name).isRetired()) {
      draft.emit(new Event.GatewayRetired(name));
    }
  }

  static List<String> names(State state) {
    List<String> names = new ArrayList<>();
    state.gateways().scan("", TableId.LAST_NAME, (name, gateway) -> names.add(name));
    return names;
  }

  static Gateway gateway(State state, String name) {
    Gateway gateway = state.gateways().get(name);
    if (gateway == null) {
      throw new IllegalStateException("gateway " + name + " has no record");
    }
    return gateway;
  }

  static boolean isUp(State state, String name) {
    Node node = state.nodes().get(name);
    return node != null && node.up();
  }

  /** The first candidate that is up, but not {@code other}. */
  static @Nullable String firstUp(State state, List<String> candidates, @Nullable String other) {
    for (String candidate : candidates) {
      if (!candidate.equals(other) && isUp(state, candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
