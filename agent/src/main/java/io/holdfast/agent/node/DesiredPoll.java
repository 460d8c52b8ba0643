package io.holdfast.agent.node;

import io.holdfast.agent.service.Polled;
import io.holdfast.agent.service.ServiceException;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.DesiredPart;
import io.holdfast.domain.view.DesiredState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a gateway's desired state by long polls. */
final class DesiredPoll implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DesiredPoll.class);
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final Site site;
  private final String network;
  private final String gateway;
  private final Supplier<String> instance;
  private final Runnable changed;
  private final BackOff faults = new BackOff(50, 3_000);
  private final BackOff unnamed = new BackOff(10, 500);
  private final Thread thread;
  private volatile @Nullable DesiredState latest;
  private volatile boolean stopping;
  private @Nullable String tag;
  private long sequence;
  private @Nullable Wanted news;

  /**
   * @param instance what this instance is called now
   * @param changed run when there is another state
   */
  DesiredPoll(
      Site site, String network, String gateway, Supplier<String> instance, Runnable changed) {
    this.site = site;
    this.network = network;
    this.gateway = gateway;
    this.instance = instance;
    this.changed = changed;
    this.thread = Thread.ofVirtual().name("poll-" + network + "/" + gateway).start(this::run);
  }

  @Nullable DesiredState latest() {
    return latest;
  }

  private void run() {
    try {
      while (!stopping) {
        try {
          poll();
          faults.reset();
        } catch (ServiceException e) {
          LOG.debug("gateway {}/{}: {}", network, gateway, e.getMessage());
          Thread.sleep(faults.nextMs());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("gateway {}/{}: stopped", network, gateway);
    }
  }

  private void poll() throws ServiceException, InterruptedException {
    DesiredState known = latest;
    // The instance's name is not part of the tag: until it is there, there is nothing to wait with.
    boolean named = known != null && GatewayWorker.mayAct(known, instance.get());
    Polled answer =
        site.service()
            .desired(network, gateway, site.node(), named ? tag : null, named ? sequence : 0, WAIT);
    switch (answer) {
      case Polled.Unchanged _ -> {}
      case Polled.Whole(DesiredState desired, Polled.Version version) -> {
        at(version);
        boolean same = desired.equals(known);
        latest = desired;
        if (!same) {
          news(desired, Optional.empty());
        }
        if (GatewayWorker.mayAct(desired, instance.get())) {
          unnamed.reset();
        } else {
          Thread.sleep(unnamed.nextMs());
        }
      }
      case Polled.Part(DesiredPart part, long since, Polled.Version version) -> {
        if (known == null || since != sequence) {
          throw new ServiceException(0, "a part since event " + since + " was not asked for");
        }
        DesiredState desired = part.appliedTo(known);
        at(version);
        latest = desired;
        news(desired, Optional.of(part.touched()));
      }
    }
  }

  private void at(Polled.Version version) {
    tag = version.tag().isEmpty() ? null : version.tag();
    sequence = version.sequence();
  }

  private void news(DesiredState desired, Optional<Set<IpAddress>> touched) {
    synchronized (this) {
      Wanted before = news;
      news = before == null ? new Wanted(desired, touched) : before.then(desired, touched);
    }
    changed.run();
  }

  /** What came since this was called last; null: nothing. */
  synchronized @Nullable Wanted take() {
    Wanted taken = news;
    news = null;
    return taken;
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
  }
}
