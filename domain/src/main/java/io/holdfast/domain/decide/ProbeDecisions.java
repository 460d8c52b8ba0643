package io.holdfast.domain.decide;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.MoveCause;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Probe;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Excerpt;
import io.holdfast.domain.report.Report;

/**
 * Probes of gateways and EIPs: every failure up to the threshold is an event, and so is the
 * recovery.
 */
final class ProbeDecisions {
  private static final int EIP_THRESHOLD = 3;

  private ProbeDecisions() {}

  static Disposition probed(Draft draft, Report.ProbeResult r) {
    if (r.gateway() != null && r.ip() == null) {
      return gateway(draft, r, r.gateway());
    }
    if (r.ip() != null && r.gateway() == null) {
      return eip(draft, r, r.ip());
    }
    return new Disposition.Invalid(
        "gateway", String.valueOf(r.gateway()), "exactly one of gateway and ip");
  }

  private static Disposition gateway(Draft draft, Report.ProbeResult r, String name) {
    Gateway gateway = draft.state().gateways().get(name);
    if (gateway == null || gateway.epoch() != r.generation()) {
      return new Disposition.Late(
          "epoch " + r.generation() + " of gateway " + name + " is not its present one");
    }
    if (!gateway.isActive()) {
      return new Disposition.Late(
          "gateway " + name + " is given nothing yet: it has nothing to answer with");
    }
    Probe probe = gateway.probe();
    if (r.ok()) {
      if (probe != null) {
        draft.emit(new Event.ProbeRecovered(name, null));
      }
      return Disposition.USED;
    }
    int threshold = gateway.spec().probeThreshold();
    int failures = probe == null ? 0 : probe.failures();
    if (failures < threshold) {
      failures++;
      draft.emit(new Event.ProbeFailed(name, null, failures, threshold, detail(r)));
    }
    if (failures >= threshold) {
      GatewayDecisions.moveAway(
          draft,
          name,
          MoveCause.PROBE_FAILED,
          draft.now(),
          failures + " probes failed: " + detail(r));
    }
    return Disposition.USED;
  }

  private static Disposition eip(Draft draft, Report.ProbeResult r, IpAddress ip) {
    Address address = draft.state().addresses().get(ip);
    if (address == null || !address.isHeldBy(r.generation())) {
      return new Disposition.Late(
          "tenure " + r.generation() + " of " + ip + " is not its present one");
    }
    Tenancy tenancy = ReleaseDecisions.tenancy(draft.state(), ip);
    Probe probe = tenancy.probe();
    if (r.ok() && probe != null) {
      draft.emit(new Event.ProbeRecovered(null, ip));
    }
    int failures = probe == null ? 0 : probe.failures();
    if (!r.ok() && failures < EIP_THRESHOLD) {
      draft.emit(new Event.ProbeFailed(null, ip, failures + 1, EIP_THRESHOLD, detail(r)));
    }
    return Disposition.USED;
  }

  /** For people: cut rather than refused. */
  private static String detail(Report.ProbeResult r) {
    return Excerpt.of(r.detail(), Excerpt.DETAIL);
  }
}
