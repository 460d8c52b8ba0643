package io.holdfast.simulator.check;

import static io.holdfast.simulator.check.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** EIPs that go to another tenant, bare and with the will of both; and tags. */
final class TransferRules {
  private static final String RULE = "transfer";

  private final Facts facts;

  TransferRules(Facts facts) {
    this.facts = facts;
  }

  void offered(Stimulus stimulus, EventHeader header, Event.TransferOffered e, EipFact eip) {
    boolean wished =
        stimulus instanceof Stimulus.Asked asked
            && asked.command() instanceof Command.TransferEip c
            && c.ip().equals(e.ip())
            && c.toTenant().equals(e.tenant())
            && e.until() == header.time() + c.validMs()
            && means(eip, c.tenure(), c.owner());
    unless(wished, RULE, e, stimulus);
    bare(eip, e);
    eip.terms.offeredTo = e.tenant();
    eip.terms.offeredUntil = e.until();
  }

  void cancelled(Stimulus stimulus, Event.TransferCancelled e, EipFact eip) {
    boolean wished =
        stimulus instanceof Stimulus.Asked asked
            && asked.command() instanceof Command.CancelTransfer c
            && c.ip().equals(e.ip())
            && means(eip, c.tenure(), c.owner());
    unless(wished && eip.terms.offeredTo != null, RULE, e, stimulus);
    eip.terms.offeredTo = null;
    eip.terms.offeredUntil = 0;
  }

  void transferred(Stimulus stimulus, EventHeader header, Event.EipTransferred e, EipFact eip) {
    boolean wished =
        stimulus instanceof Stimulus.Asked asked
            && asked.command() instanceof Command.AcceptTransfer c
            && c.ip().equals(e.ip())
            && c.owner().equals(e.owner())
            && means(eip, c.tenure(), null);
    unless(wished, RULE, e, stimulus);
    unless(
        e.owner().tenant().equals(eip.terms.offeredTo) && header.time() < eip.terms.offeredUntil,
        RULE,
        e,
        eip.terms);
    unless(e.fromOwner().equals(eip.owner) && e.pool().equals(eip.pool), RULE, e, eip);
    unless(e.tenure() == header.sequence() && e.tenure() > eip.tenure, "tenures grow", e, eip);
    unless(facts.mayHave(e.owner().tenant(), 1), "quotas", e, facts.quotas);
    bare(eip, e);
    TermsFact terms = eip.terms.handedOver();
    facts.letGo(eip, e.ip());
    eip.begin(e.tenure(), null);
    eip.terms = terms;
    eip.owner = e.owner();
    facts.hold(eip, e.ip());
  }

  void tagged(Stimulus stimulus, Event.EipTagged e, EipFact eip) {
    Map<String, String> expected = new TreeMap<>(eip.terms.tags);
    if (stimulus instanceof Stimulus.Asked asked
        && asked.command() instanceof Command.TagEip c
        && c.ip().equals(e.ip())
        && means(eip, c.tenure(), c.owner())) {
      c.remove().forEach(expected::remove);
      expected.putAll(c.set());
    }
    boolean isNew = !expected.equals(eip.terms.tags);
    unless(isNew && expected.equals(e.tags()), "tags", e, eip.terms);
    eip.terms.tags = e.tags();
  }

  private static boolean means(EipFact eip, @Nullable Long tenure, @Nullable Owner owner) {
    return (tenure == null || tenure == eip.tenure) && (owner == null || owner.equals(eip.owner));
  }

  /** Nothing of the old holder's may answer in the name of the new one. */
  private static void bare(EipFact eip, Object e) {
    unless(eip.phase == Phase.ALLOCATED, RULE, e, eip);
    unless(eip.gateway == null && eip.places.isEmpty() && eip.rules.isEmpty(), "8 in use", e, eip);
  }
}
