package io.holdfast.simulator.node;

import io.holdfast.domain.report.Report;
import io.holdfast.simulator.net.Message;
import io.holdfast.simulator.net.Outbox;
import io.holdfast.simulator.plan.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node known, and the leases of its gateways: arm, heartbeat, see that the service has
 * counted it, renew (docs/agent.md, Fencing).
 */
public final class NodeAgent {
  private static final long MOST_MS = 3_000;
  private static final long TRY_FOR_MS = 1_000;

  private final Machine machine;
  private final List<GatewayAgent> gateways;
  private final List<Armed> armed = new ArrayList<>();
  private Message.@Nullable NodeAnswer view;
  private long roundAt;

  /** A lease whose clock runs since {@code at}, on the node's clock. */
  private record Armed(
      GatewayAgent agent, int generation, long at, long lengthMs, long slackMs, long until) {}

  /**
   * @param gateways its agents, one for each gateway of the setup, in that order
   */
  NodeAgent(Machine machine, List<GatewayAgent> gateways) {
    this.machine = machine;
    this.gateways = List.copyOf(gateways);
  }

  void restart() {
    view = null;
    armed.clear();
    gateways.forEach(GatewayAgent::restart);
  }

  /** One turn. */
  void round(long now, Outbox out) {
    out.later(Kind.ROUND, machine.index(), period());
    if (!machine.works()) {
      return;
    }
    Message.NodeAnswer known = view;
    roundAt = now;
    if (known == null) {
      ask(now, out);
      return;
    }
    for (Message.Assignment a : known.assignments()) {
      gateways.get(a.gateway()).round(now, out);
    }
    armed.clear();
    for (Message.Assignment a : known.assignments()) {
      arm(gateways.get(a.gateway()), a.fenceAfterMs(), now);
    }
    out.send(
        new Message.Told(
            machine.index(), new Report.NodeHeartbeat(machine.name(), machine.bootId()), -1, 0));
    out.later(Kind.ASK, machine.index(), 20);
  }

  private void arm(GatewayAgent agent, long fenceAfterMs, long now) {
    long clock = machine.clock(now);
    int generation = agent.lease().generation();
    if (agent.lease().mayRenew(generation, clock)) {
      long slack = fenceAfterMs / 10;
      long length = fenceAfterMs - slack;
      armed.add(new Armed(agent, generation, clock, length, slack, machine.until(now, length)));
    }
  }

  void ask(long now, Outbox out) {
    if (machine.works()) {
      out.send(new Message.NodeQuery(machine.index(), machine.process(), machine.clock(now)));
    }
  }

  void answered(Message.NodeAnswer answer, long now, Outbox out) {
    if (answer.process() != machine.process()) {
      return;
    }
    boolean first = view == null;
    view = answer;
    boolean counted = answer.bootId().equals(machine.bootId()) && answer.contactAgeMs() >= 0;
    if (counted) {
      long contact = answer.askedAt() - answer.contactAgeMs();
      for (Armed one : List.copyOf(armed)) {
        if (contact + one.slackMs() >= one.at()) {
          armed.remove(one);
          renew(one, now, out);
        }
      }
      name(answer, out);
    }
    if (first) {
      out.later(Kind.ROUND, machine.index(), -1);
    } else if (!(counted && armed.isEmpty()) && now - roundAt < TRY_FOR_MS) {
      out.later(Kind.ASK, machine.index(), 60);
    }
  }

  private void renew(Armed one, long now, Outbox out) {
    Lease lease = one.agent().lease();
    if (!lease.mayRenew(one.generation(), machine.clock(now))) {
      return;
    }
    boolean ran = lease.state(machine.clock(now)) == Lease.State.RUNNING;
    if (one.agent().kernel().renew(one.until())) {
      lease.renewed(one.at() + one.lengthMs());
    } else {
      lease.lapsed();
    }
    if (!ran) {
      out.later(Kind.WORK, one.agent().kernel().agent(), 2);
    }
  }

  /** Says what instances are called, until the service knows it. */
  private void name(Message.NodeAnswer answer, Outbox out) {
    for (Message.Assignment a : answer.assignments()) {
      GatewayAgent agent = gateways.get(a.gateway());
      String instance = agent.instance();
      if (a.current() && !instance.isEmpty() && !instance.equals(a.instance())) {
        out.send(
            new Message.Told(
                machine.index(),
                new Report.InstanceStarted(
                    agent.gateway(),
                    machine.name(),
                    machine.bootId(),
                    instance,
                    agent.kernel().markedAt()),
                -1,
                0));
      }
    }
  }

  /** Six tries within the shortest lease. */
  private long period() {
    long least = MOST_MS * 6;
    Message.NodeAnswer known = view;
    if (known != null) {
      for (Message.Assignment a : known.assignments()) {
        least = Math.min(least, a.fenceAfterMs());
      }
    }
    return Math.max(20, least / 6);
  }
}
