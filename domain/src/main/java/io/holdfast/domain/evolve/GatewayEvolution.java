package io.holdfast.domain.evolve;

import static io.holdfast.domain.evolve.Evolver.existing;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Drift;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.Probe;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.state.DriftKey;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What events make of gateways, probes and drift. */
final class GatewayEvolution {
  private GatewayEvolution() {}

  static void defined(State state, EventHeader header, Event.GatewayDefined e) {
    Gateway before = state.gateways().get(e.gateway());
    state
        .gateways()
        .put(
            e.gateway(),
            before == null
                ? Gateway.defined(e.spec(), header.sequence())
                : before.isRetired()
                    ? before.redefined(e.spec(), header.sequence(), header.time())
                    : before.with(e.spec(), header.sequence(), header.time()));
  }

  static void placed(State state, EventHeader header, Event.GatewayPlaced e) {
    Gateway gateway = gateway(state, e.gateway());
    state
        .gateways()
        .put(
            e.gateway(),
            gateway.placed(e.node(), e.epoch(), header.sequence(), header.time(), e.leaseMs()));
  }

  static void instanceStarted(State state, Event.GatewayInstanceStarted e) {
    state
        .gateways()
        .put(e.gateway(), gateway(state, e.gateway()).startedAs(e.instance(), e.uptimeMs()));
  }

  static void rescheduled(State state, EventHeader header, Event.GatewayRescheduled e) {
    leave(state, header, e.gateway(), e.fromNode(), e.fenceAt());
    state
        .gateways()
        .put(
            e.gateway(),
            gateway(state, e.gateway())
                .placed(e.toNode(), e.epoch(), header.sequence(), header.time(), e.leaseMs()));
  }

  static void retiring(State state, EventHeader header, Event.GatewayRetiring e) {
    String node = existing(gateway(state, e.gateway()).node(), "the node of " + e.gateway());
    leave(state, header, e.gateway(), node, e.fenceAt());
    state
        .gateways()
        .put(e.gateway(), gateway(state, e.gateway()).retiring(header.sequence(), header.time()));
  }

  /** The current instance becomes an earlier one. */
  private static void leave(
      State state, EventHeader header, String name, String node, long fenceAt) {
    Gateway gateway = gateway(state, name);
    GatewayInstance old =
        new GatewayInstance(gateway.epoch(), node, header.sequence(), gateway.leaseMs(), fenceAt);
    List<GatewayInstance> unfenced = new ArrayList<>(gateway.unfenced());
    unfenced.add(old);
    state.gateways().put(name, gateway.unfenced(unfenced));
    state.timers().put(fenceTimer(name, old), Mark.SET);
  }

  static void instanceFenced(State state, EventHeader header, Event.GatewayInstanceFenced e) {
    Gateway gateway = gateway(state, e.gateway());
    List<GatewayInstance> left = new ArrayList<>();
    for (GatewayInstance instance : gateway.unfenced()) {
      if (instance.epoch() == e.epoch()) {
        state.timers().remove(fenceTimer(e.gateway(), instance));
      } else {
        left.add(instance);
      }
    }
    state.gateways().put(e.gateway(), gateway.unfenced(left).at(header.sequence()));
    state.timers().put(new TimerKey(header.time(), TimerKind.SWEEP, e.gateway(), ""), Mark.SET);
  }

  static void retired(State state, EventHeader header, Event.GatewayRetired e) {
    revised(state, e.gateway(), header.sequence());
  }

  static void probeFailed(State state, EventHeader header, Event.ProbeFailed e) {
    if (e.gateway() != null) {
      Gateway gateway = gateway(state, e.gateway());
      state.gateways().put(e.gateway(), gateway.probed(failed(gateway.probe(), header, e)));
    } else if (e.ip() != null) {
      Address address = EipEvolution.address(state, e.ip());
      Tenancy tenancy = EipEvolution.tenancy(address, e.ip());
      state
          .addresses()
          .put(e.ip(), address.with(tenancy.withProbe(failed(tenancy.probe(), header, e))));
    }
  }

  private static Probe failed(@Nullable Probe before, EventHeader header, Event.ProbeFailed e) {
    return new Probe(e.failures(), before == null ? header.time() : before.since(), e.detail());
  }

  static void probeRecovered(State state, Event.ProbeRecovered e) {
    if (e.gateway() != null) {
      state.gateways().put(e.gateway(), gateway(state, e.gateway()).probed(null));
    } else if (e.ip() != null) {
      Address address = EipEvolution.address(state, e.ip());
      state
          .addresses()
          .put(e.ip(), address.with(EipEvolution.tenancy(address, e.ip()).withProbe(null)));
    }
  }

  static void driftDetected(State state, EventHeader header, Event.DriftDetected e) {
    DriftKey key = new DriftKey(e.gateway(), e.ip(), e.node());
    Drift before = state.drifts().get(key);
    state
        .drifts()
        .put(
            key,
            new Drift(
                e.prefixLength(),
                before == null ? e.epoch() : before.fromEpoch(),
                e.epoch(),
                e.observation(),
                before == null ? header.time() : before.since(),
                e.wantedOn() != null));
    revised(state, e.gateway(), header.sequence());
  }

  static void driftCleared(State state, Event.DriftCleared e) {
    state.drifts().remove(new DriftKey(e.gateway(), e.ip(), e.node()));
  }

  /** What the gateway is to carry changed: agents that wait for it are to look. */
  static void revised(State state, String name, long sequence) {
    state.gateways().put(name, gateway(state, name).at(sequence));
  }

  private static Gateway gateway(State state, String name) {
    return existing(state.gateways().get(name), name);
  }

  private static TimerKey fenceTimer(String gateway, GatewayInstance instance) {
    return new TimerKey(
        instance.fenceAt(), TimerKind.FENCE, gateway, Long.toString(instance.epoch()));
  }
}
