package io.holdfast.demo;

import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.agent.driver.Lease;
import io.holdfast.agent.linux.LinuxDrivers;
import io.holdfast.agent.linux.LinuxOptions;
import io.holdfast.agent.node.Kernel;
import io.holdfast.agent.node.NodeAgent;
import io.holdfast.agent.node.Site;
import io.holdfast.agent.service.ServiceClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The agent of a node, on a gateway of a {@link RealWorld}. */
final class RealNode implements AutoCloseable {
  private final Stage stage;
  private final RealWorld world;
  private final String node;
  private final Path run;
  private volatile boolean removes = true;
  private final AtomicInteger inVain = new AtomicInteger();

  @SuppressWarnings("NullAway.Init") // begun in the constructor
  private NodeAgent agent;

  @SuppressWarnings("NullAway.Init")
  private ServiceClient service;

  /**
   * Starts it.
   *
   * @param run a folder for its locks
   */
  RealNode(Stage stage, RealWorld world, String node, Path run) {
    this.stage = stage;
    this.world = world;
    this.node = node;
    this.run = run;
    start();
  }

  void start() {
    service = new ServiceClient(stage.url(), "agent-" + node);
    LinuxDrivers drivers =
        new LinuxDrivers(
            new LinuxOptions(
                world.id(node) + "-{gateway}",
                "ext",
                "int",
                LinuxOptions.DEFAULT_CONFLICT_WAIT,
                null));
    Site site =
        new Site(
            node,
            Kernel.bootId(),
            Kernel::uptimeMillis,
            service,
            (network, gateway) -> new Stubborn(drivers.open(network, gateway)),
            Duration.ofSeconds(1));
    try {
      agent = NodeAgent.start(site, List.of(stage.network()), run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stage.await(
        node + " is up",
        view -> {
          var known = view.state().nodes().get(node);
          return known != null && known.up();
        });
  }

  /** From now on taking an address down "succeeds" and does nothing. */
  void breakRemovals() {
    removes = false;
  }

  void mendRemovals() {
    removes = true;
  }

  /** How many removals "succeeded" so: each is tried only after a look. */
  int removalsInVain() {
    return inVain.get();
  }

  /** Stops the agent; what is on the gateway stays. */
  @Override
  public void close() {
    agent.close();
    service.close();
  }

  /** The Linux driver, unless removals are broken. */
  private final class Stubborn implements Driver {
    private final Driver real;

    Stubborn(Driver real) {
      this.real = real;
    }

    @Override
    public void apply(Change change) throws DriverException {
      boolean works = removes;
      if (!works && !change.removeAddresses().isEmpty()) {
        inVain.incrementAndGet();
      }
      real.apply(
          works
              ? change
              : new Change(
                  change.epoch(),
                  change.removeRules(),
                  List.of(),
                  change.addAddresses(),
                  change.addRules()));
    }

    @Override
    public String instance() throws DriverException {
      return real.instance();
    }

    @Override
    public void begin(String instance) throws DriverException {
      real.begin(instance);
    }

    @Override
    public Inventory look() throws DriverException {
      return real.look();
    }

    @Override
    public Inventory look(Set<Item> items) throws DriverException {
      return real.look(items);
    }

    @Override
    public Lease arm(Duration length) throws DriverException {
      return real.arm(length);
    }

    @Override
    public void renew(Lease armed) throws DriverException {
      real.renew(armed);
    }

    @Override
    public void clear() throws DriverException {
      real.clear();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
