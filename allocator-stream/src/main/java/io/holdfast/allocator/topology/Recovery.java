package io.holdfast.allocator.topology;

import io.holdfast.domain.decide.Answers;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.evolve.Evolver;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.Overlay;
import io.holdfast.wire.BadValueException;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.Sha256;
import io.holdfast.wire.UnreadableException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a partition's stores in step with its event log, which is the truth: folds what they miss,
 * deciding nothing. Stores that are ahead of the log, or that the log does not lead to, are not
 * worked on.
 *
 * <p>It advances in portions, so that no transaction has to hold all of it.
 */
final class Recovery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final long REPORT_EVERY = 100_000;

  private final Codec codec;
  private final Books books;
  private final int partition;
  private final long outcomeKeepMs;
  private final Optional<CommandPlace> answered;
  private final EventLog.@Nullable Portions events;
  private final EventLog.@Nullable Portions outcomes;

  /** The event that the stores end with, until the log has shown it. */
  private @Nullable PartitionHead sought;

  private long folded;
  private boolean done;

  /** The last event of a partition. */
  record PartitionHead(String network, NetworkHead head) {}

  /**
   * Looks how far log and stores are apart.
   *
   * @throws LogDivergedException if the stores are ahead of the log
   */
  Recovery(Codec codec, EventLog log, Books books, int partition, long outcomeKeepMs, long now) {
    this.codec = codec;
    this.books = books;
    this.partition = partition;
    this.outcomeKeepMs = outcomeKeepMs;
    Optional<EventLog.Entry> last = log.lastEvent(partition);
    Optional<EventLog.Entry> outcome = log.lastOutcome(partition);
    this.answered =
        outcome
            .flatMap(EventLog.Entry::command)
            .map(place -> place.before(log.commandsEnd(partition)));
    PartitionHead head = books.partitionHead();
    this.sought = head;
    boolean behind = last.map(event -> head == null || !isAt(event, head)).orElse(false);
    if (head != null && last.isEmpty()) {
      throw ahead(head);
    }
    if (behind) {
      LOG.info("partition {}: the stores are behind the event log; folding", partition);
    }
    events = behind ? log.events(partition, head == null ? 0 : head.head().time()) : null;
    // The answers of the time for which they are remembered, back from the last one.
    outcomes = behind || head == null ? answers(log, outcome, now) : null;
  }

  /** The clock may have been ahead when the last answer was given. */
  private EventLog.@Nullable Portions answers(
      EventLog log, Optional<EventLog.Entry> last, long now) {
    try {
      return last.map(o -> log.outcomes(partition, Math.min(o.timestamp(), now) - outcomeKeepMs))
          .orElse(null);
    } catch (RuntimeException e) {
      if (events != null) {
        events.close();
      }
      throw e;
    }
  }

  /**
   * Where the last command that was answered stands; empty if none was. What is appended from now
   * on comes after it, also where brokers lost the end of the topic.
   */
  Optional<CommandPlace> answered() {
    return answered;
  }

  /** How many events were folded. */
  long folded() {
    return folded;
  }

  /**
   * Does a portion of what is left; true: the stores are in step.
   *
   * @throws LogDivergedException if log and stores do not belong together
   */
  boolean advance(long now) {
    // Answers first: the head stays behind until the last event, so after a crash all is done
    // again.
    if (!done && !remember(now) && !fold()) {
      done = true;
      close();
      if (folded > 0) {
        LOG.info("partition {}: folded {} events; stores and log are in step", partition, folded);
      }
    }
    return done;
  }

  private boolean fold() {
    List<EventLog.Entry> portion = events == null ? List.of() : events.next();
    for (EventLog.Entry entry : portion) {
      PartitionHead head = sought;
      if (head == null) {
        apply(entry);
      } else if (isAt(entry, head)) {
        sought = null;
      }
    }
    if (portion.isEmpty() && events != null && sought != null) {
      throw ahead(sought);
    }
    return !portion.isEmpty();
  }

  private void apply(EventLog.Entry entry) {
    Message<EventMeta, Event> event = event(entry);
    EventMeta meta = event.meta();
    Network network = books.network(meta.network());
    NetworkHead before = network.head();
    if (meta.sequence() != before.sequence() + 1) {
      throw new LogDivergedException(
          where(meta, entry)
              + " follows on event "
              + before.sequence()
              + ": the log has a gap or a repetition");
    }
    if (!meta.previousHash().equals(before.hash())) {
      throw new LogDivergedException(
          where(meta, entry)
              + " names another predecessor than the event before it: the log was changed");
    }
    Overlay overlay = new Overlay(network.state(), before.digest());
    Evolver.apply(overlay, new EventHeader(meta.sequence(), meta.time()), event.body());
    if (overlay.digest() != meta.digest()) {
      throw new LogDivergedException(
          where(meta, entry)
              + " does not lead to the state it records: the fold has changed, or the stores have");
    }
    Sha256 hash = Sha256.ofEvent(entry.value());
    books.advance(
        network, NetworkHead.of(new Head(meta.sequence(), meta.time(), meta.digest()), hash));
    overlay.apply();
    if (++folded % REPORT_EVERY == 0) {
      LOG.info("partition {}: {} events folded", partition, folded);
    }
  }

  @SuppressWarnings("unchecked") // the events topic has nothing but event messages
  private Message<EventMeta, Event> event(EventLog.Entry entry) {
    try {
      return (Message<EventMeta, Event>) codec.decode(Contract.EVENTS, entry.value());
    } catch (UnreadableException | BadValueException e) {
      throw new LogDivergedException(
          "partition "
              + partition
              + ": the event at offset "
              + entry.offset()
              + " cannot be read: "
              + e.getMessage());
    }
  }

  private static String where(EventMeta meta, EventLog.Entry entry) {
    return "event "
        + meta.sequence()
        + " of network "
        + meta.network()
        + " (offset "
        + entry.offset()
        + ")";
  }

  /**
   * An answer that was given is given again. It is remembered from now on: who asks again may do so
   * however long the machine was off.
   */
  private boolean remember(long now) {
    List<EventLog.Entry> portion = outcomes == null ? List.of() : outcomes.next();
    for (EventLog.Entry entry : portion) {
      try {
        remember(codec.decode(Contract.OUTCOMES, entry.value()), now);
      } catch (UnreadableException | BadValueException e) {
        LOG.warn(
            "partition {}: the outcome at offset {} cannot be read and is not given again: {}",
            partition,
            entry.offset(),
            e.getMessage());
      }
    }
    return !portion.isEmpty();
  }

  private void remember(Object message, long now) {
    if (message instanceof Message<?, ?>(OutcomeMeta meta, Outcome outcome)
        && !meta.dryRun()
        && Decider.isCommandId(meta.commandId())) {
      // A moment before anything that is decided here: it is committed, queries may show it. The
      // network's time may be ahead of the clock.
      Answers.remember(
          books.network(meta.network()).state(),
          meta.commandId(),
          outcome,
          Math.max(now, meta.time()) - 1,
          outcomeKeepMs);
    }
  }

  private boolean isAt(EventLog.Entry entry, PartitionHead head) {
    EventMeta meta = event(entry).meta();
    return meta.network().equals(head.network())
        && meta.sequence() == head.head().sequence()
        && Sha256.ofEvent(entry.value()).equals(head.head().hash());
  }

  private LogDivergedException ahead(PartitionHead head) {
    return new LogDivergedException(
        "partition "
            + partition
            + ": the stores end with event "
            + head.head().sequence()
            + " of network "
            + head.network()
            + ", which the event log does not have. Was the topic cut or replaced? Nothing is decided on this state");
  }

  @Override
  public void close() {
    if (events != null) {
      events.close();
    }
    if (outcomes != null) {
      outcomes.close();
    }
  }
}
