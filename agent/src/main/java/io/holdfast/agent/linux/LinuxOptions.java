package io.holdfast.agent.linux;

import io.holdfast.domain.net.IpAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How gateways are laid out on this node; the same for all of them.
 *
 * @param namespace name of a gateway's network namespace; {@code {network}} and {@code {gateway}}
 *     stand for its names. One that begins with '/' is a file, for instance {@code
 *     /proc/self/ns/net} for the agent's own
 * @param external interface that carries the addresses
 * @param internal interface towards the hosts inside
 * @param conflictWait see {@link LinuxGateway}
 * @param creation how a namespace is made that is not there; null: it has to be there
 */
public record LinuxOptions(
    String namespace,
    String external,
    String internal,
    Duration conflictWait,
    @Nullable Creation creation) {
  /** Answers on one Ethernet come within a millisecond or two. */
  public static final Duration DEFAULT_CONFLICT_WAIT = Duration.ofMillis(20);

  /**
   * Interfaces are made as macvlan of these parents.
   *
   * @param externalParent the node's interface on the external network
   * @param internalParent the node's interface on the internal network
   * @param internalAddresses what hosts inside route through, each as {@code 192.168.0.1/16}
   * @param routers next hops of the default routes on the external network
   */
  public record Creation(
      String externalParent,
      String internalParent,
      List<String> internalAddresses,
      List<IpAddress> routers) {
    public Creation {
      internalAddresses = List.copyOf(internalAddresses);
      routers = List.copyOf(routers);
    }
  }

  LinuxGateway gateway(String network, String gateway) {
    String name = namespace.replace("{network}", network).replace("{gateway}", gateway);
    Path file = name.startsWith("/") ? Path.of(name) : Path.of("/run/netns", name);
    return new LinuxGateway(
        file, external, internal, LinuxGateway.table(network, gateway), conflictWait);
  }
}
