package io.holdfast.agent.node;

import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Lease;
import io.holdfast.agent.driver.LeaseLapsedException;
import io.holdfast.agent.service.NodeView;
import io.holdfast.agent.service.NodeView.Assignment;
import io.holdfast.agent.service.ServiceClient;
import io.holdfast.agent.service.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node known in one network, and the leases of its gateways there: arm, heartbeat, see that
 * the service has counted it, renew. Finds the gateways that concern the node.
 */
final class NetworkKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkKeeper.class);

  /** Heartbeats are this often at least, milliseconds: the service calls a silent node lost. */
  private static final long MOST_MS = 3_000;

  private static final long LEAST_MS = 20;
  private static final Duration ASK = Duration.ofSeconds(2);

  private final Site site;
  private final String network;
  private final boolean always;
  private final Map<String, GatewayWorker> workers = new ConcurrentHashMap<>();
  private final Signal signal = new Signal();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread thread;
  private volatile boolean stopping;
  private @Nullable NodeView view;
  private List<String> waitsFor = List.of();

  /**
   * @param always make the node known even if no gateway concerns it
   */
  NetworkKeeper(Site site, String network, boolean always) {
    this.site = site;
    this.network = network;
    this.always = always;
    this.thread = Thread.ofPlatform().daemon().name("network-" + network).start(this::run);
  }

  Collection<GatewayWorker> workers() {
    return workers.values();
  }

  private void run() {
    BackOff faults = new BackOff(50, 2_000);
    try {
      while (!stopping) {
        long began = System.nanoTime();
        long wait;
        try {
          turn();
          faults.reset();
          wait = period() - (System.nanoTime() - began) / 1_000_000;
        } catch (ServiceException e) {
          LOG.warn("network {}: {}", network, e.getMessage());
          wait = Math.min(faults.nextMs(), period());
        } catch (RuntimeException e) {
          LOG.error("network {}", network, e);
          wait = faults.nextMs();
        }
        signal.await(Math.max(1, wait));
      }
    } catch (InterruptedException e) {
      LOG.debug("network {}: stopped", network);
    }
  }

  private void turn() throws ServiceException, InterruptedException {
    NodeView known = view;
    if (known == null) {
      known = look();
    }
    if (known.assignments().isEmpty() && !always) {
      look();
      return;
    }
    if (!known.bootId().equals(site.bootId()) && !allEstablished()) {
      // A heartbeat of a new boot says that all its gateways are empty: not before they are.
      return;
    }
    beat(known);
  }

  private boolean allEstablished() {
    List<String> open = new ArrayList<>();
    workers.values().stream()
        .filter(w -> w.instance().isEmpty())
        .forEach(w -> open.add(w.gateway()));
    if (!open.isEmpty() && !open.equals(waitsFor)) {
      LOG.info(
          "network {}: no heartbeat in this boot before gateways {} are seen empty", network, open);
    }
    waitsFor = open;
    return open.isEmpty();
  }

  /** Asks the service; new gateways get a worker. */
  private NodeView look() throws ServiceException, InterruptedException {
    NodeView now = site.service().node(network, site.node(), ASK);
    view = now;
    for (Assignment a : now.assignments()) {
      workers.computeIfAbsent(
          a.gateway(), name -> new GatewayWorker(site, network, name, signal::raise));
    }
    return now;
  }

  /**
   * Six tries within the shortest lease that is to come, and five within what is left of the one
   * that runs: that may be the shorter, if the gateway's terms were changed.
   */
  private long period() {
    NodeView known = view;
    long least = MOST_MS * 6;
    if (known != null) {
      for (Assignment a : known.assignments()) {
        least = Math.min(least, a.fenceAfterMs());
      }
    }
    long wait = Math.min(MOST_MS, least / 6);
    for (GatewayWorker worker : workers.values()) {
      wait = Math.min(wait, worker.lease().left(site.now()) / 5);
    }
    return Math.max(LEAST_MS, wait);
  }

  /** A lease whose clock runs, from some time between {@code before} and {@code after}. */
  private record Armed(
      GatewayWorker worker,
      int generation,
      Lease lease,
      LeaseTerms terms,
      long before,
      long after) {}

  private void beat(NodeView known) throws ServiceException, InterruptedException {
    List<Armed> armed = arm(known);
    site.service()
        .report(
            network,
            "NodeHeartbeat",
            ServiceClient.object().put("node", site.node()).put("bootId", site.bootId()),
            ASK);
    long deadline = site.now() + 1_000;
    BackOff wait = new BackOff(20, 100); // a heartbeat is counted after 10 ms at best
    List<Armed> open = new ArrayList<>(armed);
    while (true) {
      long asked = site.now();
      NodeView now = look();
      boolean counted = now.bootId().equals(site.bootId()) && now.contactAgeMs() >= 0;
      if (counted) {
        long contact = asked - now.contactAgeMs();
        List<Armed> ready =
            open.stream().filter(a -> a.terms().covers(a.after(), contact)).toList();
        inParallel(ready, a -> renew(a));
        open.removeAll(ready);
      }
      if ((counted && open.isEmpty()) || site.now() >= deadline) {
        nameInstances(now);
        break;
      }
      Thread.sleep(wait.nextMs());
    }
    if (!open.isEmpty()) {
      LOG.warn("network {}: the service has not counted a heartbeat within 1 s", network);
    }
  }

  private List<Armed> arm(NodeView known) throws InterruptedException {
    Map<String, Long> fenceAfter = new HashMap<>();
    known.assignments().forEach(a -> fenceAfter.put(a.gateway(), a.fenceAfterMs()));
    List<Armed> armed = Collections.synchronizedList(new ArrayList<>());
    inParallel(
        workers.values(),
        worker -> {
          Long after = fenceAfter.get(worker.gateway());
          Armed one = after == null ? null : arm(worker, LeaseTerms.of(after));
          if (one != null) {
            armed.add(one);
          }
        });
    synchronized (armed) {
      return List.copyOf(armed);
    }
  }

  private @Nullable Armed arm(GatewayWorker worker, LeaseTerms terms) {
    if (!worker.beginning().tryLock()) {
      return null;
    }
    try {
      Driver driver = worker.driver();
      int generation = worker.lease().generation();
      if (driver == null || !worker.lease().mayRenew(generation, site.now())) {
        worker.wake();
        return null;
      }
      long before = site.now();
      Lease lease = driver.arm(Duration.ofMillis(terms.lengthMs()));
      return new Armed(worker, generation, lease, terms, before, site.now());
    } catch (DriverException e) {
      LOG.warn("gateway {}/{}: no lease: {}", network, worker.gateway(), e.getMessage());
      return null;
    } finally {
      worker.beginning().unlock();
    }
  }

  /** The service has counted a heartbeat that was sent after the lease's clock had started. */
  private void renew(Armed armed) {
    GatewayWorker worker = armed.worker();
    LeaseBook book = worker.lease();
    worker.beginning().lock();
    try {
      Driver driver = worker.driver();
      if (driver == null || !book.mayRenew(armed.generation(), site.now())) {
        return;
      }
      boolean ran = book.runs(site.now());
      driver.renew(armed.lease());
      book.renewed(armed.generation(), armed.before() + armed.terms().lengthMs());
      if (ran) {
        return;
      }
    } catch (LeaseLapsedException e) {
      LOG.warn("gateway {}/{}: {}", network, worker.gateway(), e.getMessage());
      book.lapsed(armed.generation());
    } catch (DriverException e) {
      LOG.warn("gateway {}/{}: not renewed: {}", network, worker.gateway(), e.getMessage());
    } finally {
      worker.beginning().unlock();
    }
    worker.wake();
  }

  /** Says what instances are called, until the service knows it. */
  private void nameInstances(NodeView now) throws ServiceException, InterruptedException {
    for (Assignment a : now.assignments()) {
      GatewayWorker worker = workers.get(a.gateway());
      String instance = worker == null ? "" : worker.instance();
      if (a.current() && !instance.isEmpty() && !instance.equals(a.instance())) {
        site.service()
            .report(
                network,
                "InstanceStarted",
                ServiceClient.object()
                    .put("gateway", a.gateway())
                    .put("node", site.node())
                    .put("bootId", site.bootId())
                    .put("instance", instance)
                    .put("uptimeMs", InstanceName.uptime(instance)),
                ASK);
      }
    }
  }

  /** One gateway that hangs must not cost the others their leases. */
  private <T> void inParallel(Collection<T> all, Consumer<T> task) throws InterruptedException {
    List<Future<?>> running = new ArrayList<>();
    all.forEach(one -> running.add(threads.submit(() -> task.accept(one))));
    long deadline = System.nanoTime() + ASK.toNanos();
    for (Future<?> one : running) {
      try {
        one.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        LOG.warn(
            "network {}: a driver takes longer than {} s for its lease", network, ASK.toSeconds());
      } catch (ExecutionException e) {
        LOG.error("network {}", network, e.getCause());
      }
    }
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
    workers.values().forEach(GatewayWorker::close);
  }
}
