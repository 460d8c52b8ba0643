package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Lease;
import io.holdfast.agent.driver.LeaseLapsedException;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.agent.linux.kernel.Netns;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The leases of a gateway. Has a socket of its own, so that it waits for nothing else that the
 * driver does.
 */
final class Leases implements AutoCloseable {
  private record Armed(Lease lease, Gate.Place place) {}

  private final NetlinkSocket netfilter;
  private final Gate gate;
  private @Nullable Armed armed;
  private long count;

  private Leases(NetlinkSocket netfilter, LinuxGateway gateway) {
    this.netfilter = netfilter;
    this.gate = new Gate(netfilter, gateway);
  }

  static Leases open(Netns namespace, LinuxGateway gateway) throws IOException {
    return new Leases(namespace.in(() -> NetlinkSocket.open(NetlinkSocket.NETFILTER)), gateway);
  }

  synchronized Lease arm(Duration length) throws IOException {
    armed = null;
    Gate.Place place = gate.arm(length);
    Lease lease = new Lease(++count, length);
    armed = new Armed(lease, place);
    return lease;
  }

  /** Returns whether it is the first lease of the instance. */
  synchronized boolean renew(Lease lease) throws IOException, LeaseLapsedException {
    Armed waiting = armed;
    if (waiting == null || !waiting.lease().equals(lease)) {
      throw new LeaseLapsedException("renew the lease", "it is not the one that was armed last");
    }
    armed = null;
    return gate.renew(waiting.place());
  }

  /** There is no lease any more, neither in use nor armed. */
  synchronized void end() throws IOException {
    armed = null;
    gate.close();
  }

  @Override
  public void close() {
    netfilter.close();
  }
}
