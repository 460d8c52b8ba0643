package io.holdfast.agent.owner;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.agent.service.EventStream;
import io.holdfast.agent.service.ServiceClient;
import io.holdfast.agent.service.ServiceException;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.report.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the owners of one network: all of them in rounds, and one that is in doubt again when the
 * service wants it. The service decides what follows, and spaces repeated checks out: the time of
 * the next one is in its event.
 */
public final class OwnerChecker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerChecker.class);
  private static final Duration REPORT = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ServiceClient service;
  private final String network;
  private final Source source;
  private final Duration every;
  private final Semaphore permits;
  private final Map<Held.Key, Held> held = new ConcurrentHashMap<>();
  private final Set<Held.Key> underWay = ConcurrentHashMap.newKeySet();
  private final Set<Held.Key> doubted = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("owner-checks").factory());
  private final Thread rounds;
  private final Thread events;
  private volatile boolean stopping;

  /**
   * Starts it.
   *
   * @param every how often all owners are checked
   * @param parallel checks under way at most
   */
  public OwnerChecker(
      ServiceClient service, String network, Source source, Duration every, int parallel) {
    this.service = service;
    this.network = network;
    this.source = source;
    this.every = every;
    this.permits = new Semaphore(parallel);
    this.rounds = Thread.ofVirtual().name("owner-rounds-" + network).start(this::rounds);
    this.events = Thread.ofVirtual().name("owner-events-" + network).start(this::follow);
  }

  private void rounds() {
    try {
      while (!stopping) {
        try {
          round();
          Thread.sleep(every);
        } catch (ServiceException e) {
          LOG.warn("owners of {}: {}", network, e.getMessage());
          Thread.sleep(AGAIN);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("owners of {}: stopped", network);
    }
  }

  private void round() throws ServiceException, InterruptedException {
    Set<Held.Key> there = ConcurrentHashMap.newKeySet();
    service.each(
        network,
        "eips",
        "phase=Allocated",
        eip -> {
          Held one = held(eip);
          there.add(one.key());
          held.put(one.key(), one);
        });
    held.keySet().retainAll(there);
    doubted.retainAll(there);
    for (Held one : held.values()) {
      start(one);
    }
  }

  private static Held held(JsonNode eip) {
    boolean doubted = true;
    for (JsonNode condition : eip.path("conditions")) {
      if (condition.path("type").asText().equals("OwnerKnown")) {
        doubted = !condition.path("status").asText().equals("True");
      }
    }
    JsonNode o = eip.path("owner");
    return new Held(
        eip.path("ip").asText(),
        eip.path("tenure").asLong(),
        new Owner(
            o.path("tenant").asText(),
            o.path("kind").asText(),
            o.path("namespace").asText(),
            o.path("name").asText(),
            o.path("uid").asText()),
        doubted);
  }

  /** Waits for a permit, so that a round goes as fast as the source answers, and no faster. */
  private void start(Held one) throws InterruptedException {
    if (!underWay.add(one.key())) {
      return;
    }
    permits.acquire();
    Thread.ofVirtual()
        .start(() -> {
          try {
            check(one);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (ServiceException e) {
            LOG.warn("owner of {}: {}", one.ip(), e.getMessage());
          } finally {
            permits.release();
            underWay.remove(one.key());
          }
        });
  }

  private void check(Held one) throws InterruptedException, ServiceException {
    Answer answer = source.ask(one.owner());
    boolean present = answer.result() == CheckResult.PRESENT;
    if (present && !one.doubted() && !doubted.contains(one.key())) {
      return; // as the service has it
    }
    service.report(
        network,
        "OwnerCheck",
        ServiceClient.object()
            .put("ip", one.ip())
            .put("tenure", one.tenure())
            .put("result", answer.result().name())
            .put("sourceHealthy", answer.sourceHealthy())
            .put("detail", answer.detail()),
        REPORT);
    if (present) {
      doubted.remove(one.key());
    } else {
      doubted.add(one.key());
    }
  }

  private void follow() {
    long from = 0;
    try {
      while (!stopping) {
        try {
          if (from == 0) {
            from = service.sequence(network) + 1;
          }
          try (EventStream stream = service.follow(network, from)) {
            EventStream.Event event = stream.next();
            while (event != null) {
              from = event.sequence() + 1;
              take(event);
              event = stream.next();
            }
          }
        } catch (ServiceException e) {
          LOG.warn("owners of {}: {}", network, e.getMessage());
        }
        Thread.sleep(AGAIN);
      }
    } catch (InterruptedException e) {
      LOG.debug("owners of {}: stopped", network);
    }
  }

  /** A check that left a doubt is repeated when the service says, by its own clock's difference. */
  private void take(EventStream.Event event) {
    if (!event.type().equals("OwnerUnknown") && !event.type().equals("OwnerAbsent")) {
      return;
    }
    JsonNode data = event.data();
    Held.Key key = new Held.Key(data.path("ip").asText(), data.path("tenure").asLong());
    long next = millis(data.path("nextCheckAt"));
    long now = millis(data.path("meta").path("time"));
    long wait = Math.max(0, next - now) + 1;
    var _ = clock.schedule(() -> again(key), wait, TimeUnit.MILLISECONDS);
  }

  private static long millis(JsonNode time) {
    return time.isNumber() ? time.asLong() : Instant.parse(time.asText()).toEpochMilli();
  }

  private void again(Held.Key key) {
    Held one = held.get(key);
    if (one == null || stopping) {
      return;
    }
    Thread.ofVirtual()
        .start(() -> {
          try {
            start(one);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public void close() {
    stopping = true;
    rounds.interrupt();
    events.interrupt();
    clock.shutdownNow();
  }
}
