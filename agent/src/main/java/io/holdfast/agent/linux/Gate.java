package io.holdfast.agent.linux;

import io.holdfast.agent.driver.LeaseLapsedException;
import io.holdfast.agent.linux.kernel.KernelException;
import io.holdfast.agent.linux.kernel.Message;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the gateway answers for its addresses at all. The kernel itself closes it when a lease
 * has run out, whatever the agent does by then: without a lease in use, chains at the interfaces
 * drop all frames to and from the addresses.
 *
 * <p>There are two places for leases, a and b. {@code lease_x} has elements with a timeout as long
 * as the lease runs; {@code use_x} has elements without one in the place in use. Renewing changes
 * the place; it deletes the present lease, which fails if that has run out, and then all of it.
 */
final class Gate {
  private static final int ENOENT = 2;

  /** A place for a lease. */
  enum Place {
    A("lease_a", "use_a"),
    B("lease_b", "use_b");

    final String lease;
    final String use;

    Place(String lease, String use) {
      this.lease = lease;
      this.use = use;
    }

    Place other() {
      return this == A ? B : A;
    }
  }

  private final NetlinkSocket netfilter;
  private final String table;
  private final List<byte[]> keys;

  Gate(NetlinkSocket netfilter, LinuxGateway gateway) {
    this.netfilter = netfilter;
    this.table = gateway.table();
    this.keys = List.of(key(gateway.external()), key(gateway.internal()));
  }

  /** As the kernel has the names of interfaces: 16 bytes, filled with zeros. */
  static byte[] key(String name) {
    return Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 16);
  }

  /** Starts a lease in the place that is not in use, and says which that is. */
  Place arm(Duration length) throws IOException {
    Place place = inUse(Place.A) ? Place.B : Place.A;
    NftSet lease = set(place.lease);
    expect("arm a lease", transact(List.of(lease.deleteAll(), lease.add(keys, length))));
    return place;
  }

  /**
   * Uses the lease in that place from now on.
   *
   * @return whether it is the first
   */
  boolean renew(Place place) throws IOException, LeaseLapsedException {
    if (!has(place.lease)) {
      throw new LeaseLapsedException("renew the lease", "the armed lease has run out");
    }
    Place before = place.other();
    boolean first = !inUse(before);
    List<Message> messages = new ArrayList<>();
    if (!first) {
      messages.add(set(before.lease).delete(keys));
      messages.add(set(before.use).deleteAll());
    }
    messages.add(set(place.use).add(keys, Duration.ZERO));
    NetlinkSocket.Answer answer = transact(messages);
    if (answer.errno() == ENOENT) {
      throw new LeaseLapsedException("renew the lease", "the present lease has run out");
    }
    expect("renew the lease", answer);
    if (!has(place.lease)) {
      throw new LeaseLapsedException("renew the lease", "the armed lease ran out meanwhile");
    }
    return first;
  }

  /** Closes it at once; that there is none is no error. */
  void close() throws IOException {
    NetlinkSocket.Answer answer =
        transact(List.of(set(Place.A.use).deleteAll(), set(Place.B.use).deleteAll()));
    if (answer.errno() != ENOENT) {
      expect("close the gate", answer);
    }
  }

  private boolean inUse(Place place) throws IOException {
    return has(place.use);
  }

  /** Elements whose time is over are not there. */
  private boolean has(String name) throws IOException {
    NetlinkSocket.Answer answer =
        netfilter.get(set(name).ask(0, List.of(keys.getFirst())), _ -> {});
    if (answer.errno() != ENOENT) {
      expect("look at " + name, answer);
    }
    return answer.errno() == 0;
  }

  private NftSet set(String name) {
    return new NftSet(NftSet.NETDEV, table, name);
  }

  private NetlinkSocket.Answer transact(List<Message> messages) throws IOException {
    return netfilter.transaction(NftSet.framed(messages));
  }

  private static void expect(String what, NetlinkSocket.Answer answer) throws KernelException {
    if (answer.errno() != 0) {
      throw new KernelException(what, answer.errno(), answer.said());
    }
  }
}
