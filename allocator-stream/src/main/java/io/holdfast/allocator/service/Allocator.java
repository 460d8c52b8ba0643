package io.holdfast.allocator.service;

import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.topology.AllocatorTopology;
import io.holdfast.allocator.topology.CommitPace;
import io.holdfast.allocator.topology.NetworkName;
import io.holdfast.allocator.topology.TopologyParts;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.NetworkHead;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running allocator: the topology, the followed end of its log, and queries. */
public final class Allocator implements AllocatorApi, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Allocator.class);
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
  private static final Duration CLIENT_CLOSE_LIMIT = Duration.ofSeconds(2);

  private final AllocatorConfig config;
  private final int partitionCount;
  private final Progress progress = new Progress();
  private final LocalPartitions partitions = new LocalPartitions(progress);
  private final Deque<Runnable> opened = new ArrayDeque<>();
  private final Admin admin;
  private final Sender sender;
  private final Tail tail;
  private final History history;
  private final OutcomeReads outcomes;
  private final StreamFaults faults = new StreamFaults();
  private final KafkaStreams streams;
  private final StoreReads reads;

  /**
   * Checks the topics and starts.
   *
   * @throws TopicException if topics or cluster are not set up as needed
   */
  public Allocator(AllocatorConfig config, Codec codec, MeterRegistry meters) {
    this.config = config;
    Clients clients = new Clients(config);
    try {
      this.admin = opened(clients.admin(), admin -> admin.close(CLIENT_CLOSE_LIMIT));
      Topics.Found topics = new Topics(config, admin).prepare();
      this.partitionCount = topics.partitions();
      this.sender =
          new Sender(
              opened(
                  clients.producer(topics.limits().own()),
                  producer -> producer.close(CLIENT_CLOSE_LIMIT)));
      this.tail =
          opened(
              new Tail(clients.consumer(), codec, progress, partitionCount, meters), Tail::close);
      this.history = new History(clients::consumer, codec, partitionCount);
      this.outcomes = new OutcomeReads(this, tail, config.settings().outcomeKeepMs(), COMMIT_LIMIT);
      CommitPace pace = new CommitPace(config.commitInterval(), System::nanoTime);
      TopologyParts parts =
          new TopologyParts(
              codec,
              config.settings(),
              new KafkaEventLog(clients::consumer, admin),
              partitions,
              meters,
              partitionCount,
              topics.limits(),
              topics.commandsTopic(),
              System::nanoTime,
              pace);
      Properties settings = clients.streams(topics.limits().own());
      this.streams =
          opened(
              new KafkaStreams(AllocatorTopology.build(parts), settings, new PacedClients(pace)),
              Allocator::leave);
      this.reads =
          new StoreReads(streams, codec, partitions, progress, partitionCount, COMMIT_LIMIT);
      opened(faults, StreamFaults::close);
      streams.setUncaughtExceptionHandler(faults);
      streams.setStateListener((now, before) -> LOG.debug("streams: {} -> {}", before, now));
      streams.start();
    } catch (RuntimeException e) {
      closeAll(e);
      throw e;
    }
  }

  private <T> T opened(T part, Consumer<T> closing) {
    opened.push(() -> closing.accept(part));
    return part;
  }

  /** Leaving the group lets a successor begin at once instead of after the session timeout. */
  private static void leave(KafkaStreams streams) {
    if (!streams.close(
        CloseOptions.timeout(CLOSE_LIMIT)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP))) {
      throw new IllegalStateException(
          "the topology did not stop within " + CLOSE_LIMIT.toSeconds() + " s");
    }
  }

  private int partition(String network) {
    return NetworkName.partition(network, partitionCount);
  }

  @Override
  public Place locate(String network) {
    if (partitions.isReady(partition(network))) {
      return new Place.Here();
    }
    String stopped = faults.stopped();
    if (stopped != null) {
      return new Place.Moving(stopped);
    }
    KeyQueryMetadata metadata;
    try {
      metadata = streams.queryMetadataForKey(Layout.NETWORKS, network, new StringSerializer());
    } catch (IllegalStateException | InvalidStateStoreException e) {
      return new Place.Moving("this instance is " + streams.state());
    }
    HostInfo host = metadata == null ? HostInfo.unavailable() : metadata.activeHost();
    AllocatorConfig.HostPort own = config.advertised();
    if (metadata == null
        || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)
        || host.equals(HostInfo.unavailable())
        || (host.host().equals(own.host()) && host.port() == own.port())) {
      return new Place.Moving("partition " + partition(network) + " is being restored");
    }
    return new Place.There(URI.create("http://" + host.host() + ":" + host.port()));
  }

  @Override
  public <T> T read(String network, Function<View, T> reader) {
    return reads.read(network, reader);
  }

  @Override
  public SortedMap<String, NetworkHead> networks() {
    return reads.networks();
  }

  @Override
  public Optional<Outcome> outcome(String network, String commandId) {
    int partition = partition(network);
    long since =
        partitions
            .readySince(partition, network)
            .orElseThrow(() ->
                new UnavailableException(
                    "partition " + partition + " is not ready on this instance"));
    try {
      return outcomes.read(network, commandId, since);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted", e);
    }
  }

  @Override
  public List<URI> others() {
    HostInfo own = new HostInfo(config.advertised().host(), config.advertised().port());
    return streams.metadataForAllStreamsClients().stream()
        .map(StreamsMetadata::hostInfo)
        .filter(host -> !host.equals(own) && !host.equals(HostInfo.unavailable()))
        .distinct()
        .map(host -> URI.create("http://" + host.host() + ":" + host.port()))
        .toList();
  }

  @Override
  public CompletableFuture<Answer> command(
      String network, String commandId, byte[] record, Duration timeout) {
    CompletableFuture<Answer> answer = tail.expect(network, commandId);
    var _ =
        sender
            .send(Contract.COMMANDS, network, record)
            .whenComplete((done, fault) -> {
              if (fault != null) {
                answer.completeExceptionally(fault);
              }
            });
    return answer
        .copy()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((done, fault) -> {
          if (fault != null) {
            tail.forget(network, commandId, answer);
          }
        });
  }

  @Override
  public CompletableFuture<Void> report(String network, byte[] record) {
    return sender.send(Contract.REPORTS, network, record);
  }

  @Override
  public boolean await(String network, Predicate<View> until, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      record Look(boolean holds, long sequence) {}
      Look look = read(network, view -> new Look(until.test(view), view.head().sequence()));
      if (look.holds()) {
        return true;
      }
      try {
        if (!progress.awaitAfter(network, look.sequence(), deadline - System.nanoTime())) {
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  @Override
  public void events(
      String network, long from, boolean follow, BooleanSupplier open, EventSink sink) {
    if (!follow) {
      awaitAnswered(network);
    }
    history.read(network, from, follow, open, sink);
  }

  /** An answer may be readable a moment before its events: whoever has read it wants them. */
  private void awaitAnswered(String network) {
    try {
      var _ = read(network, View::head);
    } catch (UnavailableException e) {
      LOG.debug("the present end of {} is that of its committed events", network, e);
    }
  }

  @Override
  public Optional<List<Event>> recent(String network, long after, int limit) {
    return tail.recentEvents(network, after, limit);
  }

  @Override
  public String notReady() {
    String stopped = faults.stopped();
    if (stopped != null) {
      return stopped;
    }
    String missing = missing();
    String fault = faults.last();
    return missing.isEmpty() || fault.isEmpty() ? missing : missing + "; last fault: " + fault;
  }

  private String missing() {
    if (!tail.isRunning()) {
      return "the committed log is not followed";
    }
    if (faults.isWaiting()) {
      return "a stream thread failed and is started again in a moment";
    }
    if (streams.state() != KafkaStreams.State.RUNNING) {
      return "the topology is " + streams.state();
    }
    long assigned =
        streams.metadataForLocalThreads().stream().mapToLong(t -> t.activeTasks().size()).sum();
    int ready = partitions.ready().size();
    return ready < assigned || assigned == 0
        ? ready + " of " + assigned + " partitions are in step with the log"
        : "";
  }

  /**
   * Stops everything.
   *
   * @throws IllegalStateException if a part did not stop cleanly; the others are stopped then too
   */
  @Override
  public void close() {
    IllegalStateException unclean = new IllegalStateException("the allocator did not stop cleanly");
    closeAll(unclean);
    if (unclean.getSuppressed().length > 0) {
      throw unclean;
    }
  }

  private void closeAll(RuntimeException faults) {
    while (!opened.isEmpty()) {
      try {
        opened.pop().run();
      } catch (RuntimeException e) {
        faults.addSuppressed(e);
      }
    }
  }
}
