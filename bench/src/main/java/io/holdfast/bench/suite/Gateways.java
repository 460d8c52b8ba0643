package io.holdfast.bench.suite;

import io.holdfast.bench.load.Reports;
import io.holdfast.bench.load.Script;
import io.holdfast.bench.load.Wishes;
import io.holdfast.bench.stack.Stack;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.CarriedKey;
import java.util.ArrayList;
import java.util.List;

/** Gateways without kernels: reports say what an agent would. */
final class Gateways {
  private static final String RANGE = "10.0.0.0/8";
  private static final long FENCE_AFTER_MS = 60_000;

  private Gateways() {}

  /** A new network with a pool, on which these nodes are up. */
  static Script start(Stack stack, String what, String... nodes) {
    Script script = new Script(stack.standalone().codec(), stack.network(what));
    script.play(Wishes.pool(RANGE));
    Reports.nodesUp(stack.standalone(), script, nodes);
    return script;
  }

  /** A gateway with so many addresses. */
  static void define(Script script, String gateway, List<String> nodes, int addresses) {
    script.play(new Command.DefineGateway(gateway, nodes, Failover.TAKEOVER, FENCE_AFTER_MS, 3, 0));
    Wishes.fill(script, RANGE, addresses, gateway);
  }

  static Gateway of(Script script, String gateway) {
    Gateway found = script.state().gateways().get(gateway);
    if (found == null) {
      throw new IllegalStateException("there is no gateway " + gateway);
    }
    return found;
  }

  /** The first of those that it is to carry. */
  static List<IpAddress> addresses(Script script, String gateway, int count) {
    List<IpAddress> found = new ArrayList<>(count);
    script
        .state()
        .carried()
        .scan(
            CarriedKey.first(gateway, true),
            CarriedKey.last(gateway, true),
            (key, mark) -> {
              found.add(key.ip());
              return found.size() < count;
            });
    return found;
  }
}
