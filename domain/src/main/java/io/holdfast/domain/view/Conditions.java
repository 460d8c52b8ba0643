package io.holdfast.domain.view;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Conflict;
import io.holdfast.domain.model.Drift;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.OwnerDoubt;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.Probe;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.view.Condition.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of addresses and rules. Ready comes first. */
final class Conditions {
  private Conditions() {}

  static List<Condition> of(Lens lens, IpAddress ip, Address address, Readiness readiness) {
    List<Condition> all = new ArrayList<>();
    all.add(ready(readiness));
    Tenancy tenancy = address.tenancy();
    String on = tenancy == null ? null : tenancy.gateway();
    all.add(programmed(lens, ip.toString(), address.on(on)));
    if (tenancy != null) {
      all.add(ownerKnown(tenancy));
      all.add(reachable(lens, tenancy));
      all.add(noConflict(tenancy));
    }
    all.add(inPool(lens, ip, address.pool()));
    all.add(noDrift(lens.drifts(ip), tenancy));
    return List.copyOf(all);
  }

  static List<Condition> of(Lens lens, Rule rule, Readiness readiness) {
    return List.of(ready(readiness), programmed(lens, "rule " + rule.spec().id(), rule.carriage()));
  }

  private static Condition ready(Readiness r) {
    return new Condition(
        Condition.Type.Ready,
        r.ready() ? Status.True : Status.False,
        r.reason().name(),
        r.message(),
        r.since(),
        r.observedRevision());
  }

  private static Condition programmed(Lens lens, String item, @Nullable Carriage carriage) {
    Gateway gateway = carriage == null ? null : lens.gateway(carriage.gateway());
    if (carriage == null || gateway == null || !carriage.wanted()) {
      return Condition.fails(
          Condition.Type.Programmed,
          Reason.NotAttached.name(),
          item + " is wanted on no gateway",
          0);
    }
    Readiness r = Readiness.programming(gateway, item, carriage);
    Status status =
        switch (r.reason()) {
          case Programmed -> Status.True;
          case SeenMissing -> Status.False;
          case NotSeenYet,
              SeenByEarlierInstance,
              WaitingForFence,
              GatewayUnplaced,
              CarriedElsewhere,
              NotAttached,
              NotAllocated,
              RuleRemoved ->
              Status.Unknown;
        };
    return new Condition(
        Condition.Type.Programmed,
        status,
        r.reason().name(),
        r.message(),
        r.since(),
        r.observedRevision());
  }

  private static Condition ownerKnown(Tenancy tenancy) {
    OwnerDoubt doubt = tenancy.doubt();
    if (doubt == null) {
      return Condition.holds(
          Condition.Type.OwnerKnown, "NoDoubt", "no check casts doubt on " + tenancy.owner());
    }
    return doubt.absent() > 0
        ? Condition.fails(
            Condition.Type.OwnerKnown,
            "OwnerAbsent",
            tenancy.owner() + " was not found " + times(doubt.absent()) + ": " + doubt.detail(),
            doubt.firstAbsentAt())
        : new Condition(
            Condition.Type.OwnerKnown,
            Status.Unknown,
            "OwnerUnknown",
            times(doubt.unknown())
                + " it could not be told whether "
                + tenancy.owner()
                + " exists: "
                + doubt.detail(),
            doubt.since(),
            0);
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  private static Condition reachable(Lens lens, Tenancy tenancy) {
    Probe own = tenancy.probe();
    if (own != null) {
      return probeFailed("ProbeFailed", "it", own);
    }
    String on = tenancy.gateway();
    Gateway gateway = on == null ? null : lens.gateway(on);
    Probe probe = gateway == null ? null : gateway.probe();
    return probe == null
        ? Condition.holds(
            Condition.Type.Reachable, "NoFailure", "no probe has failed since the last success")
        : probeFailed("GatewayProbeFailed", "gateway " + on, probe);
  }

  private static Condition probeFailed(String reason, String what, Probe probe) {
    return Condition.fails(
        Condition.Type.Reachable,
        reason,
        what + " failed its probe " + times(probe.failures()) + " in a row: " + probe.detail(),
        probe.since());
  }

  private static Condition noConflict(Tenancy tenancy) {
    Conflict conflict = tenancy.terms().conflict();
    return conflict == null
        ? Condition.holds(
            Condition.Type.NoConflict, "NotSeen", "nothing else was seen to answer for it")
        : Condition.fails(
            Condition.Type.NoConflict,
            "AnsweredElsewhere",
            "critical: " + conflict.by() + ", which is none of the gateways, answers for it, too",
            conflict.since());
  }

  private static Condition inPool(Lens lens, IpAddress ip, String name) {
    Pool pool = lens.pool(name);
    return pool != null && pool.covers(ip)
        ? Condition.holds(Condition.Type.InPool, "Covered", "pool " + name + " covers it")
        : Condition.fails(
            Condition.Type.InPool,
            "Retained",
            "pool " + name + " does not cover it any more; it is not handed out again",
            0);
  }

  private static Condition noDrift(
      SequencedMap<DriftKey, Drift> drifts, @Nullable Tenancy tenancy) {
    if (drifts.isEmpty()) {
      return Condition.holds(
          Condition.Type.NoDrift, "NotSeen", "seen nowhere where it is not to be");
    }
    Drift first = drifts.firstEntry().getValue();
    String wantedOn = tenancy == null ? null : tenancy.gateway();
    return Condition.fails(
        Condition.Type.NoDrift,
        first.elsewhere() ? "SeenTwice" : "SeenUnasked",
        places(drifts)
            + " was seen with it although it is not to carry it there"
            + (wantedOn == null ? "" : "; it is wanted on gateway " + wantedOn),
        first.since());
  }

  /** Where the drifts are, for people. */
  static String places(SequencedMap<DriftKey, Drift> drifts) {
    return drifts.keySet().stream()
        .map(key -> "gateway " + key.gateway() + " on node " + key.node())
        .collect(Collectors.joining(", "));
  }
}
