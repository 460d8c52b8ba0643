package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.agent.driver.Lease;
import io.holdfast.agent.linux.kernel.Link;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.agent.linux.kernel.Netns;
import io.holdfast.domain.net.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** A gateway in a network namespace of this machine. */
public final class LinuxDriver implements Driver {
  private final LinuxGateway gateway;
  private final NetlinkSocket route;
  private final NetlinkSocket netfilter;
  private final Leases leases;
  private final Nft nft;
  private final Addresses addresses;
  private final Elements elements;
  private final Severing severing;
  private final Applier applier;
  private final Announcer announcer;

  private LinuxDriver(LinuxGateway gateway, Netns namespace, Sockets sockets) throws IOException {
    this.gateway = gateway;
    this.route = sockets.route();
    this.netfilter = sockets.netfilter();
    this.leases = sockets.leases();
    this.nft = new Nft(gateway.namespace());
    this.addresses = new Addresses(route);
    this.elements = new Elements(netfilter, gateway.table());
    this.severing = new Severing(gateway.table(), elements, new Conntrack(netfilter));
    this.announcer = new Announcer(namespace, gateway.external(), link());
    this.applier =
        new Applier(
            gateway,
            namespace,
            nft,
            addresses,
            elements,
            new Looker(addresses, elements),
            severing,
            announcer);
  }

  /** What is open in the namespace. */
  private record Sockets(NetlinkSocket route, NetlinkSocket netfilter, Leases leases) {}

  /** Opens it and changes nothing there. */
  public static LinuxDriver open(LinuxGateway gateway) throws DriverException {
    Netns namespace = new Netns(gateway.namespace());
    return kernel(
        "open gateway in " + gateway.namespace(),
        () -> {
          List<AutoCloseable> opened = new ArrayList<>();
          try {
            NetlinkSocket route = namespace.in(() -> NetlinkSocket.open(NetlinkSocket.ROUTE));
            opened.add(route);
            NetlinkSocket netfilter =
                namespace.in(() -> NetlinkSocket.open(NetlinkSocket.NETFILTER));
            opened.add(netfilter);
            Leases leases = Leases.open(namespace, gateway);
            opened.add(leases);
            return new LinuxDriver(gateway, namespace, new Sockets(route, netfilter, leases));
          } catch (IOException | RuntimeException e) {
            for (AutoCloseable socket : opened) {
              try {
                socket.close();
              } catch (Exception suppressed) {
                e.addSuppressed(suppressed);
              }
            }
            throw e;
          }
        });
  }

  private Link link() throws IOException {
    return Link.find(route, gateway.external());
  }

  @Override
  public String instance() throws DriverException {
    return kernel("look for the mark", () -> Mark.read(netfilter, gateway));
  }

  @Override
  public void begin(String instance) throws DriverException {
    Mark.check(instance);
    kernel(
        "prepare the namespace",
        () -> {
          new Netns(gateway.namespace()).in(() -> Sysctls.apply(gateway));
          addresses.anchor(link().index());
          return true;
        });
    clear();
    nft.run("create the tables", Skeleton.create(gateway, instance));
  }

  @Override
  public Inventory look() throws DriverException {
    return kernel("look at the gateway", () -> applier.look(link()));
  }

  @Override
  public Inventory look(Set<Item> items) throws DriverException {
    return kernel("look at " + items.size() + " items", () -> applier.look(link(), items));
  }

  @Override
  public void apply(Change change) throws DriverException {
    List<String> refused = kernel("apply a change", () -> applier.apply(link(), change));
    if (!refused.isEmpty()) {
      String rest = refused.size() > 5 ? "; and " + (refused.size() - 5) + " more" : "";
      throw new DriverException(
          "apply a change of " + change.size(),
          String.join("; ", refused.subList(0, Math.min(5, refused.size()))) + rest);
    }
  }

  @Override
  public Lease arm(Duration length) throws DriverException {
    return kernel("arm a lease", () -> leases.arm(length));
  }

  @Override
  public void renew(Lease lease) throws DriverException {
    if (kernel("renew the lease", () -> leases.renew(lease))) {
      announcer.announceAll(); // what was announced before was dropped by the closed gate
    }
  }

  @Override
  public void clear() throws DriverException {
    kernel(
        "clear the gateway",
        () -> {
          leases.end();
          int link = link().index();
          List<Inventory.Address> there = addresses.all(link);
          Set<IpAddress> gone = elements.gated(); // of an attempt that was cut short, too
          gone.addAll(ours(there));
          List<Addresses.Entry> entries =
              there.stream()
                  .filter(Inventory.Address::ours)
                  .map(a -> new Addresses.Entry(a.ip(), a.prefixLength()))
                  .toList();
          List<Addresses.Refused> refused =
              announcer.withdraw(gone, () -> addresses.remove(link, entries));
          List<IpAddress> left = ours(addresses.all(link));
          if (!left.isEmpty()) {
            throw new DriverException(
                "clear the gateway", left.size() + " addresses are left: " + refused);
          }
          nft.run("remove the rules", Skeleton.removeRules(gateway.table()));
          severing.end(gone);
          nft.run("remove the gate", Skeleton.removeGate(gateway.table()));
          return true;
        });
  }

  private static List<IpAddress> ours(List<Inventory.Address> all) {
    return all.stream().filter(Inventory.Address::ours).map(Inventory.Address::ip).toList();
  }

  @Override
  public <T> T inside(Callable<T> task) throws Exception {
    return new Netns(gateway.namespace()).call(task);
  }

  @Override
  public void close() {
    announcer.close();
    leases.close();
    route.close();
    netfilter.close();
  }

  /** Something that asks the kernel. */
  interface KernelCall<T> {
    T call() throws IOException, DriverException;
  }

  private static <T> T kernel(String what, KernelCall<T> call) throws DriverException {
    try {
      return call.call();
    } catch (IOException e) {
      throw new DriverException(what, String.valueOf(e.getMessage()), e);
    }
  }
}
