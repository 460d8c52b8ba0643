package io.holdfast.demo;

import io.holdfast.agent.linux.kernel.Netns;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Network namespaces: a switch, an outside host on it (10.1.0.1/16), and gateways on it with an
 * inside host (192.168.0.2) behind each. They have names of their own, and go when this is closed.
 */
final class RealWorld implements AutoCloseable {
  private static final List<String> PROGRAMS = List.of("ip", "nft", "nsenter");
  private static final int PORT = 80;

  /** Nobody listens there. */
  private static final int DISCARD_PORT = 9;

  private static final int ANSWER_LIMIT_MS = 10_000;

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
      try {
        close();
      } catch (RuntimeException left) {
        e.addSuppressed(left);
      }
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
    return connect(ip, PORT, 1_000).isEmpty();
  }

  /**
   * Who the outside host hears answer for an address, as its neighbour table has it.
   *
   * @throws IllegalStateException if the kernel has not made up its mind within 10 s
   */
  Neighbour answers(String ip, List<String> gateways) {
    Map<String, String> names = new HashMap<>();
    for (String gateway : gateways) {
      names.put(ip(gateway, "-br link show ext").split(" +", -1)[2], gateway);
    }
    ip("outside", "neigh flush dev ext");
    // The kernel lets a connection wait until it knows whose the address is, or that it is nobody's
    // (three questions, a second each). How the connection ends does not matter.
    String ended = connect(ip, DISCARD_PORT, ANSWER_LIMIT_MS);
    String line = ip("outside", "neigh show " + ip + " dev ext").strip();
    return Neighbour.read(line, names)
        .orElseThrow(() ->
            new IllegalStateException(
                "who answers for " + ip + " is not known: '" + line + "', connection " + ended));
  }

  /** Connects from the outside host; how that went, in words; empty: well. */
  private String connect(String ip, int port, int limitMs) {
    try {
      return netns("outside")
          .in(() -> {
            try (Socket socket = new Socket()) {
              socket.connect(new InetSocketAddress(ip, port), limitMs);
              return "";
            }
          });
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
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

  /**
   * Whatever fails, the rest goes.
   *
   * @throws IllegalStateException at the end, with what failed
   */
  @Override
  public void close() {
    List<Exception> failed = new ArrayList<>();
    for (ServerSocketChannel server : servers) {
      try {
        server.close();
      } catch (IOException e) {
        failed.add(e);
      }
    }
    servers.clear();
    for (String name : names.reversed()) {
      try {
        run("ip netns del " + id(name));
      } catch (RuntimeException e) {
        failed.add(e);
      }
    }
    names.clear();
    if (!failed.isEmpty()) {
      IllegalStateException all =
          new IllegalStateException("not all of the world could be taken away: " + failed);
      failed.forEach(all::addSuppressed);
      throw all;
    }
  }
}
