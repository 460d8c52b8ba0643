package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.Netns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small world in namespaces: a switch with an outside host (10.1.0.1/16, 2001:db8:1::1/64) and
 * gateways on it, and behind each gateway an inside host (192.168.0.2, .3, fd00::2).
 */
public final class TestNet implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String prefix =
      "hft" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();
  private final List<String> names = new ArrayList<>();
  public final Netns outside;

  public TestNet() {
    add("net");
    ip("net", "link add switch type bridge mcast_snooping 0");
    ip("net", "link set switch up");
    outside = host("out", "10.1.0.1/16", "2001:db8:1::1/64");
  }

  /** Another host on the external network. */
  public Netns host(String name, String... addresses) {
    add(name);
    plug(name, "ext");
    for (String address : addresses) {
      ip(name, "addr add " + address + " dev ext" + (address.contains(":") ? " nodad" : ""));
    }
    return netns(name);
  }

  /** A namespace with {@code ext} and {@code int}, and an inside host behind it. */
  public LinuxGateway gateway(String name) {
    return gateway(name, Duration.ofMillis(50));
  }

  public LinuxGateway gateway(String name, Duration conflictWait) {
    String inside = name + "-in";
    add(name);
    add(inside);
    plug(name, "ext");
    Shell.run("ip -n " + id(inside) + " link add int type veth peer name int netns " + id(name));
    for (String side : List.of(name, inside)) {
      ip(side, "link set int up");
    }
    ip(name, "addr add 192.168.0.1/16 dev int");
    ip(name, "addr add fd00::1/64 dev int nodad");
    for (String address : List.of("192.168.0.2/16", "192.168.0.3/16", "192.168.7.2/16")) {
      ip(inside, "addr add " + address + " dev int");
    }
    ip(inside, "addr add fd00::2/64 dev int nodad");
    ip(inside, "route add default via 192.168.0.1");
    ip(inside, "-6 route add default via fd00::1");
    return new LinuxGateway(
        path(name), "ext", "int", LinuxGateway.table("net", name), conflictWait);
  }

  public Netns netns(String name) {
    return new Netns(path(name));
  }

  private Path path(String name) {
    return Path.of("/run/netns", id(name));
  }

  private String id(String name) {
    return prefix + "-" + name;
  }

  private void add(String name) {
    Shell.run("ip netns add " + id(name));
    names.add(name);
    ip(name, "link set lo up");
    // The kernel's own address must not be on its way when a test begins.
    try {
      netns(name)
          .in(() -> Files.writeString(Path.of("/proc/sys/net/ipv6/conf/default/accept_dad"), "0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void plug(String name, String link) {
    Shell.run(
        "ip -n "
            + id("net")
            + " link add "
            + name
            + " type veth peer name "
            + link
            + " netns "
            + id(name));
    ip("net", "link set " + name + " master switch up");
    ip(name, "link set " + link + " up");
  }

  /** The namespace's name. */
  public String name(String name) {
    return id(name);
  }

  /** {@code ip} in that namespace. */
  public String ip(String name, String arguments) {
    return Shell.run("ip -n " + id(name) + " " + arguments);
  }

  /** Any program in that namespace. */
  public Shell.Result in(String name, String command) {
    return Shell.tryRun("nsenter --net=" + path(name) + " " + command);
  }

  /** The command that runs a program there. */
  public List<String> command(String name, List<String> command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--net=" + path(name)));
    all.addAll(command);
    return all;
  }

  /** Whether somebody answers an ARP request of the outside host within a second. */
  public boolean answersArp(String address) {
    return in("out", "arping -q -c 1 -w 1 -I ext " + address).code() == 0;
  }

  /** Whether somebody answers a neighbour solicitation of the outside host. */
  public boolean answersSolicitation(String address) throws IOException {
    ip("out", "-6 neigh flush dev ext");
    try (DatagramChannel channel = outside.in(DatagramChannel::open)) {
      channel.send(ByteBuffer.wrap(new byte[1]), new InetSocketAddress(address, 9));
      while (true) {
        String neighbour = ip("out", "-6 neigh show " + address + " dev ext");
        if (neighbour.contains("lladdr") || neighbour.contains("FAILED")) {
          return neighbour.contains("lladdr");
        }
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() {
    for (String name : names.reversed()) {
      Shell.tryRun("ip netns del " + id(name));
    }
  }
}
