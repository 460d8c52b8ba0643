package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Former;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RestoreEip: the way back from a release, while the address is not free yet. */
final class RestoreDecisions {
  private RestoreDecisions() {}

  static Verdict restore(Draft draft, Command.RestoreEip c) {
    Address address = draft.state().addresses().get(c.ip());
    Refusal refusal = checkEnded(c, address);
    if (refusal != null || address == null) {
      return refusal == null ? Verdict.DONE : Verdict.refused(refusal);
    }
    Former former = address.former();
    if (former == null) {
      return Verdict.refused(
          RefusalCode.AddressNotAllocated,
          c.ip()
              + " has no holder to go back to: it rests after a quarantine, or it was released before"
              + " releases were recorded so that they can be undone");
    }
    if (c.owner() != null && !c.owner().equals(former.owner())) {
      return Verdict.refused(
          Refusal.of(
                  RefusalCode.NotOwner,
                  c.ip() + " was held by " + former.owner() + ", not " + c.owner())
              .with("ip", c.ip()));
    }
    String gateway = former.gateway();
    Refusal gone = gateway == null ? null : AttachDecisions.checkGateway(draft.state(), gateway);
    return gone != null ? Verdict.refused(gone) : bringBack(draft, c.ip(), address, former);
  }

  /**
   * The events are those of a new tenure, so that every guard of an attachment and a rule holds.
   */
  private static Verdict bringBack(Draft draft, IpAddress ip, Address address, Former former) {
    List<RuleSpec> rules = formerRules(draft.state(), ip);
    long tenure = draft.nextSequence();
    draft.emit(
        new Event.EipRestored(
            ip,
            tenure,
            address.pool(),
            former.owner(),
            present(draft.state(), former.node()),
            address.tenure(),
            former.leaseMs(),
            LeaseDecisions.until(draft, former.leaseMs())));
    WaitDecisions.gained(draft, former.owner());
    if (former.gateway() != null) {
      AttachDecisions.put(draft, ip, former.gateway());
    }
    for (RuleSpec rule : rules) {
      Verdict added = RuleDecisions.add(draft, ip, tenure, rule, false);
      if (added instanceof Verdict.Refused) {
        return added;
      }
    }
    return Verdict.done(List.of(new Grant(ip, tenure, address.pool())));
  }

  /** Null if a tenure of this address is over and the address not free yet. */
  private static @Nullable Refusal checkEnded(Command.RestoreEip c, @Nullable Address address) {
    IpAddress ip = c.ip();
    if (address == null || address.tenure() == 0) {
      return Refusal.of(
          RefusalCode.AddressNotAllocated, ip + " was not released: it has no holder");
    }
    if (c.tenure() != null && c.tenure() != address.tenure()) {
      return AttachDecisions.stale(ip, c.tenure(), address.tenure());
    }
    return switch (address.phase()) {
      case RELEASING, COOLING_DOWN -> null;
      case ALLOCATED ->
          Refusal.of(RefusalCode.AddressInUse, ip + " is held: there is no release to undo");
      case FREE ->
          Refusal.of(
              RefusalCode.AddressNotAllocated,
              ip + " is free since its cool-down: allocate it instead");
      case RESERVED -> Refusal.of(RefusalCode.AddressReserved, ip + " is reserved by an operator");
      case QUARANTINED ->
          Refusal.of(
              RefusalCode.AddressQuarantined, ip + " is quarantined: something carries it unasked");
    };
  }

  /** A boot that is over is no place to live; the owner says where it lives when it asks again. */
  private static @Nullable NodeBinding present(State state, @Nullable NodeBinding binding) {
    Node node = binding == null ? null : state.nodes().get(binding.node());
    return node == null || binding == null || !node.bootId().equals(binding.bootId())
        ? null
        : binding;
  }

  private static List<RuleSpec> formerRules(State state, IpAddress ip) {
    List<RuleSpec> rules = new ArrayList<>();
    state
        .formerRules()
        .scan(
            new RuleKey(ip, ""),
            new RuleKey(ip, TableId.LAST_NAME),
            (key, rule) -> rules.add(rule.spec()));
    return rules;
  }
}
