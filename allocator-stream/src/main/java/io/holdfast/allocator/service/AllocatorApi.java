package io.holdfast.allocator.service;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.state.State;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.OutcomeMeta;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the HTTP layer may ask of a running allocator. Thread-safe. */
public interface AllocatorApi {

  /** Where a network's state is kept. */
  sealed interface Place {
    /** On this instance. */
    record Here() implements Place {}

    /** On another instance: base URL of its HTTP API. */
    record There(URI url) implements Place {}

    /** Nowhere at the moment: instances are starting, or work is being moved between them. */
    record Moving(String why) implements Place {}
  }

  Place locate(String network);

  /** A network's state and how far its log has got. Readable only while the reader runs. */
  record View(State state, NetworkHead head) {}

  /**
   * Reads a network that is here, and returns what the reader made of it once all that it can have
   * seen is committed. A network without events is empty, with {@link NetworkHead#START}.
   *
   * @throws UnavailableException if the network is not here (any more), or its log does not commit
   *     in time
   */
  <T> T read(String network, Function<View, T> reader);

  /**
   * The committed answer to a command of a network that is here; empty if none is remembered.
   *
   * @throws UnavailableException as for {@link #read}
   */
  Optional<Outcome> outcome(String network, String commandId);

  /** The networks kept here, by name, as far as their logs are committed. */
  SortedMap<String, NetworkHead> networks();

  /** Base URLs of the HTTP APIs of the other instances; each keeps networks of its own. */
  default List<URI> others() {
    return List.of();
  }

  /** A committed answer to a command. */
  record Answer(OutcomeMeta meta, Outcome outcome) {}

  /**
   * Produces a command (Confluent wire format) for a network and completes with its committed
   * outcome. Completes exceptionally with {@link UnavailableException} if the brokers cannot be
   * reached, with {@link java.util.concurrent.TimeoutException} if no outcome came in time, and
   * with {@link UnreadableAnswerException} if what came cannot be read.
   */
  CompletableFuture<Answer> command(
      String network, String commandId, byte[] record, Duration timeout);

  /** Produces a report; completes when the brokers have it. */
  CompletableFuture<Void> report(String network, byte[] record);

  /**
   * Waits until a predicate holds for a network that is here, looking again after each of its
   * commits; false if it did not within the time.
   */
  boolean await(String network, Predicate<View> until, Duration timeout);

  /**
   * Hands a network's committed events to the sink in order of their sequence numbers, from {@code
   * from} on. Returns at the present end, which has what was answered before, or, if {@code
   * follow}, when {@code open} says false.
   */
  void events(String network, long from, boolean follow, BooleanSupplier open, EventSink sink);

  /**
   * The committed events after a sequence number, if they are known without reading the log; empty
   * if they are not, or are more than {@code limit}. What {@link #read} has shown is among them.
   */
  Optional<List<Event>> recent(String network, long after, int limit);

  /** Takes committed events. */
  @FunctionalInterface
  interface EventSink {
    void accept(Message<EventMeta, Event> event);
  }

  /** What is missing before this instance can answer; empty: ready. */
  String notReady();

  /** The state cannot be asked now; asking again later, or another instance, may help. */
  final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
      super(message);
    }

    public UnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The command was answered, and the answer in the log makes no sense to this instance. */
  final class UnreadableAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableAnswerException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
