package io.holdfast.simulator.service;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import io.holdfast.domain.view.DesiredPart;
import io.holdfast.domain.view.DesiredState;
import io.holdfast.simulator.net.Message;
import io.holdfast.simulator.net.Outbox;
import io.holdfast.simulator.setup.Setup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is answered out of the state, at once or when it changes. */
final class Queries {
  /** More events than this are not looked through for a part. */
  private static final int MOST_EVENTS = 200;

  private final Setup setup;
  private final Message.@Nullable DesiredQuery[] waiting;

  Queries(Setup setup) {
    this.setup = setup;
    this.waiting = new Message.DesiredQuery[setup.gateways().size() * setup.nodes().size()];
  }

  Message.NodeAnswer node(State state, Message.NodeQuery query, long time) {
    String name = setup.nodes().get(query.node());
    Node node = state.nodes().get(name);
    Long heard = state.lastSeen().get(name);
    List<Message.Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < setup.gateways().size(); i++) {
      Gateway gateway = state.gateways().get(setup.gateways().get(i).name());
      if (gateway != null) {
        assignments.add(
            new Message.Assignment(
                i, gateway.isOn(name), gateway.instance(), gateway.spec().fenceAfterMs()));
      }
    }
    return new Message.NodeAnswer(
        query.node(),
        query.process(),
        query.askedAt(),
        node == null ? "" : node.bootId(),
        heard == null ? -1 : Math.max(0, time - heard),
        assignments);
  }

  void desired(State state, List<Recorded> log, Message.DesiredQuery query, Outbox out) {
    waiting[query.agent()] = null;
    if (isNews(state, query)) {
      answer(state, log, query, out);
    } else {
      waiting[query.agent()] = query;
    }
  }

  /** Answers those who waited for what has changed. */
  void wake(State state, List<Recorded> log, Outbox out) {
    for (int agent = 0; agent < waiting.length; agent++) {
      Message.DesiredQuery query = waiting[agent];
      if (query != null && isNews(state, query)) {
        waiting[agent] = null;
        answer(state, log, query, out);
      }
    }
  }

  /** Connections are gone. */
  void drop() {
    Arrays.fill(waiting, null);
  }

  private boolean isNews(State state, Message.DesiredQuery query) {
    DesiredState.Version now =
        DesiredState.version(state, gateway(query), setup.nodes().get(query.node()));
    return now != null && !now.equals(query.version());
  }

  private String gateway(Message.DesiredQuery query) {
    return setup.gateways().get(query.agent() / setup.nodes().size()).name();
  }

  private void answer(State state, List<Recorded> log, Message.DesiredQuery query, Outbox out) {
    String node = setup.nodes().get(query.node());
    Optional<Set<IpAddress>> touched = touched(log, query);
    DesiredPart part =
        touched.isEmpty() ? null : DesiredPart.of(state, gateway(query), node, touched.get());
    DesiredState whole = part == null ? DesiredState.of(state, gateway(query), node) : null;
    out.send(
        new Message.DesiredAnswer(
            query.node(), query.agent(), query.poll(), whole, part, query.since(), log.size()));
  }

  private static Optional<Set<IpAddress>> touched(List<Recorded> log, Message.DesiredQuery query) {
    if (query.version() == null || log.size() - query.since() > MOST_EVENTS) {
      return Optional.empty();
    }
    List<Event> events = new ArrayList<>();
    for (Recorded recorded : log.subList((int) query.since(), log.size())) {
      events.add(recorded.event());
    }
    return DesiredPart.touched(events);
  }
}
