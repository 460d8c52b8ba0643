package io.holdfast.agent.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.agent.plan.Known;
import io.holdfast.agent.plan.Plan;
import io.holdfast.agent.service.ServiceException;
import io.holdfast.domain.view.DesiredState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one gateway match: look, apply, look again, report. One thread works; it takes what is
 * wanted from a {@link DesiredPoll} and the right to do so from a {@link LeaseBook}.
 */
final class GatewayWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayWorker.class);
  private static final Duration REPORT = Duration.ofSeconds(10);

  /** From so many items on, looking at all is cheaper than at each. */
  private static final int FEW = 200;

  private final Site site;
  private final String network;
  private final String gateway;
  private final Runnable established;
  private final Signal signal = new Signal();
  private final LeaseBook lease = new LeaseBook();
  private final ReentrantLock beginning = new ReentrantLock();
  private final BackOff faults = new BackOff(50, 5_000);
  private final BackOff repeats = new BackOff(50, 5_000);
  private final Work work = new Work();
  private final DesiredPoll poll;
  private final Thread thread;
  private volatile @Nullable Driver driver;
  private volatile String instance = "";
  private volatile boolean stopping;
  private @Nullable Inventory known;
  private @Nullable Inventory told;
  private long lookedAt;
  private long retryAt = Long.MAX_VALUE;
  private @Nullable DesiredState done;
  private long number;
  private String complaint = "";

  /**
   * @param established run when an instance is ready to be leased
   */
  GatewayWorker(Site site, String network, String gateway, Runnable established) {
    this.site = site;
    this.network = network;
    this.gateway = gateway;
    this.established = established;
    this.poll = new DesiredPoll(site, network, gateway, () -> instance, signal::raise);
    this.thread =
        Thread.ofPlatform().daemon().name("gateway-" + network + "/" + gateway).start(this::run);
  }

  String gateway() {
    return gateway;
  }

  /** What the present instance is called; empty while there is none. */
  String instance() {
    return instance;
  }

  LeaseBook lease() {
    return lease;
  }

  /** The lock under which a lease is armed or renewed: an instance may be begun meanwhile. */
  ReentrantLock beginning() {
    return beginning;
  }

  @Nullable Driver driver() {
    return driver;
  }

  /** What is wanted, as far as it is known. */
  @Nullable DesiredState desired() {
    return poll.latest();
  }

  void wake() {
    signal.raise();
  }

  private void run() {
    while (!stopping) {
      try {
        long wait = step();
        faults.reset();
        complaint = "";
        signal.await(Math.min(wait, lease.left(site.now())));
      } catch (DriverException e) {
        complain(e);
        known = null;
        pause();
      } catch (ServiceException e) {
        complain(e);
        pause();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("gateway {}/{}", network, gateway, e);
        known = null;
        pause();
      }
    }
  }

  /** Says once what goes wrong again and again. */
  private void complain(Exception e) {
    String text = String.valueOf(e.getMessage());
    if (!text.equals(complaint)) {
      LOG.warn("gateway {}/{}: {}; trying again", network, gateway, text);
      complaint = text;
    }
  }

  /** A pause that ends early when the lease lapses, and not for less. */
  private void pause() {
    try {
      Thread.sleep(Math.max(1, Math.min(faults.nextMs(), lease.left(site.now()))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does what is to be done now; returns how long there is nothing else, milliseconds. */
  private long step() throws DriverException, ServiceException, InterruptedException {
    LeaseBook.State state = lease.state(site.now());
    if (state == LeaseBook.State.NONE || state == LeaseBook.State.LAPSED) {
      establish(state == LeaseBook.State.LAPSED);
      return 0;
    }
    DesiredState desired = poll.latest();
    if (state != LeaseBook.State.RUNNING || desired == null || !mayAct(desired, instance)) {
      return site.lookEvery().toMillis();
    }
    long now = site.now();
    boolean whole = known == null || now >= lookedAt + site.lookEvery().toMillis();
    if (whole || !desired.equals(done) || now >= retryAt) {
      match(desired, whole);
    }
    return Math.max(1, Math.min(retryAt, lookedAt + site.lookEvery().toMillis()) - site.now());
  }

  /**
   * Whether the state is meant for this instance. An instance that the service does not know yet
   * may only take things down.
   */
  static boolean mayAct(DesiredState desired, String instance) {
    if (instance.isEmpty()) {
      return false;
    }
    return desired.instance().equals(instance)
        || (desired.instance().isEmpty()
            && desired.addresses().isEmpty()
            && desired.rules().isEmpty());
  }

  /** Goes on as the instance that left its mark in this boot; else begins a new, empty one. */
  private void establish(boolean lapsed) throws DriverException {
    Driver open = driver;
    if (open == null) {
      open = site.drivers().open(network, gateway);
      driver = open;
    }
    instance = "";
    known = null;
    told = null;
    done = null;
    work.forget();
    beginning.lock();
    try {
      lease.nothing();
      String mark = lapsed ? "" : open.instance();
      if (mark.startsWith(site.bootId() + ".")) {
        LOG.info("gateway {}/{}: goes on as instance {}", network, gateway, mark);
      } else {
        mark = site.bootId() + "." + UUID.randomUUID().toString().substring(0, 8);
        LOG.info(
            "gateway {}/{}: {}; begins as instance {}",
            network,
            gateway,
            lapsed ? "the lease has run out, all is taken down" : "no instance of this boot",
            mark);
        open.begin(mark);
      }
      instance = mark;
      lease.established();
    } finally {
      beginning.unlock();
    }
    established.run();
  }

  private void match(DesiredState desired, boolean lookAtAll)
      throws DriverException, ServiceException, InterruptedException {
    Driver open = requireDriver();
    Inventory before = known;
    if (lookAtAll || before == null) {
      before = lookAll(open);
    }
    Change change = Plan.of(desired, before);
    apply(open, change);
    Set<Item> due = work.due(desired, change);
    boolean whole = lookAtAll || work.isWhole(desired) || due.size() > FEW;
    Inventory seen;
    if (!whole) {
      seen = due.isEmpty() ? new Inventory(false, List.of(), List.of(), Set.of()) : open.look(due);
    } else {
      seen = change.isEmpty() ? before : lookAll(open);
    }
    Inventory after = Known.merge(before, seen);
    known = after;
    if (desired.epoch() > 0 && isNews(desired, whole, due, after)) {
      report(desired, seen, due);
    }
    told = after;
    work.told(desired, whole);
    done = desired;
    settle(desired, after);
  }

  private boolean isNews(DesiredState desired, boolean whole, Set<Item> due, Inventory after) {
    Inventory before = told;
    return !due.isEmpty()
        || before == null
        || (whole && (work.wholeAt() < desired.revision() || !Known.same(before, after)));
  }

  private Inventory lookAll(Driver open) throws DriverException {
    Inventory all = open.look();
    lookedAt = site.now();
    known = all;
    return all;
  }

  private void apply(Driver open, Change change) {
    if (change.isEmpty() || !lease.runs(site.now())) {
      return;
    }
    long began = System.nanoTime();
    try {
      open.apply(change);
      LOG.info(
          "gateway {}/{}: -{} +{} addresses, -{} +{} rules in {} ms",
          network,
          gateway,
          change.removeAddresses().size(),
          change.addAddresses().size(),
          change.removeRules().size(),
          change.addRules().size(),
          (System.nanoTime() - began) / 1_000_000);
    } catch (DriverException e) {
      // What came of it is seen by looking.
      LOG.warn("gateway {}/{}: {}", network, gateway, e.getMessage());
    }
  }

  private void report(DesiredState desired, Inventory seen, Set<Item> due)
      throws ServiceException, InterruptedException {
    for (ObjectNode o : Observations.of(desired, seen, due, this::nextNumber)) {
      site.service().report(network, "Observation", o, REPORT);
    }
  }

  /** Grows over restarts of the agent, too, as long as the boot lasts. */
  private long nextNumber() {
    number = Math.max(number + 1, site.now() * 1_000);
    return number;
  }

  private void settle(DesiredState desired, Inventory after) {
    if (Plan.of(desired, after).isEmpty()) {
      repeats.reset();
      retryAt = Long.MAX_VALUE;
    } else {
      long wait = repeats.nextMs();
      LOG.warn("gateway {}/{} is not yet as it should be; again in {} ms", network, gateway, wait);
      retryAt = site.now() + wait;
    }
  }

  private Driver requireDriver() {
    Driver open = driver;
    if (open == null) {
      throw new IllegalStateException("no driver");
    }
    return open;
  }

  /** Stops working; what is on the gateway stays until its lease runs out. */
  @Override
  public void close() {
    stopping = true;
    poll.close();
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Driver open = driver;
    if (open != null) {
      open.close();
    }
  }
}
