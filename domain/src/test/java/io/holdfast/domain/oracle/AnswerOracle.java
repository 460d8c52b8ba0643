package io.holdfast.domain.oracle;

import static io.holdfast.domain.oracle.Violation.unless;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.oracle.Facts.EipFact;
import io.holdfast.domain.oracle.Facts.PoolFact;
import io.holdfast.domain.oracle.Facts.Stage;
import io.holdfast.domain.oracle.Facts.WaitFact;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Place;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Whether the answers are true: rules 6, 7, 14, and that exhausted means exhausted. */
final class AnswerOracle {
  private final Facts facts;
  private final Map<String, Outcome> first = new HashMap<>();

  AnswerOracle(Facts facts) {
    this.facts = facts;
  }

  void before(Stimulus stimulus, List<Recorded> events, long now) {
    if (!(stimulus instanceof Stimulus.Asked asked)) {
      return;
    }
    Outcome earlier = first.get(asked.meta().id());
    if (earlier != null) {
      unless(events.isEmpty(), "6 idempotency", asked.meta() + " led to " + events + " again");
      unless(
          earlier.equals(asked.outcome()), "6 idempotency", asked.meta() + " got another answer");
    }
    if (asked.meta().dryRun()) {
      unless(events.isEmpty(), "7 dry run", asked + " led to " + events);
      return;
    }
    switch (asked.outcome()) {
      case Outcome.Rejected rejected -> {
        unless(events.isEmpty(), "7 refusals", asked + " led to " + events);
        if (earlier == null) {
          refused(asked.command(), rejected.refusal(), now);
        }
      }
      case Outcome.Accepted accepted -> {
        if (earlier == null) {
          unless(accepted.changed() == !events.isEmpty(), "7 answers", asked + " led to " + events);
          if (asked.command() instanceof Command.AllocateEip c && c.ip() == null) {
            boolean hasAll =
                Facts.families(c.request()).stream()
                    .allMatch(f -> facts.held(c.request(), f) >= c.count());
            boolean noneNew =
                events.stream()
                    .map(Recorded::event)
                    .allMatch(e ->
                        e instanceof Event.EipRebound
                            || e instanceof Event.EipAttached
                            || e instanceof Event.LeaseSet);
            unless(!hasAll || noneNew, "6 same owner", asked + " led to " + events);
          }
        }
      }
    }
  }

  /** Whether it is not a command that was answered before. */
  boolean isFirst(Stimulus stimulus) {
    return stimulus instanceof Stimulus.Asked asked
        && asked.outcome() instanceof Outcome.Accepted
        && !first.containsKey(asked.meta().id());
  }

  void after(Stimulus stimulus, List<Recorded> events) {
    if (!(stimulus instanceof Stimulus.Asked asked) || asked.meta().dryRun()) {
      return;
    }
    boolean again = first.putIfAbsent(asked.meta().id(), asked.outcome()) != null;
    if (!again
        && asked.outcome() instanceof Outcome.Accepted accepted
        && asked.command() instanceof Command.AllocateEip c) {
      if (accepted.waiting() != null) {
        waits(c, accepted);
        return;
      }
      for (IpFamily family : Facts.families(c.request())) {
        long got = accepted.grants().stream().filter(g -> g.ip().family() == family).count();
        unless(got == c.count(), "7 all or nothing, 14 dual stack", asked + " gave " + accepted);
      }
      unless(
          new HashSet<>(accepted.grants()).size() == accepted.grants().size(),
          "7 all or nothing",
          accepted.toString());
      for (Grant grant : accepted.grants()) {
        EipFact eip = Facts.need(facts.eips, grant.ip(), "7 answers");
        unless(
            eip.stage == Stage.HELD && eip.tenure == grant.tenure() && c.owner().equals(eip.owner),
            "7 answers",
            grant + " is not held by " + c.owner());
        unless(
            c.gateway() == null || c.gateway().equals(eip.gateway),
            "allocate with a gateway",
            grant + " is on " + eip.gateway + " after " + asked);
        unless(
            c.node() == null || eip.node != null,
            "allocate with a node",
            grant + " is bound to none after " + asked);
      }
      String node = c.node();
      if (node != null) {
        NodeBinding here = new NodeBinding(node, Facts.need(facts.nodes, node, "nodes").boot);
        facts.eips.values().stream()
            .filter(eip -> c.owner().equals(eip.owner) && eip.node != null)
            .forEach(eip ->
                unless(
                    here.equals(eip.node),
                    "allocate with a node",
                    c.owner() + " asked from " + here + " and stays bound to " + eip.node));
      }
    }
  }

  private void refused(Command command, Refusal refusal, long now) {
    unless(
        refusal.code() != RefusalCode.Unknown && !refusal.message().isBlank(),
        "7 refusals",
        refusal.toString());
    if (refusal.code() == RefusalCode.Invalid) {
      unless(
          refusal.field() != null && refusal.value() != null && refusal.allowed() != null,
          "7 refusals",
          refusal.toString());
    }
    if (command instanceof Command.AllocateEip c) {
      switch (refusal.code()) {
        case PoolExhausted ->
            unless(isExhausted(c, now), "pool exhausted", c + " but there is room: " + refusal);
        case AddressCoolingDown ->
            unless(stage(c.ip()) == Stage.RESTING, "refusals", refusal.toString());
        case AddressReleasing ->
            unless(stage(c.ip()) == Stage.LEAVING, "refusals", refusal.toString());
        case AddressQuarantined ->
            unless(stage(c.ip()) == Stage.QUARANTINED, "refusals", refusal.toString());
        case QuotaExceeded ->
            unless(
                !facts.mayHave(c.owner().tenant(), facts.missing(c.request())),
                "quotas",
                refusal.toString());
        case AddressReserved ->
            unless(stage(c.ip()) == Stage.RESERVED, "refusals", refusal.toString());
        case AddressInUse -> unless(stage(c.ip()) == Stage.HELD, "refusals", refusal.toString());
        case InUse ->
            unless(
                waitsForAnother(c) || c.contiguous() || isElsewhere(c, refusal),
                "refusals",
                c + ": " + refusal);
        default -> {}
      }
    }
    if (command instanceof Command.RestoreEip c) {
      RestoreOracle.refused(facts, c, refusal);
    }
    if (command instanceof Command.ReleaseEip c && refusal.code() == RefusalCode.InUse) {
      unless(
          Facts.need(facts.eips, c.ip(), "refusals").liveRules() > 0,
          "8 InUse",
          refusal.toString());
    }
  }

  /** It is true that the owner holds that one on that gateway, and it would be needed. */
  private boolean isElsewhere(Command.AllocateEip c, Refusal refusal) {
    IpAddress ip = IpAddress.parse(refusal.details().getOrDefault("ip", "none given"));
    EipFact named = Facts.need(facts.eips, ip, "refusals");
    long elsewhereOrFit =
        facts.eips.entrySet().stream()
            .filter(e -> c.owner().equals(e.getValue().owner))
            .filter(e -> e.getKey().family() == ip.family())
            .filter(e -> c.pools().isEmpty() || c.pools().contains(e.getValue().pool))
            .map(e -> e.getValue().gateway)
            .filter(on -> on == null || on.equals(c.gateway()))
            .count();
    return c.owner().equals(named.owner)
        && c.gateway() != null
        && !c.gateway().equals(named.gateway)
        && refusal.details().getOrDefault("gateway", "").equals(named.gateway)
        && (c.ip() != null ? c.ip().equals(ip) : elsewhereOrFit < c.count());
  }

  private Stage stage(@org.jspecify.annotations.Nullable IpAddress ip) {
    EipFact eip = ip == null ? null : facts.eips.get(ip);
    return eip == null ? Stage.UNUSED : eip.stage;
  }

  private void waits(Command.AllocateEip c, Outcome.Accepted accepted) {
    Place place = accepted.waiting();
    if (place == null) {
      return;
    }
    WaitFact waiter = Facts.need(facts.waiters, place.ticket(), "11 waiting");
    unless(
        accepted.grants().isEmpty()
            && waiter.request().equals(c.request())
            && place.deadline() == waiter.deadline(),
        "11 waiting",
        c + " got " + accepted);
    long before =
        facts.waiters.entrySet().stream()
            .filter(w -> w.getKey() < place.ticket())
            .filter(w ->
                facts.pools.keySet().stream()
                    .anyMatch(
                        p -> facts.wants(w.getValue().request(), p) && facts.wants(c.request(), p)))
            .count();
    unless(
        place.position() == before + 1, "11 waiting", c + " got " + accepted + " behind " + before);
  }

  private boolean waitsForAnother(Command.AllocateEip c) {
    return facts.waiters.values().stream()
        .anyMatch(w -> w.request().owner().equals(c.owner()) && !w.request().equals(c.request()));
  }

  private boolean isExhausted(Command.AllocateEip c, long now) {
    if (c.ip() != null) {
      IpAddress ip = c.ip();
      return facts.waiters.values().stream().anyMatch(w -> ip.equals(w.request().ip()))
          || facts.pools.keySet().stream()
              .anyMatch(p -> facts.wants(c.request(), p) && facts.isPromised(p, Long.MAX_VALUE));
    }
    for (IpFamily family : Facts.families(c.request())) {
      BigInteger free = BigInteger.ZERO;
      for (Map.Entry<String, PoolFact> pool : facts.pools.entrySet()) {
        if (facts.wants(c.request(), pool.getKey())
            && pool.getValue().spec.family() == family
            && !facts.isPromised(pool.getKey(), Long.MAX_VALUE)) {
          free =
              free.add(
                  c.contiguous()
                      ? room(pool.getValue(), now, c.count())
                      : free(pool.getValue(), now));
        }
      }
      long missing = c.count() - Math.min(c.count(), facts.held(c.request(), family));
      if (free.compareTo(BigInteger.valueOf(missing)) < 0) {
        return true;
      }
    }
    return false;
  }

  /** {@code count} if so many adjacent addresses are free, else 0; of pools that know it. */
  private BigInteger room(PoolFact pool, long now, int count) {
    if (!pool.spec.policy().keepsRuns()) {
      return BigInteger.ZERO;
    }
    List<IpAddress> all = new ArrayList<>();
    pool.offered.forEach(span -> all.addAll(span.addresses()));
    int run = 0;
    IpAddress last = null;
    for (IpAddress ip : all.stream().sorted().toList()) {
      EipFact eip = facts.eips.get(ip);
      boolean isFree =
          eip == null
              || eip.stage == Stage.UNUSED
              || (eip.stage == Stage.RESTING && eip.freeAt <= now);
      boolean isNext = last != null && last.next().equals(ip);
      run = isFree ? (isNext ? run + 1 : 1) : 0;
      last = ip;
      if (run == count) {
        return BigInteger.valueOf(count);
      }
    }
    return BigInteger.ZERO;
  }

  private BigInteger free(PoolFact pool, long now) {
    long taken =
        facts.eips.entrySet().stream()
            .filter(e -> pool.offers(e.getKey()))
            .map(Map.Entry::getValue)
            .filter(eip -> eip.stage != Stage.UNUSED)
            .filter(eip -> eip.stage != Stage.RESTING || eip.freeAt > now)
            .count();
    return Span.size(pool.offered).subtract(BigInteger.valueOf(taken));
  }
}
