package io.holdfast.agent.node;

import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.probe.Probed;
import io.holdfast.agent.service.ServiceException;
import io.holdfast.domain.view.DesiredState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent of one node: one keeper per network. Runs until it is closed. */
public final class NodeAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
  private static final Duration DISCOVER = Duration.ofSeconds(10);

  private final Site site;
  private final RunLock lock;
  private final Map<String, NetworkKeeper> keepers = new ConcurrentHashMap<>();
  private final Thread discovery;
  private volatile boolean stopping;

  private NodeAgent(Site site, RunLock lock, List<String> networks) {
    this.site = site;
    this.lock = lock;
    for (String network : networks) {
      keepers.put(network, new NetworkKeeper(site, network, true));
    }
    this.discovery = Thread.ofVirtual().name("networks").unstarted(this::discover);
    if (networks.isEmpty()) {
      discovery.start();
    }
  }

  /**
   * Starts it.
   *
   * @param networks where the node is made known; empty: every network with a gateway that concerns
   *     it
   * @param runFolder for the lock that keeps a second agent of the node away
   * @throws IOException if an agent of this node runs already
   */
  public static NodeAgent start(Site site, List<String> networks, Path runFolder)
      throws IOException {
    RunLock lock = RunLock.take(runFolder, site.node());
    LOG.info("agent of node {}, boot {}", site.node(), site.bootId());
    return new NodeAgent(site, lock, networks);
  }

  private void discover() {
    BackOff faults = new BackOff(100, 3_000);
    try {
      while (!stopping) {
        try {
          for (String network : site.service().networks()) {
            keepers.computeIfAbsent(network, n -> new NetworkKeeper(site, n, false));
          }
          faults.reset();
          Thread.sleep(DISCOVER);
        } catch (ServiceException e) {
          LOG.warn("{}", e.getMessage());
          Thread.sleep(faults.nextMs());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("stopped");
    }
  }

  /** What is to be probed: gateways that carry something for the present instance. */
  public List<Probed> probed() {
    List<Probed> all = new ArrayList<>();
    keepers.forEach((network, keeper) -> {
      for (GatewayWorker worker : keeper.workers()) {
        DesiredState desired = worker.desired();
        Driver driver = worker.driver();
        if (driver != null
            && desired != null
            && !desired.addresses().isEmpty()
            && GatewayWorker.mayAct(desired, worker.instance())
            && worker.lease().runs(site.now())) {
          all.add(new Probed(network, desired, driver));
        }
      }
    });
    return all;
  }

  /** Stops working. What is on the gateways stays until their leases run out. */
  @Override
  public void close() {
    stopping = true;
    discovery.interrupt();
    keepers.values().forEach(NetworkKeeper::close);
    lock.close();
  }
}
