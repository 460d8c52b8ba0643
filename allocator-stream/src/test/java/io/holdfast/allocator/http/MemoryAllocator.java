package io.holdfast.allocator.http;

import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.decide.Decision;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Remembered;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.report.ReportMeta;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.wire.CauseKind;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.Sha256;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/** Decides for real, commits at once, keeps everything on the heap. */
final class MemoryAllocator implements AllocatorApi {
  static final long START = 1_767_225_600_000L;

  private final Codec codec;
  private final Decider decider = new Decider(Settings.DEFAULT);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition committed = lock.newCondition();
  private final Map<String, Network> networks = new HashMap<>();
  private long now = START;
  private int streams;
  private final Condition streamEnded = lock.newCondition();

  volatile Function<String, Place> places = network -> new Place.Here();
  volatile List<URI> others = List.of();
  volatile boolean brokersAreGone;
  volatile boolean isSilent;
  volatile boolean isUnreadable;
  volatile boolean breaksDown;
  volatile String missing = "";

  /** How many events are remembered at most. */
  volatile int mostRecent = Integer.MAX_VALUE;

  MemoryAllocator(Codec codec) {
    this.codec = codec;
  }

  private static final class Network {
    private final MemoryState state = new MemoryState();
    private final List<Message<EventMeta, Event>> log = new ArrayList<>();
    private NetworkHead head = NetworkHead.START;
  }

  private Network network(String name) {
    return networks.computeIfAbsent(name, n -> new Network());
  }

  /** Time passes, and timers fire. */
  void pass(Duration time) {
    lock.lock();
    try {
      now += time.toMillis();
      networks.forEach((name, n) -> {
        boolean more = true;
        while (more) {
          Decision<Integer> d = decider.timers(n.state, n.head.head(), now, START, 100);
          commit(name, n, d, "timer", "", CauseKind.TIMER, "");
          more = d.answer() == 100;
        }
      });
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Place locate(String network) {
    return places.apply(network);
  }

  @Override
  public List<URI> others() {
    return others;
  }

  @Override
  public <T> T read(String network, Function<View, T> reader) {
    lock.lock();
    try {
      if (breaksDown) {
        throw new IllegalStateException("secret of the inside");
      }
      Network n = networks.getOrDefault(network, new Network());
      return reader.apply(new View(n.state, n.head));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<List<Event>> recent(String network, long after, int limit) {
    return read(
        network,
        view -> {
          List<Event> events =
              networks.getOrDefault(network, new Network()).log.stream()
                  .filter(e -> e.meta().sequence() > after)
                  .map(Message::body)
                  .toList();
          return after <= view.head().sequence() && events.size() <= Math.min(limit, mostRecent)
              ? Optional.of(events)
              : Optional.empty();
        });
  }

  @Override
  public Optional<Outcome> outcome(String network, String commandId) {
    return read(
        network,
        view ->
            Optional.ofNullable(view.state().outcomes().get(commandId)).map(Remembered::outcome));
  }

  @Override
  public SortedMap<String, NetworkHead> networks() {
    lock.lock();
    try {
      SortedMap<String, NetworkHead> all = new TreeMap<>();
      networks.forEach((name, n) -> all.put(name, n.head));
      return all;
    } finally {
      lock.unlock();
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the topic has nothing else
  public CompletableFuture<Answer> command(
      String network, String commandId, byte[] record, Duration timeout) {
    if (brokersAreGone) {
      return CompletableFuture.failedFuture(new UnavailableException("no broker answers"));
    }
    if (isUnreadable) {
      return CompletableFuture.failedFuture(
          new UnreadableAnswerException("no such schema", new IllegalArgumentException()));
    }
    if (isSilent) {
      return new CompletableFuture<Answer>().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
    Message<CommandMeta, Command> message =
        (Message<CommandMeta, Command>) codec.decode(Contract.COMMANDS, record);
    CommandMeta meta = message.meta();
    lock.lock();
    try {
      Network n = network(network);
      Decision<Outcome> d = decider.command(n.state, n.head.head(), meta, message.body(), now);
      commit(network, n, d, meta.actor(), meta.reason(), CauseKind.COMMAND, meta.id());
      OutcomeMeta answered =
          new OutcomeMeta(
              meta.id(),
              message.body().getClass().getSimpleName(),
              network,
              now,
              meta.actor(),
              false,
              meta.dryRun());
      return CompletableFuture.completedFuture(new Answer(answered, d.answer()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the topic has nothing else
  public CompletableFuture<Void> report(String network, byte[] record) {
    if (brokersAreGone) {
      return CompletableFuture.failedFuture(new UnavailableException("no broker answers"));
    }
    Message<ReportMeta, Report> message =
        (Message<ReportMeta, Report>) codec.decode(Contract.REPORTS, record);
    lock.lock();
    try {
      Network n = network(network);
      var d = decider.report(n.state, n.head.head(), message.body(), now);
      commit(network, n, d, message.meta().source(), "", CauseKind.REPORT, message.meta().id());
      return CompletableFuture.completedFuture(null);
    } finally {
      lock.unlock();
    }
  }

  private void commit(
      String name,
      Network n,
      Decision<?> d,
      String actor,
      String reason,
      CauseKind kind,
      String cause) {
    d.changes().apply();
    for (Recorded r : d.events()) {
      EventMeta meta =
          new EventMeta(
              name,
              r.header().sequence(),
              r.header().time(),
              n.head.hash(),
              r.digest(),
              actor,
              reason,
              kind,
              cause);
      Message<EventMeta, Event> event = new Message<>(meta, r.event());
      byte[] bytes = codec.encode(Contract.EVENTS, event);
      n.log.add(event);
      n.head =
          new NetworkHead(
              r.header().sequence(),
              r.header().time(),
              r.digest(),
              Sha256.of(bytes, 0, bytes.length));
    }
    committed.signalAll();
  }

  @Override
  public boolean await(String network, Predicate<View> until, Duration timeout) {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (!until.test(new View(network(network).state, network(network).head))) {
        if (left <= 0) {
          return false;
        }
        left = committed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void events(
      String network, long from, boolean follow, BooleanSupplier open, EventSink sink) {
    lock.lock();
    try {
      streams++;
      List<Message<EventMeta, Event>> log = network(network).log;
      int end = log.size();
      int at = (int) Math.min(from - 1, Integer.MAX_VALUE);
      while (open.getAsBoolean() && (follow || at < end)) {
        for (; at < log.size(); at++) {
          sink.accept(log.get(at));
        }
        if (follow) {
          committed.await(20, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams--;
      streamEnded.signalAll();
      lock.unlock();
    }
  }

  /** Waits until no event stream is being read; false if some still are. */
  boolean awaitNoStreams(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (streams > 0) {
        if (left <= 0) {
          return false;
        }
        left = streamEnded.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String notReady() {
    return missing;
  }
}
