package io.holdfast.simulator.node;

import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.view.DesiredState;
import io.holdfast.simulator.net.Message;
import io.holdfast.simulator.net.Outbox;
import io.holdfast.simulator.plan.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The part of a node's agent that makes one gateway match: asks what is wanted, applies it, looks,
 * reports. It follows the rules of the real one (docs/agent.md).
 */
public final class GatewayAgent {
  private static final long POLL_LIMIT_MS = 4_000;
  private static final long ACKNOWLEDGED_WITHIN_MS = 600;
  private static final long LOOK_EVERY_MS = 15_000;

  private final int index;
  private final Machine machine;
  private final String gateway;
  private final Kernel kernel;
  private final Lease lease = new Lease();
  private final Told told = new Told();
  private String instance = "";
  private @Nullable DesiredState desired;
  private long sequence;
  private long polls;
  private long pollSentAt = -1;
  private long reportSentAt = -1;
  private long reported;
  private long number;
  private long lookedAt;
  private boolean unsettled;

  GatewayAgent(int index, Machine machine, String gateway, Kernel kernel) {
    this.index = index;
    this.machine = machine;
    this.gateway = gateway;
    this.kernel = kernel;
  }

  Lease lease() {
    return lease;
  }

  String instance() {
    return instance;
  }

  Kernel kernel() {
    return kernel;
  }

  String gateway() {
    return gateway;
  }

  /** The process is new and remembers nothing. */
  void restart() {
    lease.nothing();
    instance = "";
    desired = null;
    pollSentAt = -1;
    reportSentAt = -1;
    unsettled = false;
    told.forget();
  }

  /** Goes on as the instance that left its mark in this boot; else begins a new, empty one. */
  void establish(long clock) {
    boolean lapsed = lease.state(clock) == Lease.State.LAPSED;
    lease.nothing();
    told.forget();
    if (lapsed || !kernel.mark().startsWith(machine.bootId() + ".")) {
      kernel.clear(machine.nextInstance(), clock);
    }
    instance = kernel.mark();
    lease.established();
  }

  /** What is to be done in a turn of the node's agent. */
  void round(long now, Outbox out) {
    long clock = machine.clock(now);
    Lease.State state = lease.state(clock);
    if (state == Lease.State.NONE || state == Lease.State.LAPSED) {
      establish(clock);
    }
    if (pollSentAt < 0 || now - pollSentAt > POLL_LIMIT_MS) {
      poll(now, out);
    }
    if (reportSentAt >= 0 && now - reportSentAt > ACKNOWLEDGED_WITHIN_MS) {
      told.forget();
      reportSentAt = -1;
      unsettled = true;
    }
    if (unsettled || now - lookedAt > LOOK_EVERY_MS) {
      out.later(Kind.WORK, index, 5);
    }
  }

  /** Asks what is wanted; if that is known, the answer comes when it is another. */
  void poll(long now, Outbox out) {
    DesiredState known = desired;
    boolean waits = known != null && mayAct(known);
    pollSentAt = now;
    out.send(
        new Message.DesiredQuery(
            machine.index(),
            index,
            ++polls,
            waits && known != null ? known.version() : null,
            waits ? sequence : 0));
  }

  void answered(Message.DesiredAnswer answer, long now, Outbox out) {
    if (answer.poll() != polls || pollSentAt < 0) {
      return; // of a question that was given up
    }
    pollSentAt = -1;
    DesiredState known = desired;
    if (answer.whole() != null) {
      desired = answer.whole();
    } else if (answer.part() != null && known != null && answer.since() == sequence) {
      desired = answer.part().appliedTo(known);
    }
    sequence = answer.sequence();
    DesiredState present = desired;
    if (present != null && mayAct(present)) {
      poll(now, out);
      out.later(Kind.WORK, index, 3);
    } else {
      out.later(Kind.POLL, index, 150);
    }
  }

  /** Asks again after a pause, unless a question is under way by now. */
  void pollAgain(long now, Outbox out) {
    if (pollSentAt < 0) {
      poll(now, out);
    }
  }

  /** An instance that the service does not know yet may only take things down. */
  private boolean mayAct(DesiredState wanted) {
    return !instance.isEmpty()
        && (wanted.instance().equals(instance)
            || (wanted.instance().isEmpty()
                && wanted.addresses().isEmpty()
                && wanted.rules().isEmpty()));
  }

  /** Apply, look, report. */
  void work(long now, Mishap mishap, Outbox out) {
    long clock = machine.clock(now);
    Lease.State state = lease.state(clock);
    if (state == Lease.State.LAPSED) {
      if (mishap == Mishap.LATE && desired != null && mayAct(desired)) {
        Applier.apply(kernel, desired, mishap, told::changed);
      } else {
        establish(clock);
      }
      return;
    }
    DesiredState wanted = desired;
    if (state != Lease.State.RUNNING || wanted == null || !mayAct(wanted)) {
      return;
    }
    boolean whole = told.needsWhole(wanted) || now - lookedAt > LOOK_EVERY_MS;
    boolean asWanted = Applier.apply(kernel, wanted, mishap, told::changed);
    if (mishap == Mishap.DIES) {
      machine.restarted();
      return;
    }
    if (whole) {
      lookedAt = now;
    }
    unsettled = !asWanted;
    if (unsettled) {
      out.later(Kind.WORK, index, 120);
    }
    if (wanted.epoch() > 0) {
      report(now, clock, wanted, whole, out);
    }
  }

  private void report(long now, long clock, DesiredState wanted, boolean whole, Outbox out) {
    var due = told.due(wanted);
    if (!whole && due.isEmpty()) {
      return;
    }
    number = Math.max(number + 1, clock * 1_000);
    reported = number;
    reportSentAt = now;
    out.send(
        new Message.Told(
            machine.index(),
            whole
                ? Look.whole(kernel, wanted, machine.name(), number)
                : Look.part(kernel, wanted, machine.name(), number, due),
            index,
            number));
    told.told(wanted, whole);
  }

  void acknowledged(long ofNumber) {
    if (ofNumber == reported) {
      reportSentAt = -1;
    }
  }

  /** The empty rule stands for the address itself. */
  static RuleKey address(io.holdfast.domain.net.IpAddress ip) {
    return new RuleKey(ip, "");
  }
}
