package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.Evidence;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.BindingKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** BindFip, AddDnat, AddSnat and their opposites: one way for all kinds. */
final class RuleDecisions {
  private RuleDecisions() {}

  static Verdict bindFip(Draft draft, Command.BindFip c) {
    return addChecked(
        draft, c.ip(), c.tenure(), new RuleSpec.Fip(c.internalIp(), c.vpc()), c.replace());
  }

  static Verdict addDnat(Draft draft, Command.AddDnat c) {
    RuleSpec spec =
        new RuleSpec.Dnat(c.protocol(), c.port(), c.internalIp(), c.internalPort(), c.vpc());
    return addChecked(draft, c.ip(), c.tenure(), spec, c.replace());
  }

  static Verdict addSnat(Draft draft, Command.AddSnat c) {
    return addChecked(draft, c.ip(), c.tenure(), new RuleSpec.Snat(c.source(), c.vpc()), false);
  }

  private static Verdict addChecked(
      Draft draft, IpAddress ip, @Nullable Long tenure, RuleSpec spec, boolean replace) {
    Refusal refusal = check("", ip, spec);
    return refusal != null ? Verdict.refused(refusal) : add(draft, ip, tenure, spec, replace);
  }

  /**
   * Whether a rule is well-formed for an address.
   *
   * @param at where the rule stands in its command, for example {@code items[2].rules[0].}, or
   *     empty
   */
  static @Nullable Refusal check(String at, IpAddress ip, RuleSpec spec) {
    return switch (spec) {
      case RuleSpec.Fip s -> checkInside(ip, at, "internalIp", s.internalIp(), s.vpc());
      case RuleSpec.Dnat s ->
          Check.first(
              checkPort(at, s.protocol(), s.port()),
              Check.range(at + "internalPort", s.internalPort(), 1, 65535),
              checkInside(ip, at, "internalIp", s.internalIp(), s.vpc()));
      case RuleSpec.Snat s -> checkInside(ip, at, "source", s.source().network(), s.vpc());
    };
  }

  static Verdict unbindFip(Draft draft, Command.UnbindFip c) {
    return remove(draft, c.ip(), c.tenure(), "fip");
  }

  static Verdict removeDnat(Draft draft, Command.RemoveDnat c) {
    Refusal refusal = checkPort("", c.protocol(), c.port());
    return refusal != null
        ? Verdict.refused(refusal)
        : remove(draft, c.ip(), c.tenure(), RuleSpec.Dnat.id(c.protocol(), c.port()));
  }

  static Verdict removeSnat(Draft draft, Command.RemoveSnat c) {
    return remove(draft, c.ip(), c.tenure(), RuleSpec.Snat.id(c.source()));
  }

  /** What BindFip, AddDnat and AddSnat come to once their fields are known to be well-formed. */
  static Verdict add(
      Draft draft, IpAddress ip, @Nullable Long tenure, RuleSpec spec, boolean replace) {
    State state = draft.state();
    Refusal refusal = AttachDecisions.checkHeld(state, ip, tenure);
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    RuleKey key = new RuleKey(ip, spec.id());
    Rule before = state.rules().get(key);
    if (before != null && before.wanted() && before.spec().equals(spec)) {
      return Verdict.DONE;
    }
    if (before != null && before.wanted() && !replace) {
      return Verdict.refused(
          RefusalCode.PortConflict,
          ip
              + " already has "
              + spec.id()
              + " to "
              + before.spec().target()
              + "; set replace to change it");
    }
    Carriage leaving = before == null ? null : before.carriage();
    if (leaving != null
        && !leaving.gateway().equals(ReleaseDecisions.tenancy(state, ip).gateway())) {
      return Verdict.refused(
          RefusalCode.InUse,
          "the removed "
              + spec.id()
              + " of "
              + ip
              + " is not yet seen gone from gateway "
              + leaving.gateway());
    }
    String inside = spec.exclusive();
    RuleKey taken =
        inside == null ? null : state.bindings().get(new BindingKey(spec.vpc(), inside));
    if (taken != null && !taken.equals(key)) {
      return Verdict.refused(
          Refusal.of(
                  RefusalCode.InternalIpInUse,
                  inside
                      + " in VPC "
                      + spec.vpc()
                      + " is used by "
                      + taken.rule()
                      + " of "
                      + taken.ip()
                      + ", or not yet seen gone from there")
              .with("ip", taken.ip())
              .with("rule", taken.rule()));
    }
    long present = ReleaseDecisions.address(state, ip).tenure();
    draft.emit(added(ip, present, spec, before != null && before.wanted()));
    return Verdict.DONE;
  }

  private static Event added(IpAddress ip, long tenure, RuleSpec spec, boolean replaced) {
    return switch (spec) {
      case RuleSpec.Fip s -> new Event.FipBound(ip, tenure, s.internalIp(), s.vpc(), replaced);
      case RuleSpec.Dnat s ->
          new Event.DnatAdded(
              ip,
              tenure,
              s.protocol(),
              s.port(),
              s.internalIp(),
              s.internalPort(),
              s.vpc(),
              replaced);
      case RuleSpec.Snat s -> new Event.SnatAdded(ip, tenure, s.source(), s.vpc());
    };
  }

  private static Verdict remove(Draft draft, IpAddress ip, @Nullable Long tenure, String id) {
    Refusal refusal = AttachDecisions.checkHeld(draft.state(), ip, tenure);
    if (refusal != null) {
      return Verdict.refused(refusal);
    }
    RuleKey key = new RuleKey(ip, id);
    Rule rule = draft.state().rules().get(key);
    if (rule == null) {
      return Verdict.refused(RefusalCode.RuleUnknown, ip + " has no rule " + id);
    }
    if (rule.wanted()) {
      remove(draft, key, rule, false);
    }
    return Verdict.DONE;
  }

  /** Removes every live rule of an EIP whose owner is gone. */
  static void removeAll(Draft draft, IpAddress ip) {
    List<RuleKey> live = new ArrayList<>();
    draft
        .state()
        .rules()
        .scan(
            new RuleKey(ip, ""),
            new RuleKey(ip, TableId.LAST_NAME),
            (key, rule) -> {
              if (rule.wanted()) {
                live.add(key);
              }
              return true;
            });
    for (RuleKey key : live) {
      Rule rule = draft.state().rules().get(key);
      if (rule != null) {
        remove(draft, key, rule, true);
      }
    }
  }

  private static void remove(Draft draft, RuleKey key, Rule rule, boolean withEip) {
    draft.emit(
        switch (rule.spec()) {
          case RuleSpec.Fip s -> new Event.FipUnbound(key.ip(), rule.tenure(), withEip);
          case RuleSpec.Dnat s ->
              new Event.DnatRemoved(key.ip(), rule.tenure(), s.protocol(), s.port(), withEip);
          case RuleSpec.Snat s ->
              new Event.SnatRemoved(key.ip(), rule.tenure(), s.source(), withEip);
        });
    if (rule.carriage() == null) {
      draft.emit(
          new Event.RuleWithdrawn(key.ip(), rule.tenure(), key.rule(), Evidence.NOT_CARRIED));
    }
  }

  private static @Nullable Refusal checkPort(String at, Protocol protocol, int port) {
    return protocol == Protocol.UNKNOWN
        ? Refusal.invalid(at + "protocol", protocol, "TCP, UDP or SCTP")
        : Check.range(at + "port", port, 1, 65535);
  }

  private static @Nullable Refusal checkInside(
      IpAddress ip, String at, String field, IpAddress inside, String vpc) {
    return inside.family() != ip.family()
        ? Refusal.invalid(at + field, inside, "an address of the EIP's family " + ip.family())
        : Check.name(at + "vpc", vpc);
  }
}
