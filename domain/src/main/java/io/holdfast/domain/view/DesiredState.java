package io.holdfast.domain.view;

import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway's instance on one node is to hold. What is not listed under addresses and rules is
 * not to be there.
 *
 * @param instance what the gateway's current instance called itself at its start; empty if it has
 *     not yet, or if this is not for the current one. An agent programs nothing before it finds its
 *     own name here
 * @param epoch of the instance that this is for: the agent's observation must carry it. 0: there is
 *     no instance on that node
 * @param revision of the gateway: the observation's {@code appliedRevision} once this was applied
 * @param held why nothing is given; empty if everything due is
 * @param waiting addresses held back, with their rules, until another gateway is surely without
 *     them
 * @param withdraw exact removals, of what the instance may carry
 * @param fenceAfterMs without contact for this long the agent takes everything down, milliseconds
 */
public record DesiredState(
    String gateway,
    String node,
    String instance,
    long epoch,
    long revision,
    String held,
    List<DesiredAddress> addresses,
    List<DesiredRule> rules,
    List<Waiting> waiting,
    List<Withdrawal> withdraw,
    long fenceAfterMs) {

  public DesiredState {
    addresses = List.copyOf(addresses);
    rules = List.copyOf(rules);
    waiting = List.copyOf(waiting);
    withdraw = List.copyOf(withdraw);
  }

  /** An address to be on the gateway's interface. */
  public record DesiredAddress(IpAddress ip, int prefixLength, long tenure, long revision) {}

  /** A rule to be in the gateway's kernel. */
  public record DesiredRule(IpAddress ip, long tenure, RuleSpec spec, long revision) {}

  /** An address that is wanted here and may still be on another gateway. */
  public record Waiting(IpAddress ip, int prefixLength, long tenure, String reason) {}

  /** Changes whenever what is to be there changes; the text of the HTTP entity tag. */
  public record Version(long epoch, long revision) {
    @Override
    public String toString() {
      return epoch + "-" + revision;
    }
  }

  public Version version() {
    return new Version(epoch, revision);
  }

  /** The version alone, at the cost of one read; null if there is no such gateway. */
  public static @Nullable Version version(State state, String gateway, String node) {
    Gateway found = state.gateways().get(gateway);
    return found == null ? null : new Version(epoch(found, node), found.revision());
  }

  /** Null if there is no such gateway. */
  public static @Nullable DesiredState of(State state, String gateway, String node) {
    Gateway found = state.gateways().get(gateway);
    return found == null ? null : new DesiredItems(state, gateway, found, node).collect();
  }

  /** The same, with the items of these addresses alone. Null if there is no such gateway. */
  static @Nullable DesiredState of(
      State state, String gateway, String node, Set<IpAddress> addresses) {
    Gateway found = state.gateways().get(gateway);
    return found == null ? null : new DesiredItems(state, gateway, found, node).collect(addresses);
  }

  /**
   * The epoch of the instance on that node: of the current one, else of its last one that is not
   * fenced, else 0. Earlier ones on the same node had the same kernel, so the last one speaks for
   * all.
   */
  static long epoch(Gateway gateway, String node) {
    if (gateway.isOn(node)) {
      return gateway.epoch();
    }
    long last = 0;
    for (GatewayInstance instance : gateway.unfenced()) {
      if (instance.node().equals(node)) {
        last = Math.max(last, instance.epoch());
      }
    }
    return last;
  }
}
