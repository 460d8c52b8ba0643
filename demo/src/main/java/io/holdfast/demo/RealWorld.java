package io.holdfast.demo;

import io.holdfast.agent.linux.kernel.Netns;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Network namespaces: a switch, an outside host on it (10.1.0.1/16), and gateways on it with an
 * inside host (192.168.0.2) behind each. They have names of their own, and go when this is closed.
 */
final class RealWorld implements AutoCloseable {
  private static final List<String> PROGRAMS = List.of("ip", "nft", "nsenter");
  private static final int PORT = 80;

  private final String prefix = "hfdemo" + ProcessHandle.current().pid();
  private final List<String> names = new ArrayList<>();
  private final List<ServerSocketChannel> servers = new ArrayList<>();

  RealWorld(String... gateways) {
    try {
      add("switch");
      run("ip -n " + id("switch") + " link add switch type bridge mcast_snooping 0");
      run("ip -n " + id("switch") + " link set switch up");
      add("outside");
      plug("outside");
      run("ip -n " + id("outside") + " addr add 10.1.0.1/16 dev ext");
      for (String gateway : gateways) {
        gateway(gateway);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What is missing for such a world, in words; empty: nothing. */
  static String missing() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "it needs root: network namespaces are made";
    }
    List<String> folders = List.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1));
    List<String> missing =
        PROGRAMS.stream()
            .filter(p -> folders.stream().noneMatch(f -> new File(f, p).canExecute()))
            .toList();
    return missing.isEmpty()
        ? ""
        : "there is no program "
            + String.join(", ", missing)
            + " (Debian: apt-get install iproute2 nftables util-linux)";
  }

  /** As it was looked for. */
  private static String program(String name) {
    for (String folder : List.of("/usr/sbin", "/sbin")) {
      if (new File(folder, name).canExecute()) {
        return folder + "/" + name;
      }
    }
    return name;
  }

  private void gateway(String name) {
    String inside = name + "-in";
    add(name);
    add(inside);
    plug(name);
    run("ip -n " + id(inside) + " link add int type veth peer name int netns " + id(name));
    run("ip -n " + id(name) + " link set int up");
    run("ip -n " + id(inside) + " link set int up");
    run("ip -n " + id(name) + " addr add 192.168.0.1/16 dev int");
    run("ip -n " + id(name) + " route add 10.1.0.0/16 dev ext");
    run("ip -n " + id(inside) + " addr add 192.168.0.2/16 dev int");
    run("ip -n " + id(inside) + " route add default via 192.168.0.1");
    try {
      ServerSocketChannel server =
          netns(inside)
              .in(() -> ServerSocketChannel.open().bind(new InetSocketAddress("0.0.0.0", PORT)));
      servers.add(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String name) {
    run("ip netns add " + id(name));
    names.add(name);
    run("ip -n " + id(name) + " link set lo up");
  }

  private void plug(String name) {
    run(
        "ip -n "
            + id("switch")
            + " link add "
            + name
            + " type veth peer name ext netns "
            + id(name));
    run("ip -n " + id("switch") + " link set " + name + " master switch up");
    run("ip -n " + id(name) + " link set ext up");
  }

  String id(String name) {
    return prefix + "-" + name;
  }

  private Netns netns(String name) {
    return new Netns(Path.of("/run/netns", id(name)));
  }

  /** What {@code ip} says of the external interface's addresses, a line each. */
  List<String> addresses(String gateway) {
    return run("ip -n " + id(gateway) + " -4 addr show dev ext")
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("inet ") && !line.contains("192.0.0.8"))
        .toList();
  }

  boolean has(String gateway, String ip) {
    return addresses(gateway).stream().anyMatch(line -> line.startsWith("inet " + ip + "/"));
  }

  /** What {@code nft} says of its FIPs. */
  List<String> fips(String gateway, String network) {
    return map(gateway, network, "fip_in4");
  }

  /** The elements of one of its maps, as {@code nft} says them; none if there is no such map. */
  List<String> map(String gateway, String network, String map) {
    String name = gateway.substring(gateway.lastIndexOf('-') + 1);
    return nft(gateway, "list ruleset")
        .lines()
        .dropWhile(line -> !line.equals("table inet holdfast/" + network + "/" + name + " {"))
        .dropWhile(line -> !line.strip().equals("map " + map + " {"))
        .takeWhile(line -> !line.equals("\t}"))
        .flatMap(line -> List.of(line.split(",", -1)).stream())
        .filter(part -> part.contains("comment"))
        .map(part -> part.replaceAll("elements = \\{|[{}]", "").strip())
        .toList();
  }

  String nft(String gateway, String command) {
    return run("nsenter --net=/run/netns/" + id(gateway) + " " + program("nft") + " " + command);
  }

  /** {@code ip} in a gateway. */
  String ip(String gateway, String command) {
    return run("ip -n " + id(gateway) + " " + command);
  }

  /** Whether a connection from the outside host gets through. */
  boolean reaches(String ip) {
    try {
      netns("outside")
          .in(() -> {
            try (java.net.Socket socket = new java.net.Socket()) {
              socket.connect(new InetSocketAddress(ip, PORT), 1_000);
              return true;
            }
          });
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Which gateway the outside host hears answer for an address, as its neighbour table has it. */
  String answers(String ip, List<String> gateways) {
    ip("outside", "neigh flush dev ext");
    try (DatagramChannel channel = netns("outside").in(DatagramChannel::open)) {
      channel.send(java.nio.ByteBuffer.wrap(new byte[1]), new InetSocketAddress(ip, 9));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long end = System.nanoTime() + 4_000_000_000L;
    while (System.nanoTime() < end) {
      String said = ip("outside", "neigh show " + ip + " dev ext").strip();
      for (String gateway : gateways) {
        if (said.contains(ip(gateway, "-br link show ext").split(" +", -1)[2])) {
          return gateway;
        }
      }
      if (said.contains("FAILED")) {
        return "nobody";
      }
    }
    return "nobody";
  }

  private static String run(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.set(0, program(words.getFirst()));
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + said.strip());
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command + " was interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      for (ServerSocketChannel server : servers) {
        server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      names.reversed().forEach(name -> run("ip netns del " + id(name)));
      names.clear();
    }
  }
}
