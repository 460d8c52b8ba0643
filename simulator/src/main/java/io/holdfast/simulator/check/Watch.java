package io.holdfast.simulator.check;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.State;
import io.holdfast.simulator.node.Kernels;
import io.holdfast.simulator.setup.Setup;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Watches the network: every event is judged by what is known, and the rows it touched are looked
 * at. Costs according to what happened.
 */
public final class Watch {
  private final Facts facts = new Facts();
  private final Kernels kernels;
  private final EipRules eips;
  private final NatRules rules;
  private final GatewayRules gateways;
  private final NodeRules nodes;
  private final PoolRules pools;
  private final AnswerRules answers;
  private final ReportRules reports;
  private final WaitRules waits;
  private final LeaseRules leases;
  private final ReserveRules reserves;
  private final ConflictRules conflicts;
  private final TransferRules transfers;
  private final RowCheck rows;
  private final Set<IpAddress> touchedIps = new TreeSet<>();
  private final Set<String> touchedGateways = new TreeSet<>();
  private final Set<String> touchedNodes = new TreeSet<>();
  private final Set<String> touchedPools = new TreeSet<>();
  private long sequence;

  public Watch(Setup setup) {
    this.kernels = new Kernels(setup, new KernelWatch(setup, facts));
    this.leases = new LeaseRules(facts, setup.settings().leaseGraceMs());
    this.eips = new EipRules(setup, facts, kernels, leases);
    this.rules = new NatRules(facts, eips);
    this.gateways = new GatewayRules(setup, facts, kernels);
    this.nodes = new NodeRules(setup, facts);
    this.pools = new PoolRules(setup, facts);
    this.reserves = new ReserveRules(facts);
    this.conflicts = new ConflictRules(facts);
    this.transfers = new TransferRules(facts);
    this.answers = new AnswerRules(facts, leases);
    this.reports = new ReportRules(facts, conflicts);
    this.waits = new WaitRules(facts);
    this.rows = new RowCheck(facts);
  }

  /** The kernels that it watches. */
  public Kernels kernels() {
    return kernels;
  }

  Facts facts() {
    return facts;
  }

  /**
   * Something was decided, and is in the state now.
   *
   * @param time by which it was decided, epoch milliseconds
   */
  public void decided(Stimulus stimulus, List<Recorded> events, State state, long time) {
    facts.now = time;
    if (stimulus instanceof Stimulus.Told told
        && told.report() instanceof Report.NodeHeartbeat beat) {
      nodes.heard(beat, time);
    }
    for (Recorded recorded : events) {
      sequence++;
      Violation.unless(recorded.header().sequence() == sequence, "sequence", recorded, sequence);
      happened(stimulus, recorded.header(), recorded.event());
    }
    nodes.after();
    eips.after();
    switch (stimulus) {
      case Stimulus.Asked asked -> answers.answered(asked, events);
      case Stimulus.Told told -> reports.told(told, events, state);
      case Stimulus.Passed _ -> {}
    }
    if (!events.isEmpty()) {
      look(state);
    }
  }

  /** Everything that was due is done, and silent nodes were sought. */
  public void looked(long heardFrom, long commandsFrom, long time) {
    gateways.looked(heardFrom, time);
    leases.looked(commandsFrom, time);
    waits.looked(time);
  }

  private void look(State state) {
    for (IpAddress ip : touchedIps) {
      rows.address(state, ip);
      EipFact eip = facts.eips.get(ip);
      if (eip != null) {
        touchedPools.add(eip.pool);
      }
    }
    for (String pool : touchedPools) {
      rows.pool(state, pool);
    }
    for (String gateway : touchedGateways) {
      rows.gateway(state, gateway);
    }
    for (String node : touchedNodes) {
      rows.node(state, node);
    }
    touchedIps.clear();
    touchedPools.clear();
    touchedGateways.clear();
    touchedNodes.clear();
  }

  private void at(IpAddress ip) {
    touchedIps.add(ip);
  }

  private void happened(Stimulus stimulus, EventHeader header, Event event) {
    switch (event) {
      case Event.PoolDefined e -> {
        pools.defined(e);
        touchedPools.add(e.pool());
      }
      case Event.PoolResized e -> {
        pools.resized(stimulus, e);
        touchedPools.add(e.pool());
      }
      case Event.PoolChanged e -> touchedPools.add(e.pool());
      case Event.QuotaSet e -> waits.quotaSet(stimulus, e);
      case Event.AllocationQueued e -> waits.queued(stimulus, header, e);
      case Event.AllocationDequeued e -> waits.dequeued(stimulus, header, e);
      case Event.PoolRemoved e -> {
        pools.removed(e);
        touchedPools.add(e.pool());
      }
      case Event.EipAllocated e -> {
        eips.allocated(stimulus, header, e);
        at(e.ip());
      }
      case Event.EipRebound e -> {
        eips.rebound(stimulus, e);
        at(e.ip());
      }
      case Event.EipAttached e -> {
        eips.attached(header, e);
        at(e.ip());
      }
      case Event.EipDetached e -> {
        eips.detached(header, e);
        at(e.ip());
      }
      case Event.EipReleaseRequested e -> {
        eips.releaseRequested(stimulus, header, e);
        at(e.ip());
      }
      case Event.EipRestored e -> {
        eips.restored(stimulus, header, e);
        at(e.ip());
      }
      case Event.EipWithdrawn e -> {
        eips.withdrawn(e);
        at(e.ip());
      }
      case Event.EipCooldownStarted e -> {
        eips.cooldownStarted(stimulus, header, e);
        at(e.ip());
      }
      case Event.EipFreed e -> {
        EipFact eip = facts.eip(e.ip());
        touchedPools.add(eip.pool);
        eips.freed(header, e);
        at(e.ip());
      }
      case Event.IpQuarantined e -> {
        conflicts.quarantined(stimulus, header, e);
        at(e.ip());
      }
      case Event.ConflictDetected e -> {
        conflicts.detected(stimulus, header, e, eips.tenure(e.ip(), e.tenure()));
        at(e.ip());
      }
      case Event.ConflictCleared e -> {
        conflicts.cleared(stimulus, header, e, eips.tenure(e.ip(), e.tenure()));
        at(e.ip());
      }
      case Event.LeaseSet e -> {
        leases.set(stimulus, header, e, eips.held(e.ip(), e.tenure()));
        at(e.ip());
      }
      case Event.LeaseExpiring e -> {
        LeaseRules.warned(header, e, eips.held(e.ip(), e.tenure()));
        at(e.ip());
      }
      case Event.IpReserved e -> {
        reserves.reserved(stimulus, e);
        at(e.ip());
      }
      case Event.IpUnreserved e -> {
        touchedPools.add(facts.eip(e.ip()).pool);
        reserves.unreserved(stimulus, e);
        at(e.ip());
      }
      case Event.EipAdopted e -> {
        reserves.adopted(stimulus, header, e, eips.isPresent(e.node()));
        at(e.ip());
      }
      case Event.TransferOffered e -> {
        transfers.offered(stimulus, header, e, eips.held(e.ip(), e.tenure()));
        at(e.ip());
      }
      case Event.TransferCancelled e -> {
        transfers.cancelled(stimulus, e, eips.held(e.ip(), e.tenure()));
        at(e.ip());
      }
      case Event.EipTransferred e -> {
        transfers.transferred(stimulus, header, e, eips.held(e.ip(), e.from()));
        at(e.ip());
      }
      case Event.EipTagged e -> {
        transfers.tagged(stimulus, e, eips.held(e.ip(), e.tenure()));
        at(e.ip());
      }
      case Event.EipProgrammed e -> {
        eips.programmed(stimulus, e);
        at(e.ip());
      }
      case Event.EipUnprogrammed e -> {
        eips.unprogrammed(stimulus, e);
        at(e.ip());
      }
      case Event.EipCleared e -> {
        eips.cleared(e);
        at(e.ip());
      }
      case Event.OwnerUnknown e -> {
        eips.held(e.ip(), e.tenure()).absent = 0;
        at(e.ip());
      }
      case Event.OwnerAbsent e -> {
        eips.absent(stimulus, header, e);
        at(e.ip());
      }
      case Event.OwnerPresent e -> {
        eips.held(e.ip(), e.tenure()).absent = 0;
        at(e.ip());
      }
      case Event.FipBound e -> {
        RuleSpec spec = new RuleSpec.Fip(e.internalIp(), e.vpc());
        rules.added(header, e.ip(), e.tenure(), "fip", spec.target(), e.vpc());
        at(e.ip());
      }
      case Event.FipUnbound e -> {
        rules.removed(stimulus, header, e.ip(), e.tenure(), "fip", e.withEip());
        at(e.ip());
      }
      case Event.DnatAdded e -> {
        RuleSpec spec =
            new RuleSpec.Dnat(e.protocol(), e.port(), e.internalIp(), e.internalPort(), e.vpc());
        rules.added(header, e.ip(), e.tenure(), spec.id(), spec.target(), e.vpc());
        at(e.ip());
      }
      case Event.DnatRemoved e -> {
        String id = RuleSpec.Dnat.id(e.protocol(), e.port());
        rules.removed(stimulus, header, e.ip(), e.tenure(), id, e.withEip());
        at(e.ip());
      }
      case Event.SnatAdded e -> {
        String id = RuleSpec.Snat.id(e.source());
        rules.added(header, e.ip(), e.tenure(), id, "", e.vpc());
        at(e.ip());
      }
      case Event.SnatRemoved e -> {
        String id = RuleSpec.Snat.id(e.source());
        rules.removed(stimulus, header, e.ip(), e.tenure(), id, e.withEip());
        at(e.ip());
      }
      case Event.RuleProgrammed e -> {
        rules.programmed(stimulus, e);
        at(e.ip());
      }
      case Event.RuleUnprogrammed e -> {
        rules.unprogrammed(stimulus, e);
        at(e.ip());
      }
      case Event.RuleCleared e -> at(e.ip());
      case Event.RuleWithdrawn e -> {
        rules.withdrawn(e);
        at(e.ip());
      }
      case Event.GatewayDefined e -> {
        gateways.defined(e);
        touchedGateways.add(e.gateway());
      }
      case Event.GatewayPlaced e -> {
        gateways.placed(header, e);
        touchedGateways.add(e.gateway());
      }
      case Event.GatewayInstanceStarted e -> {
        gateways.instanceStarted(stimulus, e);
        touchedGateways.add(e.gateway());
      }
      case Event.GatewayRescheduled e -> {
        gateways.rescheduled(stimulus, header, e);
        touchedGateways.add(e.gateway());
      }
      case Event.GatewayInstanceFenced e -> {
        gateways.fenced(stimulus, header, e);
        touchedGateways.add(e.gateway());
      }
      case Event.GatewayRetiring e -> {
        gateways.retiring(header, e);
        touchedGateways.add(e.gateway());
      }
      case Event.GatewayRetired e -> gateways.retired(e);
      case Event.ProbeFailed e -> {
        gateways.probeFailed(stimulus, e);
        probed(e.gateway(), e.ip());
      }
      case Event.ProbeRecovered e -> {
        gateways.probeRecovered(stimulus, e);
        probed(e.gateway(), e.ip());
      }
      case Event.DriftDetected e -> gateways.driftDetected(stimulus, e);
      case Event.DriftCleared e -> gateways.driftCleared(stimulus, e);
      case Event.NodeRegistered e -> {
        nodes.registered(stimulus, e);
        touchedNodes.add(e.node());
      }
      case Event.NodeLost e -> {
        nodes.lost(stimulus, header, e);
        touchedNodes.add(e.node());
      }
      case Event.NodeReturned e -> {
        nodes.returned(stimulus, e);
        touchedNodes.add(e.node());
      }
      case Event.NodeFenced e -> {
        nodes.fenced(stimulus, e);
        touchedNodes.add(e.node());
      }
      case Event.OwnerInventoryTaken e -> {
        nodes.inventoryTaken(stimulus, e);
        touchedNodes.add(e.node());
      }
      case Event.OwnerInventoryOverdue e -> nodes.inventoryOverdue(e);
    }
  }

  private void probed(@Nullable String gateway, @Nullable IpAddress ip) {
    if (gateway != null) {
      touchedGateways.add(gateway);
    }
    if (ip != null) {
      at(ip);
    }
  }
}
