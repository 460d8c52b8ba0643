package io.holdfast.domain.view;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Former;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.Condition.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * An address in sentences, for the engineer on call.
 *
 * @param state what holds it, since when and by which event
 * @param why why it is, or is not, ready, and what else is wrong
 * @param unblock what would change that
 */
public record Explanation(
    IpAddress ip, List<String> state, List<String> why, List<String> unblock) {
  public Explanation {
    state = List.copyOf(state);
    why = List.copyOf(why);
    unblock = List.copyOf(unblock);
  }

  /** Explains one address and its rules. */
  public static Explanation of(Lens lens, EipView eip, List<RuleView> rules) {
    List<String> state = new ArrayList<>(states(eip));
    List<String> why = new ArrayList<>();
    List<String> unblock = new ArrayList<>();
    state.addAll(places(lens, eip));
    Former former = eip.address().former();
    if (former != null) {
      state.add(
          "It was held by "
              + former.owner()
              + " last; RestoreEip undoes the release, with its rules, until it is free.");
    }
    why.add(eip.ready() ? "It is ready: " + eip.readiness().message() + "." : notReady(eip));
    unblock.addAll(Unblocking.of(lens, eip.ip(), eip.address(), eip.readiness()));
    for (Condition c : eip.conditions()) {
      boolean own = c.type() == Condition.Type.Ready || c.type() == Condition.Type.Programmed;
      if (!own && c.status() != Status.True) {
        why.add(c.type() + " is " + c.status() + ": " + c.message() + ".");
      }
    }
    for (RuleView rule : rules) {
      if (!rule.ready()) {
        why.add("Rule " + rule.key().rule() + " is not ready: " + rule.readiness().message() + ".");
      }
      // What the address waits for, its rules wait for too: it is said once.
      if (rule.readiness().reason() != eip.readiness().reason()) {
        unblock.addAll(
            Unblocking.of(lens, eip.ip(), eip.address(), rule.readiness()).stream()
                .map(text -> "For rule " + rule.key().rule() + ": " + text)
                .toList());
      }
    }
    return new Explanation(eip.ip(), state, why, unblock);
  }

  private static String notReady(EipView eip) {
    return "It is not ready (" + eip.readiness().reason() + "): " + eip.readiness().message() + ".";
  }

  private static List<String> states(EipView eip) {
    Address a = eip.address();
    String ip = eip.ip().toString();
    String last =
        a.tenure() == 0
            ? "It was never allocated."
            : "Its last tenure is " + a.tenure() + ", begun by event " + a.tenure() + ".";
    return switch (a.phase()) {
      case FREE -> List.of(ip + " of pool " + a.pool() + " is free.", last);
      case ALLOCATED -> {
        List<String> all = new ArrayList<>(List.of(held(ip, a, "is held by")));
        all.addAll(TermsText.of(a));
        yield all;
      }
      case RELEASING ->
          List.of(
              held(ip, a, "is being released; it was held by"),
              "It is free only after every gateway instance that may carry it is surely without it.");
      case COOLING_DOWN ->
          List.of(
              ip
                  + " of pool "
                  + a.pool()
                  + " is surely nowhere and cools down until "
                  + Instants.text(a.freeAt())
                  + ".",
              last);
      case RESERVED ->
          List.of(
              ip + " of pool " + a.pool() + " is reserved: an operator took it out of use.", last);
      case QUARANTINED ->
          List.of(
              ip
                  + " of pool "
                  + a.pool()
                  + " is in quarantine: nobody holds it, and "
                  + (a.freeAt() == 0
                      ? "a gateway was seen with it."
                      : "something that is none of the gateways answers for it."),
              last);
    };
  }

  private static String held(String ip, Address a, String verb) {
    Tenancy t = a.tenancy();
    return t == null
        ? ip + " of pool " + a.pool() + "."
        : ip
            + " of pool "
            + a.pool()
            + " "
            + verb
            + " "
            + t.owner()
            + " since "
            + Instants.text(t.since())
            + ", by event "
            + t.tenure()
            + " (tenure "
            + t.tenure()
            + ").";
  }

  private static List<String> places(Lens lens, EipView eip) {
    List<String> all = new ArrayList<>();
    for (Carriage c : eip.address().carriages()) {
      Gateway gateway = lens.gateway(c.gateway());
      all.add(
          "Gateway "
              + c.gateway()
              + (gateway == null
                  ? ""
                  : " (epoch " + gateway.epoch() + ", node " + gateway.node() + ")")
              + (c.wanted() ? " is to carry it" : " may still carry it, and is to withdraw it")
              + ", as /"
              + c.prefixLength()
              + ", since event "
              + c.revision()
              + ".");
    }
    return all;
  }
}
