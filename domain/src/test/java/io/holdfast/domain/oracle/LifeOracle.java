package io.holdfast.domain.oracle;

import static io.holdfast.domain.oracle.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.oracle.Facts.EipFact;
import io.holdfast.domain.oracle.Facts.PoolFact;
import io.holdfast.domain.oracle.Facts.Stage;
import io.holdfast.domain.report.Report;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reservation, adoption, quarantine, transfer and tags: what may happen to an address, and when.
 */
final class LifeOracle {
  private final Facts facts;

  LifeOracle(Facts facts) {
    this.facts = facts;
  }

  void reserved(Stimulus stimulus, Event.IpReserved e) {
    EipFact eip = facts.eips.computeIfAbsent(e.ip(), ip -> new EipFact());
    if (eip.stage == Stage.LEAVING) {
      unless(eip.adopted, "12 adopted", e + " but it was allocated");
      unless(eip.places.isEmpty() && eip.rules.isEmpty(), "3 free", e + " while it may be carried");
    } else {
      unless(eip.stage == Stage.UNUSED, "2 tenure", e + " while " + eip.stage);
      unless(
          asked(stimulus, Command.ReserveIp.class) instanceof Command.ReserveIp c
              && c.ip().equals(e.ip())
              && hasReason(stimulus),
          "reserve",
          e + " without a wish");
      unless(
          Facts.need(facts.pools, e.pool(), "pools").offers(e.ip()), "9 pools", e + " not offered");
    }
    eip.stage = Stage.RESERVED;
    eip.pool = e.pool();
    eip.adopted = false;
    RestoreOracle.forget(eip);
  }

  void unreserved(Stimulus stimulus, Event.IpUnreserved e) {
    EipFact eip = Facts.need(facts.eips, e.ip(), "reserve");
    unless(eip.stage == Stage.RESERVED, "reserve", e + " while " + eip.stage);
    unless(
        asked(stimulus, Command.UnreserveIp.class) instanceof Command.UnreserveIp c
            && c.ip().equals(e.ip()),
        "reserve",
        e + " without a wish");
    eip.stage = Stage.UNUSED;
    eip.lastOwner = null;
    if (!Facts.need(facts.pools, eip.pool, "pools").offers(e.ip())) {
      facts.eips.remove(e.ip());
    }
  }

  void adopted(Stimulus stimulus, EventHeader header, Event.EipAdopted e) {
    EipFact eip = facts.eips.computeIfAbsent(e.ip(), ip -> new EipFact());
    Command.AdoptEip wish =
        asked(stimulus, Command.AdoptEip.class) instanceof Command.AdoptEip c ? c : null;
    unless(
        wish != null && wish.ip().equals(e.ip()) && wish.owner().equals(e.owner()),
        "adopt",
        e + " without a wish");
    unless(
        eip.stage == Stage.UNUSED
            || eip.stage == Stage.RESERVED
            || (eip.stage == Stage.QUARANTINED && eip.quarantineUntil <= header.time()),
        "1 one holder",
        e + " while " + eip.stage);
    facts.drifts.keySet().stream()
        .filter(place -> place.ip().equals(e.ip()))
        .forEach(place ->
            unless(
                wish != null
                    && place.gateway().equals(wish.gateway())
                    && place
                        .node()
                        .equals(Facts.need(facts.gateways, place.gateway(), "adopt").node),
                "3 free",
                e + " while seen at " + place));
    unless(e.tenure() == header.sequence() && e.tenure() > eip.tenure, "tenures grow", e + "");
    unless(
        Facts.need(facts.pools, e.pool(), "pools").offers(e.ip()), "9 pools", e + " not offered");
    RestoreOracle.forget(eip);
    eip.lastOwner = e.owner();
    eip.stage = Stage.HELD;
    eip.tenure = e.tenure();
    eip.pool = e.pool();
    eip.owner = e.owner();
    eip.node = e.node();
    eip.gateway = null;
    eip.absent = 0;
    eip.begin(e.tags());
    eip.adopted = true;
  }

  /** It was seen by somebody, or a gateway of ours shows it. */
  void quarantined(Stimulus stimulus, EventHeader header, Event.IpQuarantined e) {
    EipFact eip = facts.eips.computeIfAbsent(e.ip(), ip -> new EipFact());
    eip.pool = eip.pool.isEmpty() ? e.pool() : eip.pool;
    if (e.until() == 0) {
      unless(facts.drifts(e.ip()), "K-e quarantine", e + " but nothing was seen with it");
    } else if (eip.stage == Stage.LEAVING) {
      unless(e.until() == eip.conflictUntil, "quarantine", e + " until " + eip.conflictUntil);
    } else {
      unless(isSeen(stimulus, e.ip()), "quarantine", e + " but nothing was seen");
      probation(header, e.pool(), eip.quarantineUntil, e.until(), e);
    }
    unless(
        eip.stage != Stage.HELD
            && eip.stage != Stage.RESERVED
            && eip.places.isEmpty()
            && eip.rules.isEmpty(),
        "2 tenure",
        e + " while " + eip.stage);
    unless(!eip.adopted, "12 adopted", e + " but it is to be reserved");
    eip.stage = Stage.QUARANTINED;
    eip.quarantineUntil = e.until();
    eip.pool = e.pool();
  }

  void conflict(Stimulus stimulus, EventHeader header, Event.ConflictDetected e) {
    EipFact eip = present(e.ip(), e.tenure());
    unless(isSeen(stimulus, e.ip()), "conflict", e + " but nothing was seen");
    unless(
        eip.stage == Stage.HELD || eip.stage == Stage.LEAVING,
        "conflict",
        e + " while " + eip.stage);
    probation(header, eip.pool, eip.conflictUntil, e.until(), e);
    eip.conflictUntil = e.until();
  }

  void conflictCleared(Stimulus stimulus, EventHeader header, Event.ConflictCleared e) {
    EipFact eip = present(e.ip(), e.tenure());
    unless(
        eip.conflictUntil > 0
            && (header.time() >= eip.conflictUntil || endsQuarantine(stimulus, e.ip())),
        "conflict",
        e + " before " + eip.conflictUntil);
    eip.conflictUntil = 0;
  }

  /** A cool-down ends a quarantine only when its probation is over, or an operator says so. */
  void coolsDown(Stimulus stimulus, EventHeader header, IpAddress ip, EipFact eip) {
    unless(!eip.adopted, "12 adopted", ip + " was in use before and goes to the free set");
    if (eip.stage == Stage.QUARANTINED) {
      unless(
          eip.quarantineUntil <= header.time() || endsQuarantine(stimulus, ip),
          "quarantine",
          ip + " comes back before " + eip.quarantineUntil);
      eip.quarantineUntil = 0;
    } else {
      unless(
          eip.conflictUntil <= header.time(), "quarantine", ip + " while something answers for it");
    }
  }

  void offered(Stimulus stimulus, EventHeader header, Event.TransferOffered e) {
    EipFact eip = present(e.ip(), e.tenure());
    unless(
        asked(stimulus, Command.TransferEip.class) instanceof Command.TransferEip c
            && c.ip().equals(e.ip())
            && c.toTenant().equals(e.tenant())
            && e.until() == header.time() + c.validMs()
            && (c.owner() == null || c.owner().equals(eip.owner)),
        "transfer",
        e + " without a wish");
    bare(eip, e);
    eip.offeredTo = e.tenant();
    eip.offeredUntil = e.until();
  }

  void offerCancelled(Stimulus stimulus, Event.TransferCancelled e) {
    EipFact eip = present(e.ip(), e.tenure());
    unless(
        asked(stimulus, Command.CancelTransfer.class) instanceof Command.CancelTransfer c
            && c.ip().equals(e.ip())
            && eip.offeredTo != null,
        "transfer",
        e + " without a wish");
    eip.offeredTo = null;
  }

  void transferred(Stimulus stimulus, EventHeader header, Event.EipTransferred e) {
    EipFact eip = present(e.ip(), e.from());
    unless(
        asked(stimulus, Command.AcceptTransfer.class) instanceof Command.AcceptTransfer c
            && c.ip().equals(e.ip())
            && c.owner().equals(e.owner()),
        "transfer",
        e + " without a wish");
    unless(
        e.owner().tenant().equals(eip.offeredTo) && header.time() < eip.offeredUntil,
        "transfer",
        e + " but it is offered to " + eip.offeredTo + " until " + eip.offeredUntil);
    unless(e.fromOwner().equals(eip.owner), "transfer", e + " of " + eip.owner);
    unless(e.tenure() == header.sequence(), "tenures grow", e.toString());
    bare(eip, e);
    eip.tenure = e.tenure();
    eip.owner = e.owner();
    eip.lastOwner = e.owner();
    eip.node = null;
    eip.absent = 0;
    eip.offeredTo = null;
    eip.tags.clear();
  }

  void tagged(Stimulus stimulus, Event.EipTagged e) {
    EipFact eip = present(e.ip(), e.tenure());
    Map<String, String> expected = new TreeMap<>(eip.tags);
    if (asked(stimulus, Command.TagEip.class) instanceof Command.TagEip c) {
      c.remove().forEach(expected::remove);
      expected.putAll(c.set());
    }
    unless(expected.equals(e.tags()) && !expected.equals(eip.tags), "tags", e + " on " + eip.tags);
    eip.tags.clear();
    eip.tags.putAll(e.tags());
  }

  private static void bare(EipFact eip, Event e) {
    unless(eip.stage == Stage.HELD, "transfer", e + " while " + eip.stage);
    unless(
        eip.gateway == null && eip.places.isEmpty() && eip.rules.isEmpty(),
        "8 InUse",
        e + " while it may be on " + eip.places.keySet());
  }

  private void probation(EventHeader header, String name, long before, long until, Event e) {
    PoolFact pool = Facts.need(facts.pools, name, "pools");
    long probation = pool.spec.probationMs();
    unless(
        until == (probation == 0 ? Address.NEVER : header.time() + probation),
        "probation",
        e + " with " + probation);
    unless(
        before == 0 || until == Address.NEVER || until - before >= probation / 10,
        "probation",
        e + " hardly moves it");
    unless(before != until, "probation", e + " is nothing new");
  }

  private EipFact present(IpAddress ip, long tenure) {
    EipFact eip = Facts.need(facts.eips, ip, "1 one holder");
    unless(eip.tenure == tenure, "5 old tenure", ip + "#" + tenure + " but it is #" + eip.tenure);
    return eip;
  }

  private static boolean isSeen(Stimulus stimulus, IpAddress ip) {
    return stimulus instanceof Stimulus.Told told
        && told.report() instanceof Report.ConflictSeen seen
        && seen.ip().equals(ip);
  }

  private static boolean endsQuarantine(Stimulus stimulus, IpAddress ip) {
    return asked(stimulus, Command.EndQuarantine.class) instanceof Command.EndQuarantine c
        && c.ip().equals(ip)
        && hasReason(stimulus);
  }

  private static boolean hasReason(Stimulus stimulus) {
    return stimulus instanceof Stimulus.Asked asked && !asked.meta().reason().isBlank();
  }

  static @Nullable Command asked(Stimulus stimulus, Class<? extends Command> kind) {
    return stimulus instanceof Stimulus.Asked asked && kind.isInstance(asked.command())
        ? asked.command()
        : null;
  }

  /** Whether what was accepted is so. */
  void after(Stimulus stimulus, boolean first) {
    if (!(stimulus instanceof Stimulus.Asked asked) || asked.meta().dryRun() || !first) {
      return;
    }
    switch (asked.command()) {
      case Command.ReserveIp c -> is(c.ip(), Stage.RESERVED, stimulus);
      case Command.UnreserveIp c -> isNot(c.ip(), Stage.RESERVED, stimulus);
      case Command.EndQuarantine c -> {
        isNot(c.ip(), Stage.QUARANTINED, stimulus);
        EipFact eip = facts.eips.get(c.ip());
        unless(eip == null || eip.conflictUntil == 0, "7 answers", stimulus + " and it goes on");
      }
      case Command.AdoptEip c -> isHeld(c.ip(), c.owner(), stimulus);
      case Command.AcceptTransfer c -> isHeld(c.ip(), c.owner(), stimulus);
      case Command.TagEip c -> {
        Map<String, String> tags = Facts.need(facts.eips, c.ip(), "7 answers").tags;
        unless(
            tags.entrySet().containsAll(c.set().entrySet())
                && c.remove().stream().noneMatch(tags::containsKey),
            "7 answers",
            stimulus + " left " + tags);
      }
      default -> {}
    }
  }

  private void is(IpAddress ip, Stage stage, Stimulus stimulus) {
    EipFact eip = facts.eips.get(ip);
    unless(eip != null && eip.stage == stage, "7 answers", stimulus + " but it is not " + stage);
  }

  private void isNot(IpAddress ip, Stage stage, Stimulus stimulus) {
    EipFact eip = facts.eips.get(ip);
    unless(eip == null || eip.stage != stage, "7 answers", stimulus + " but it is " + stage);
  }

  private void isHeld(IpAddress ip, Owner owner, Stimulus stimulus) {
    is(ip, Stage.HELD, stimulus);
    unless(
        Objects.equals(owner, Facts.need(facts.eips, ip, "7 answers").owner),
        "7 answers",
        stimulus + " but somebody else has it");
  }
}
