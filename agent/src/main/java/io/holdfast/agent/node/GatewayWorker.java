package io.holdfast.agent.node;

import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.service.ServiceException;
import io.holdfast.domain.view.DesiredState;
import java.time.Duration;
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
  private final Site site;
  private final String network;
  private final String gateway;
  private final Runnable established;
  private final Signal signal = new Signal();
  private final LeaseBook lease = new LeaseBook();
  private final ReentrantLock beginning = new ReentrantLock();
  private final BackOff faults = new BackOff(50, 5_000);
  private final Matcher matcher;
  private final DesiredPoll poll;
  private final Thread thread;
  private volatile @Nullable Driver driver;
  private volatile String instance = "";
  private volatile boolean stopping;
  private String complaint = "";

  /**
   * @param established run when an instance is ready to be leased
   */
  GatewayWorker(Site site, String network, String gateway, Runnable established) {
    this.site = site;
    this.network = network;
    this.gateway = gateway;
    this.established = established;
    this.matcher = new Matcher(site, network, gateway, lease);
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
        matcher.lookAnew();
        pause();
      } catch (ServiceException e) {
        complain(e);
        pause();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("gateway {}/{}", network, gateway, e);
        matcher.lookAnew();
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
    matcher.add(poll.take());
    DesiredState desired = matcher.desired();
    Driver open = driver;
    if (state != LeaseBook.State.RUNNING
        || open == null
        || desired == null
        || !mayAct(desired, instance)) {
      return site.lookEvery().toMillis();
    }
    return matcher.work(open);
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
    matcher.forget();
    beginning.lock();
    try {
      lease.nothing();
      String mark = lapsed ? "" : open.instance();
      if (InstanceName.isOf(site.bootId(), mark)) {
        LOG.info("gateway {}/{}: goes on as instance {}", network, gateway, mark);
      } else {
        mark = InstanceName.of(site.bootId(), site.now());
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
