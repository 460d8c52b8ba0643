package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.linux.kernel.Link;
import io.holdfast.agent.linux.kernel.NetlinkSocket;
import io.holdfast.agent.linux.kernel.Netns;
import io.holdfast.domain.net.IpAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces addresses in the background: at once, and once more, because nobody confirms. None is
 * announced while or after it is taken down by {@link #withdraw}.
 */
final class Announcer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final int TIMES = 2;
  private static final Duration GAP = Duration.ofSeconds(1);
  private static final int CHUNK = 500;

  private final Netns namespace;
  private final String external;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("announcer-", 0).factory());
  private final Map<IpAddress, Integer> pending = new LinkedHashMap<>();
  private Link link;

  Announcer(Netns namespace, String external, Link link) {
    this.namespace = namespace;
    this.external = external;
    this.link = link;
  }

  void announce(Link on, Collection<IpAddress> ips) {
    if (ips.isEmpty()) {
      return;
    }
    synchronized (pending) {
      link = on;
      ips.forEach(ip -> pending.put(ip, TIMES));
    }
    worker.execute(this::round);
    var _ = worker.schedule(this::round, GAP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** All of Holdfast's that are on the interface. */
  void announceAll() {
    worker.execute(() -> {
      try (NetlinkSocket route = namespace.in(() -> NetlinkSocket.open(NetlinkSocket.ROUTE))) {
        Link on = Link.find(route, external);
        // The lock is held from looking on, so that none of them is taken down in between.
        synchronized (pending) {
          announce(
              on,
              new Addresses(route)
                  .all(on.index()).stream()
                      .filter(Inventory.Address::ours)
                      .map(Inventory.Address::ip)
                      .toList());
        }
      } catch (IOException | RuntimeException e) {
        LOG.warn("addresses are not announced on {}: {}", external, e.getMessage());
      }
    });
  }

  /** Takes them down by that action; none of them is announced any more once it has begun. */
  <T> T withdraw(Collection<IpAddress> ips, Netns.Action<T> action) throws IOException {
    synchronized (pending) {
      ips.forEach(pending::remove);
      return action.run();
    }
  }

  private void round() {
    int left;
    synchronized (pending) {
      left = pending.size();
    }
    try {
      while (left > 0) {
        // The lock is held while a chunk is sent, so what is withdrawn is not under way.
        synchronized (pending) {
          List<IpAddress> chunk = take(Math.min(CHUNK, left));
          if (!chunk.isEmpty()) {
            new Neighbours(namespace, external, link).announce(chunk);
          }
        }
        left -= CHUNK;
      }
    } catch (IOException | RuntimeException e) {
      if (!worker.isShutdown()) {
        LOG.warn("addresses are not announced on {}: {}", external, e.getMessage());
      }
    }
  }

  /** The oldest; those that are to be announced once more become the youngest. */
  private List<IpAddress> take(int count) {
    List<IpAddress> taken = new ArrayList<>();
    List<IpAddress> again = new ArrayList<>();
    Iterator<Map.Entry<IpAddress, Integer>> entries = pending.entrySet().iterator();
    while (taken.size() < count && entries.hasNext()) {
      Map.Entry<IpAddress, Integer> entry = entries.next();
      taken.add(entry.getKey());
      if (entry.getValue() > 1) {
        again.add(entry.getKey());
      }
      entries.remove();
    }
    again.forEach(ip -> pending.put(ip, 1));
    return taken;
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
