package io.holdfast.allocator.service;

import io.holdfast.allocator.service.AllocatorApi.Answer;
import io.holdfast.allocator.service.AllocatorApi.UnreadableAnswerException;
import io.holdfast.allocator.topology.Headers;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.Sha256;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the committed end of the events and outcomes topics: no answer leaves before what it
 * shows is committed.
 */
final class Tail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Codec codec;
  private final Progress progress;
  private final Waiting waiting = new Waiting();
  private final RecentOutcomes recent = new RecentOutcomes();
  private final RecentEvents recentEvents = new RecentEvents();
  private final Timer committed;
  private final Counter skipped;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean failed;

  /**
   * Reads on from the present end.
   *
   * @param consumer reads what is committed; owned from now on
   */
  Tail(
      Consumer<byte[], byte[]> consumer,
      Codec codec,
      Progress progress,
      int partitions,
      MeterRegistry meters) {
    this.consumer = consumer;
    this.codec = codec;
    this.progress = progress;
    this.committed =
        Timer.builder("holdfast.committed")
            .description("From deciding a command to its committed outcome being read")
            .publishPercentiles(0.5, 0.99)
            .register(meters);
    this.skipped =
        Counter.builder("holdfast.tail.skipped")
            .description("Committed events and outcomes that could not be read, and were skipped")
            .register(meters);
    List<TopicPartition> all = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      all.add(new TopicPartition(Contract.EVENTS, p));
      all.add(new TopicPartition(Contract.OUTCOMES, p));
    }
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position); // seeking is lazy: the end is that of now
    thread = Thread.ofPlatform().name("holdfast-tail").daemon().start(this::run);
  }

  /** The answer to a command that will be produced after this call; a future of its own. */
  CompletableFuture<Answer> expect(String network, String commandId) {
    return waiting.add(network, commandId);
  }

  void forget(String network, String commandId, CompletableFuture<Answer> answer) {
    waiting.remove(network, commandId, answer);
  }

  /** The answer to a command, if it was committed not long ago. */
  Optional<Outcome> recent(String network, String commandId) {
    return recent
        .get(network, commandId)
        .map(this::decode)
        .filter(answer -> !answer.meta().dryRun())
        .map(Answer::outcome);
  }

  /** As {@link AllocatorApi#recent}. */
  Optional<List<Event>> recentEvents(String network, long after, int limit) {
    return recentEvents
        .after(network, after, limit)
        .map(records -> records.stream().map(this::decodeEvent).toList());
  }

  private Event decodeEvent(byte[] record) {
    if (codec.decode(Contract.EVENTS, record) instanceof Message<?, ?>(var _, Event event)) {
      return event;
    }
    throw new IllegalArgumentException("it is no event");
  }

  boolean isRunning() {
    return !failed && !closed;
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(record);
        }
      }
    } catch (WakeupException e) {
      LOG.debug("closed");
    } catch (RuntimeException e) {
      failed = true;
      LOG.error(
          "the committed log cannot be followed any more: this instance answers nothing until it is"
              + " restarted",
          e);
    }
  }

  /** Anybody may write to a topic: one record that makes no sense must not stop the rest. */
  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals(Contract.EVENTS)) {
        event(record);
      } else {
        outcome(record);
      }
    } catch (RuntimeException e) {
      skipped.increment();
      LOG.error(
          "{}-{}@{} is skipped: it cannot be read",
          record.topic(),
          record.partition(),
          record.offset(),
          e);
    }
  }

  private static String network(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] key = record.key();
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }

  private void event(ConsumerRecord<byte[], byte[]> record) {
    Headers.sequence(record.headers())
        .ifPresent(sequence -> {
          String network = network(record);
          // Kept before anybody may see it: what was read is always among the recent ones.
          recentEvents.add(network, sequence, record.value());
          progress.advance(network, sequence, Sha256.ofEvent(record.value()));
        });
  }

  private void outcome(ConsumerRecord<byte[], byte[]> record) {
    committed.record(
        Math.max(0, System.currentTimeMillis() - record.timestamp()), TimeUnit.MILLISECONDS);
    String id = Headers.command(record.headers());
    String network = network(record);
    byte @Nullable [] value = record.value();
    if (value != null) {
      recent.add(network, id, value);
    }
    List<CompletableFuture<Answer>> callers = waiting.take(network, id);
    if (callers.isEmpty()) {
      return;
    }
    try {
      Answer answer = decode(value);
      callers.forEach(caller -> caller.complete(answer));
    } catch (RuntimeException e) {
      callers.forEach(caller ->
          caller.completeExceptionally(
              new UnreadableAnswerException("the answer to command " + id + " cannot be read", e)));
      throw e;
    }
  }

  private Answer decode(byte @Nullable [] record) {
    if (record != null
        && codec.decode(Contract.OUTCOMES, record)
            instanceof Message<?, ?>(OutcomeMeta meta, Outcome outcome)) {
      return new Answer(meta, outcome);
    }
    throw new IllegalArgumentException("it is no outcome");
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
