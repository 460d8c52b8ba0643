package io.holdfast.domain.view;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Place;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.WaitingLine;
import java.util.ArrayList;
import java.util.List;

/** The answer to a command in sentences: what it was, why, and what has become of it. */
public final class AnswerExplanation {
  private AnswerExplanation() {}

  /**
   * @param time of the network's last event, epoch milliseconds
   */
  public static Sentences of(State state, String commandId, Outcome outcome, long time) {
    return switch (outcome) {
      case Outcome.Accepted accepted -> accepted(state, commandId, accepted);
      case Outcome.Rejected rejected -> RefusalExplanation.of(state, commandId, rejected, time);
    };
  }

  private static Sentences accepted(State state, String commandId, Outcome.Accepted accepted) {
    List<String> all = new ArrayList<>();
    all.add(
        "Command "
            + commandId
            + " was accepted"
            + (accepted.changed() ? "" : ", and nothing had to be done,")
            + " at sequence "
            + accepted.sequence()
            + ".");
    accepted.grants().forEach(grant -> all.add(grant(state, grant)));
    List<String> why = new ArrayList<>();
    List<String> unblock = new ArrayList<>();
    Place place = accepted.waiting();
    if (place != null) {
      Waiter waiter = state.waiters().get(place.ticket());
      if (waiter == null) {
        all.add(
            "It waited for addresses with ticket "
                + place.ticket()
                + ", and does not any more: the event AllocationDequeued with this ticket says what"
                + " became of it.");
      } else {
        all.add(
            "It waits for addresses with ticket "
                + place.ticket()
                + " since "
                + Instants.text(waiter.since())
                + ", now at position "
                + WaitingLine.place(state, place.ticket()).position()
                + ".");
        why.add(
            "It waits because there were not enough free addresses for it. Pools that may serve it: "
                + pools(state, waiter)
                + ".");
        unblock.add(
            "Nothing has to be done: it is given up at "
                + Instants.text(waiter.deadline())
                + " at the latest, or before that with CancelAllocation. Explain its pools to see"
                + " when addresses come free.");
      }
    }
    return new Sentences(all, why, unblock);
  }

  private static String pools(State state, Waiter waiter) {
    List<String> pools = WaitingLine.pools(state, waiter.request());
    return pools.isEmpty() ? "none any more" : String.join(", ", pools);
  }

  private static String grant(State state, Grant grant) {
    Address now = state.addresses().get(grant.ip());
    boolean isHeld =
        now != null && now.tenure() == grant.tenure() && now.phase() == Phase.ALLOCATED;
    return grant.ip()
        + " of pool "
        + grant.pool()
        + " was in its answer, in tenure "
        + grant.tenure()
        + (isHeld ? ", which goes on." : ", which is over.");
  }
}
