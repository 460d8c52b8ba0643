package io.holdfast.agent.linux;

import io.holdfast.agent.linux.kernel.Link;
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
 * announced any more once {@link #forget} has returned.
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

  void forget(Collection<IpAddress> ips) {
    synchronized (pending) {
      ips.forEach(pending::remove);
    }
  }

  private void round() {
    int left;
    synchronized (pending) {
      left = pending.size();
    }
    try {
      while (left > 0) {
        // The lock is held while a chunk is sent, so what is forgotten is not under way.
        synchronized (pending) {
          List<IpAddress> chunk = take(Math.min(CHUNK, left));
          if (!chunk.isEmpty()) {
            Neighbours neighbours = new Neighbours(external, link);
            namespace.in(() -> {
              neighbours.announce(chunk);
              return true;
            });
          }
        }
        left -= CHUNK;
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("addresses are not announced on {}: {}", external, e.getMessage());
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
