package io.holdfast.domain.decide;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.Evidence;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import java.util.ArrayList;
import java.util.List;

/**
 * What the passing of time brings. A timer only says when to look; the state says whether anything
 * follows.
 */
final class TimerDecisions {
  private static final int SWEEP_PORTION = 200;

  private TimerDecisions() {}

  /** Fires due timers, at most {@code limit}; returns how many. */
  static int fire(Draft draft, long heardFrom, long commandsFrom, int limit) {
    List<TimerKey> due = due(draft, limit);
    for (TimerKey timer : due) {
      draft.state().timers().remove(timer);
      switch (timer.kind()) {
        case COOLDOWN -> cooldown(draft, IpAddress.parse(timer.subject()));
        case FENCE -> fence(draft, timer, heardFrom);
        case SWEEP -> sweep(draft, timer);
        case INVENTORY -> inventory(draft, timer);
        case WAIT -> WaitDecisions.look(draft, Long.parseLong(timer.subject()));
        case WAKE -> WaitDecisions.serve(draft, timer.subject(), Long.parseLong(timer.detail()));
        case LEASE_WARNING -> LeaseDecisions.warn(draft, timer);
        case LEASE_END -> LeaseDecisions.end(draft, timer, commandsFrom);
        case PROBATION ->
            QuarantineDecisions.probationOver(draft, IpAddress.parse(timer.subject()));
        case OUTCOMES -> Answers.clear(draft.state(), timer, draft.now());
      }
    }
    return due.size();
  }

  /**
   * What is due, in order; but what comes free is for who waits longest: nobody who waits is looked
   * at before all else that is due is done, in this turn or in further ones. So all that is due is
   * read each turn: after a replay that is everybody who waits.
   */
  private static List<TimerKey> due(Draft draft, int limit) {
    List<TimerKey> due = new ArrayList<>();
    List<TimerKey> looks = new ArrayList<>();
    draft
        .state()
        .timers()
        .scan(
            TimerKey.FIRST,
            TimerKey.after(draft.now()),
            (key, mark) -> {
              if (key.kind() != TimerKind.WAIT && key.kind() != TimerKind.WAKE) {
                due.add(key);
              } else if (looks.size() < limit) {
                looks.add(key);
              }
              return due.size() < limit;
            });
    due.addAll(looks.subList(0, Math.min(looks.size(), limit - due.size())));
    return due;
  }

  private static void cooldown(Draft draft, IpAddress ip) {
    Address address = draft.state().addresses().get(ip);
    if (address == null || address.phase() != Phase.COOLING_DOWN) {
      return;
    }
    if (address.freeAt() <= draft.now()) {
      draft.free(ip, address);
    } else {
      // Its last tenant may have it from now on.
      draft.opened(address.pool());
    }
  }

  /**
   * The lease of an instance has run out, unless its node has been heard of since: then it runs on
   * from there.
   */
  private static void fence(Draft draft, TimerKey timer, long heardFrom) {
    GatewayInstance instance =
        GatewayDecisions.gateway(draft.state(), timer.subject())
            .unfenced(Long.parseLong(timer.detail()));
    if (instance == null) {
      return;
    }
    long heard = NodeDecisions.lastContact(draft.state(), instance.node(), heardFrom);
    long surely = heard + Settings.fenceWaitMs(instance.leaseMs());
    if (surely > draft.now()) {
      draft
          .state()
          .timers()
          .put(new TimerKey(surely, TimerKind.FENCE, timer.subject(), timer.detail()), Mark.SET);
    } else {
      GatewayDecisions.fence(draft, timer.subject(), instance.epoch(), Evidence.LEASE_EXPIRED);
    }
  }

  /**
   * Works off a portion of what waited for a fenced instance; the timer's detail says where to go
   * on.
   */
  private static void sweep(Draft draft, TimerKey timer) {
    String name = timer.subject();
    Gateway gateway = GatewayDecisions.gateway(draft.state(), name);
    CarriedKey start = CarriedKey.first(name, false);
    if (!timer.detail().isEmpty()) {
      int space = timer.detail().indexOf(' ');
      IpAddress ip = IpAddress.parse(timer.detail().substring(0, space));
      start = new CarriedKey(name, false, ip, timer.detail().substring(space + 1));
    }
    List<CarriedKey> portion = new ArrayList<>();
    draft
        .state()
        .carried()
        .scan(
            start,
            CarriedKey.last(name, false),
            (key, mark) -> {
              portion.add(key);
              return portion.size() <= SWEEP_PORTION;
            });
    if (portion.size() > SWEEP_PORTION) {
      CarriedKey last = portion.removeLast();
      String next = last.ip() + " " + last.rule();
      draft.state().timers().put(new TimerKey(draft.now(), TimerKind.SWEEP, name, next), Mark.SET);
    }
    for (CarriedKey key : portion) {
      Carriage carriage = ObservationDecisions.carriage(draft.state(), key);
      if (carriage != null && isGone(gateway, carriage)) {
        long tenure = ReleaseDecisions.address(draft.state(), key.ip()).tenure();
        ObservationDecisions.withdrawn(draft, key, tenure, Evidence.FENCED);
      }
    }
  }

  private static boolean isGone(Gateway gateway, Carriage carriage) {
    boolean onCurrent = gateway.node() != null && carriage.mayBeOn(gateway.epoch());
    return !onCurrent && gateway.unfenced().stream().noneMatch(i -> carriage.mayBeOn(i.epoch()));
  }

  private static void inventory(Draft draft, TimerKey timer) {
    Node node = draft.state().nodes().get(timer.subject());
    if (node != null && timer.detail().equals(node.awaitedInventory()) && !node.overdue()) {
      draft.emit(new Event.OwnerInventoryOverdue(timer.subject(), timer.detail()));
    }
  }
}
