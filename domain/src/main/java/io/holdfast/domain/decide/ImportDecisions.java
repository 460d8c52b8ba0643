package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.command.ImportLine;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Lease;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Excerpt;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** ImportNetwork: every line is what its command would be, and all are tried before any counts. */
final class ImportDecisions {
  private static final int MAX_LINES = 100_000;

  /** So many lines are named in a refusal, and so much is said of each, UTF-16 characters. */
  private static final int NAMED = 1_000;

  private static final int SENTENCE = 300;

  private ImportDecisions() {}

  static Verdict run(Draft draft, CommandMeta meta, Command.ImportNetwork c) {
    int size = c.lines().size();
    if (size < 1 || size > MAX_LINES) {
      return Verdict.refused(
          Refusal.invalid("lines", size + " lines", "1 to " + MAX_LINES + " of them"));
    }
    List<ImportLine> lines =
        c.lines().stream().sorted(Comparator.comparingInt(ImportDecisions::order)).toList();
    Map<Integer, Refusal> wrong = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (ImportLine line : lines) {
      Draft attempt = draft.attempt();
      switch (one(attempt, meta, line)) {
        case Verdict.Done _ -> {
          draft.take(attempt);
          String kind = line.getClass().getSimpleName().replace("Line", "");
          counts.merge(kind, 1, Integer::sum);
        }
        case Verdict.Refused refused -> wrong.put(line.line(), refused.refusal());
      }
    }
    if (!wrong.isEmpty()) {
      return Verdict.refused(all(wrong, size));
    }
    Map<String, String> details = new TreeMap<>();
    counts.forEach((kind, count) -> details.put(kind, count.toString()));
    return Verdict.details(details);
  }

  private static Refusal all(Map<Integer, Refusal> wrong, int size) {
    Refusal refusal =
        Refusal.of(
            RefusalCode.ImportRefused,
            wrong.size() + " of " + size + " lines cannot be imported; nothing was");
    Map<String, String> details = new TreeMap<>();
    wrong.entrySet().stream()
        .limit(NAMED)
        .forEach(w ->
            details.put(
                // Numbers in the order of numbers, for who sorts texts.
                "line %6d".formatted(w.getKey()),
                Excerpt.of(w.getValue().code() + ": " + w.getValue().message(), SENTENCE)));
    return refusal.withAll(details);
  }

  private static int order(ImportLine line) {
    return switch (line) {
      case ImportLine.PoolLine _ -> 0;
      case ImportLine.GatewayLine _ -> 1;
      case ImportLine.QuotaLine _ -> 2;
      case ImportLine.ReservationLine _ -> 3;
      case ImportLine.EipLine _ -> 4;
      case ImportLine.FipLine _, ImportLine.DnatLine _, ImportLine.SnatLine _ -> 5;
    };
  }

  private static Verdict one(Draft draft, CommandMeta meta, ImportLine line) {
    return switch (line) {
      case ImportLine.PoolLine l -> PoolDecisions.define(draft, pool(l));
      case ImportLine.GatewayLine l ->
          GatewayDecisions.define(
              draft,
              new Command.DefineGateway(
                  l.gateway(),
                  l.candidates(),
                  l.failover(),
                  l.fenceAfterMs(),
                  l.probeThreshold(),
                  l.holdDownMs()));
      case ImportLine.QuotaLine l ->
          QuotaDecisions.set(draft, new Command.SetQuota(l.tenant(), l.limit()));
      case ImportLine.ReservationLine l -> reservation(draft, meta, l.ip());
      case ImportLine.EipLine l -> eip(draft, l);
      case ImportLine.FipLine l -> rule(draft, l.ip(), new RuleSpec.Fip(l.internalIp(), l.vpc()));
      case ImportLine.DnatLine l ->
          rule(
              draft,
              l.ip(),
              new RuleSpec.Dnat(l.protocol(), l.port(), l.internalIp(), l.internalPort(), l.vpc()));
      case ImportLine.SnatLine l -> rule(draft, l.ip(), new RuleSpec.Snat(l.source(), l.vpc()));
    };
  }

  private static Command.DefinePool pool(ImportLine.PoolLine l) {
    return new Command.DefinePool(
        l.pool(),
        l.family(),
        l.ranges(),
        l.exclusions(),
        l.subnet(),
        l.gatewayAddress(),
        l.cooldownMs(),
        l.labels(),
        l.ownerCheck(),
        l.policy(),
        l.crossTenantCooldownMs(),
        l.priority(),
        l.optIn(),
        l.leaseMs(),
        l.probationMs());
  }

  private static Verdict reservation(Draft draft, CommandMeta meta, IpAddress ip) {
    Address address = draft.state().addresses().get(ip);
    return address != null && address.phase() == Phase.RESERVED
        ? Verdict.DONE
        : ReserveDecisions.reserve(draft, meta, new Command.ReserveIp(ip));
  }

  private static Verdict eip(Draft draft, ImportLine.EipLine l) {
    Address address = draft.state().addresses().get(l.ip());
    Tenancy held = address == null ? null : address.tenancy();
    if (address != null
        && held != null
        && address.phase() == Phase.ALLOCATED
        && held.owner().equals(l.owner())) {
      // Being written down somewhere is no renewal of its lease.
      Grant grant = new Grant(l.ip(), held.tenure(), address.pool());
      Refusal other = differs(l, held);
      if (other == null) {
        other = HeldDecisions.attachAll(draft, List.of(grant), l.gateway());
      }
      return other == null ? Verdict.DONE : Verdict.refused(other);
    }
    if (l.adopted()) {
      return AdoptDecisions.adopt(
          draft,
          new Command.AdoptEip(l.ip(), l.owner(), l.gateway(), l.node(), l.leaseMs(), l.tags()));
    }
    String pool = DriftDecisions.poolOf(draft.state(), l.ip());
    EipRequest request =
        new EipRequest(
            pool == null ? List.of() : List.of(pool),
            Map.of(),
            l.owner(),
            l.ip(),
            l.ip().family() == IpFamily.V4 ? FamilyChoice.V4 : FamilyChoice.V6,
            1,
            false,
            l.gateway(),
            l.node(),
            l.leaseMs(),
            l.tags());
    Refusal malformed = RequestChecks.check(draft.state(), "", request);
    Refusal refusal = malformed != null ? malformed : WaitDecisions.waits(draft.state(), l.owner());
    return refusal != null
        ? Verdict.refused(refusal)
        : Allocation.give(draft, request, Allocation.NO_TICKET);
  }

  /** Null if the tenure is just what the line says; the gateway is another matter. */
  private static @Nullable Refusal differs(ImportLine.EipLine l, Tenancy held) {
    Lease lease = held.terms().lease();
    NodeBinding binding = held.node();
    return Check.first(
        l.leaseMs() == null
            ? null
            : differs(l, "leaseMs", lease == null ? 0 : lease.durationMs(), l.leaseMs()),
        differs(l, "tags", new TreeMap<>(held.terms().tags()), new TreeMap<>(l.tags())),
        l.node() == null
            ? null
            : differs(l, "node", binding == null ? "none" : binding.node(), l.node()),
        differs(l, "adopted", held.terms().adopted(), l.adopted()));
  }

  private static @Nullable Refusal differs(
      ImportLine.EipLine l, String field, Object present, Object wanted) {
    return present.equals(wanted)
        ? null
        : Refusal.of(
                RefusalCode.InUse,
                "the owner holds "
                    + l.ip()
                    + " already, and its "
                    + field
                    + " is "
                    + present
                    + ", not "
                    + wanted
                    + "; an import changes nothing that is there")
            .with("ip", l.ip());
  }

  private static Verdict rule(Draft draft, IpAddress ip, RuleSpec spec) {
    Refusal refusal = RuleDecisions.check("", ip, spec);
    return refusal != null
        ? Verdict.refused(refusal)
        : RuleDecisions.add(draft, ip, null, spec, false);
  }
}
