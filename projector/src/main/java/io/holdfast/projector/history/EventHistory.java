package io.holdfast.projector.history;

import static io.holdfast.projector.history.HistoryTable.ATTACHMENT;
import static io.holdfast.projector.history.HistoryTable.COOLDOWN;
import static io.holdfast.projector.history.HistoryTable.PLACEMENT;
import static io.holdfast.projector.history.HistoryTable.POOL;
import static io.holdfast.projector.history.HistoryTable.QUARANTINE;
import static io.holdfast.projector.history.HistoryTable.READINESS;
import static io.holdfast.projector.history.HistoryTable.RULE;
import static io.holdfast.projector.history.HistoryTable.TENURE;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What each event means for the tables. Reads nothing but the event. */
public final class EventHistory {
  private static final String REPLACED = "replaced";

  private EventHistory() {}

  /**
   * @param to takes the changes, in order
   */
  public static void of(Event event, Consumer<Change> to) {
    switch (event) {
      case Event.PoolDefined e -> pool(e.pool(), e.spec(), to);
      case Event.PoolResized e -> pool(e.pool(), e.spec(), to);
      case Event.PoolChanged e -> pool(e.pool(), e.spec(), to);
      case Event.PoolRemoved e -> to.accept(new Change.Gone(POOL, e.pool(), ""));

      case Event.EipAllocated e ->
          tenure(e.ip(), e.tenure(), e.pool(), e.owner(), e.node(), null, to);
      case Event.EipRestored e -> {
        String ip = e.ip().toString();
        to.accept(new Change.Gone(TENURE, ip, "restored"));
        to.accept(new Change.Gone(COOLDOWN, ip, "restored"));
        tenure(e.ip(), e.tenure(), e.pool(), e.owner(), e.node(), e.restores(), to);
      }
      case Event.EipAttached e -> {
        String item = e.ip() + " " + e.gateway();
        to.accept(new Change.Gone(ATTACHMENT, item, REPLACED));
        to.accept(new Change.Gone(READINESS, item(e.ip(), ""), REPLACED));
        to.accept(
            Change.Begin.of(
                ATTACHMENT,
                item,
                e.ip().toString(),
                e.tenure(),
                e.gateway(),
                e.prefixLength(),
                e.epoch()));
      }
      case Event.EipDetached e -> {
        to.accept(new Change.End(ATTACHMENT, e.ip() + " " + e.gateway(), "detached"));
        to.accept(new Change.Gone(READINESS, item(e.ip(), ""), "detached"));
      }
      case Event.EipReleaseRequested e -> {
        String note = e.cause().name() + (e.evidence().isEmpty() ? "" : ": " + e.evidence());
        to.accept(new Change.End(TENURE, e.ip().toString(), note));
        if (e.gateway() != null) {
          to.accept(new Change.End(ATTACHMENT, e.ip() + " " + e.gateway(), "released"));
        }
        to.accept(new Change.Gone(READINESS, item(e.ip(), ""), "released"));
      }
      case Event.EipWithdrawn e ->
          to.accept(new Change.Gone(ATTACHMENT, e.ip() + " " + e.gateway(), e.evidence().name()));
      case Event.EipCooldownStarted e -> {
        String ip = e.ip().toString();
        to.accept(new Change.Gone(TENURE, ip, ""));
        to.accept(new Change.Gone(QUARANTINE, ip, ""));
        to.accept(Change.Begin.of(COOLDOWN, ip, ip, e.tenure(), e.freeAt()));
      }
      case Event.EipFreed e -> to.accept(new Change.Gone(COOLDOWN, e.ip().toString(), ""));
      case Event.EipAdopted e -> {
        String ip = e.ip().toString();
        to.accept(new Change.Gone(QUARANTINE, ip, "adopted"));
        tenure(e.ip(), e.tenure(), e.pool(), e.owner(), e.node(), null, to);
      }
      case Event.EipTransferred e -> {
        String ip = e.ip().toString();
        to.accept(new Change.End(TENURE, ip, "TRANSFERRED to " + e.owner()));
        to.accept(new Change.Gone(TENURE, ip, "transferred"));
        tenure(e.ip(), e.tenure(), e.pool(), e.owner(), null, null, to);
      }
      case Event.IpReserved e -> to.accept(new Change.Gone(TENURE, e.ip().toString(), "reserved"));
      case Event.IpQuarantined e -> {
        String ip = e.ip().toString();
        to.accept(new Change.Gone(QUARANTINE, ip, "seen again"));
        to.accept(new Change.Gone(TENURE, ip, "quarantined"));
        to.accept(new Change.Gone(COOLDOWN, ip, "quarantined"));
        to.accept(Change.Begin.of(QUARANTINE, ip, ip, e.pool(), e.reason()));
      }
      case Event.EipProgrammed e ->
          seen(e.ip(), e.tenure(), "", e.gateway(), e.epoch(), e.revision(), e.observation(), to);
      case Event.EipUnprogrammed e ->
          to.accept(new Change.Gone(READINESS, item(e.ip(), ""), "seen without"));
      case Event.RuleProgrammed e ->
          seen(
              e.ip(),
              e.tenure(),
              e.rule(),
              e.gateway(),
              e.epoch(),
              e.revision(),
              e.observation(),
              to);
      case Event.RuleUnprogrammed e ->
          to.accept(new Change.Gone(READINESS, item(e.ip(), e.rule()), "seen without"));

      case Event.FipBound e ->
          rule(e.ip(), e.tenure(), new RuleSpec.Fip(e.internalIp(), e.vpc()), to);
      case Event.DnatAdded e ->
          rule(
              e.ip(),
              e.tenure(),
              new RuleSpec.Dnat(e.protocol(), e.port(), e.internalIp(), e.internalPort(), e.vpc()),
              to);
      case Event.SnatAdded e ->
          rule(e.ip(), e.tenure(), new RuleSpec.Snat(e.source(), e.vpc()), to);
      case Event.FipUnbound e -> ruleEnded(e.ip(), "fip", to);
      case Event.DnatRemoved e -> ruleEnded(e.ip(), RuleSpec.Dnat.id(e.protocol(), e.port()), to);
      case Event.SnatRemoved e -> ruleEnded(e.ip(), RuleSpec.Snat.id(e.source()), to);
      case Event.RuleWithdrawn e ->
          to.accept(new Change.Gone(RULE, item(e.ip(), e.rule()), e.evidence().name()));

      case Event.GatewayPlaced e -> placed(e.gateway(), e.node(), e.epoch(), "PLACED", to);
      case Event.GatewayRescheduled e -> {
        to.accept(new Change.Gone(PLACEMENT, e.gateway(), e.cause().name()));
        placed(e.gateway(), e.toNode(), e.epoch(), e.cause().name(), to);
      }
      case Event.GatewayRetiring e ->
          to.accept(new Change.Gone(PLACEMENT, e.gateway(), "RETIRING"));

      // Nothing begins or ends; they stand in the event table.
      case Event.IpUnreserved _ -> {}
      case Event.LeaseSet _ -> {}
      case Event.LeaseExpiring _ -> {}
      case Event.TransferOffered _ -> {}
      case Event.TransferCancelled _ -> {}
      case Event.EipTagged _ -> {}
      case Event.ConflictDetected _ -> {}
      case Event.ConflictCleared _ -> {}
      case Event.QuotaSet _ -> {}
      case Event.AllocationQueued _ -> {}
      case Event.AllocationDequeued _ -> {}
      case Event.GatewayInstanceFenced _ -> {}
      case Event.EipRebound _ -> {}
      case Event.EipCleared _ -> {}
      case Event.RuleCleared _ -> {}
      case Event.GatewayDefined _ -> {}
      case Event.GatewayInstanceStarted _ -> {}
      case Event.GatewayRetired _ -> {}
      case Event.NodeRegistered _ -> {}
      case Event.NodeLost _ -> {}
      case Event.NodeReturned _ -> {}
      case Event.NodeFenced _ -> {}
      case Event.OwnerInventoryTaken _ -> {}
      case Event.OwnerInventoryOverdue _ -> {}
      case Event.ProbeFailed _ -> {}
      case Event.ProbeRecovered _ -> {}
      case Event.OwnerUnknown _ -> {}
      case Event.OwnerAbsent _ -> {}
      case Event.OwnerPresent _ -> {}
      case Event.DriftDetected _ -> {}
      case Event.DriftCleared _ -> {}
    }
  }

  private static void pool(String pool, PoolSpec spec, Consumer<Change> to) {
    to.accept(new Change.Gone(POOL, pool, REPLACED));
    to.accept(Change.Begin.of(POOL, pool, pool, EventJson.text(spec)));
  }

  private static void tenure(
      IpAddress ip,
      long tenure,
      String pool,
      Owner owner,
      @Nullable NodeBinding node,
      @Nullable Long restores,
      Consumer<Change> to) {
    to.accept(
        Change.Begin.of(
            TENURE,
            ip.toString(),
            ip.toString(),
            tenure,
            pool,
            owner.tenant(),
            owner.kind(),
            owner.namespace(),
            owner.name(),
            owner.uid(),
            node == null ? null : node.node(),
            node == null ? null : node.bootId(),
            restores));
  }

  private static void seen(
      IpAddress ip,
      long tenure,
      String rule,
      String gateway,
      long epoch,
      long revision,
      long observation,
      Consumer<Change> to) {
    String item = item(ip, rule);
    to.accept(new Change.Gone(READINESS, item, REPLACED));
    to.accept(
        Change.Begin.of(
            READINESS, item, ip.toString(), tenure, rule, gateway, epoch, revision, observation));
  }

  /** A rule with another content, or one that is wanted again, is another row. */
  private static void rule(IpAddress ip, long tenure, RuleSpec spec, Consumer<Change> to) {
    String item = item(ip, spec.id());
    to.accept(new Change.Gone(RULE, item, REPLACED));
    to.accept(new Change.Gone(READINESS, item, REPLACED));
    String protocol = null;
    Integer port = null;
    Integer insidePort = null;
    String inside;
    switch (spec) {
      case RuleSpec.Fip s -> inside = s.internalIp().toString();
      case RuleSpec.Snat s -> inside = s.source().toString();
      case RuleSpec.Dnat s -> {
        inside = s.internalIp().toString();
        protocol = s.protocol().name();
        port = s.port();
        insidePort = s.internalPort();
      }
    }
    to.accept(
        Change.Begin.of(
            RULE,
            item,
            ip.toString(),
            tenure,
            spec.id(),
            spec.getClass().getSimpleName(),
            spec.vpc(),
            spec.target(),
            protocol,
            port,
            inside,
            insidePort,
            spec.exclusive()));
  }

  private static void ruleEnded(IpAddress ip, String rule, Consumer<Change> to) {
    to.accept(new Change.End(RULE, item(ip, rule), "removed"));
    to.accept(new Change.Gone(READINESS, item(ip, rule), "removed"));
  }

  private static void placed(
      String gateway, String node, long epoch, String cause, Consumer<Change> to) {
    to.accept(Change.Begin.of(PLACEMENT, gateway, gateway, node, epoch, cause));
  }

  private static String item(IpAddress ip, String rule) {
    return rule.isEmpty() ? ip.toString() : ip + " " + rule;
  }
}
