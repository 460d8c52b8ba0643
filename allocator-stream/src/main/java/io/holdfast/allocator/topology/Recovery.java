package io.holdfast.allocator.topology;

import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.evolve.Evolver;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.Overlay;
import io.holdfast.wire.CauseKind;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.PartitionHead;
import io.holdfast.wire.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a partition's stores in step with its event log, which is the truth: folds what they miss,
 * deciding nothing. Stores that are ahead of the log, or that the log does not lead to, are not
 * worked on.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final long FIRST_LOOK_BACK = 1_000;

  private final Codec codec;
  private final EventLog log;
  private final Books books;
  private final int partition;
  private final long outcomeKeepMs;
  private final long now;

  Recovery(Codec codec, EventLog log, Books books, int partition, long outcomeKeepMs, long now) {
    this.codec = codec;
    this.log = log;
    this.books = books;
    this.partition = partition;
    this.outcomeKeepMs = outcomeKeepMs;
    this.now = now;
  }

  /**
   * Returns how many events were folded.
   *
   * @throws LogDivergedException if log and stores do not belong together
   */
  long run() {
    PartitionHead head = books.partitionHead();
    Optional<EventLog.Entry> last = log.lastEvent(partition);
    if (last.isEmpty()) {
      if (head != null) {
        throw ahead(head);
      }
      return 0;
    }
    if (head != null && isAt(last.get(), head)) {
      return 0;
    }
    long from = head == null ? 0 : after(head, last.get().offset());
    LOG.info(
        "partition {}: the stores are behind the event log; folding from offset {}",
        partition,
        from);
    long since = last.get().timestamp() - outcomeKeepMs;
    long folded = fold(from, since);
    log.outcomes(partition, since, this::remember);
    LOG.info("partition {}: folded {} events; stores and log are in step", partition, folded);
    return folded;
  }

  private long fold(long from, long since) {
    AtomicLong count = new AtomicLong();
    Answers answers = new Answers(since, now + outcomeKeepMs);
    log.events(
        partition,
        from,
        entry -> {
          apply(entry, answers);
          if (count.incrementAndGet() % 100_000 == 0) {
            LOG.info("partition {}: {} events folded", partition, count);
          }
          return true;
        });
    answers.flush();
    return count.get();
  }

  @SuppressWarnings("unchecked") // the events topic has nothing but event messages
  private void apply(EventLog.Entry entry, Answers answers) {
    Message<EventMeta, Event> event =
        (Message<EventMeta, Event>) codec.decode(Contract.EVENTS, entry.value());
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
    Sha256 hash = Ledger.hash(entry.value());
    books.advance(
        network, NetworkHead.of(new Head(meta.sequence(), meta.time(), meta.digest()), hash));
    overlay.apply();
    answers.take(network, meta, event.body());
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
   * An answer that was given is given again, also when its command had no events. It is remembered
   * from now on: the commands may be about to be read again, however long the machine was off.
   */
  private boolean remember(EventLog.Entry entry) {
    if (codec.decode(Contract.OUTCOMES, entry.value())
            instanceof Message<?, ?>(OutcomeMeta meta, Outcome outcome)
        && !meta.dryRun()
        && Decider.isCommandId(meta.commandId())) {
      Decider.remember(
          books.network(meta.network()).state(), meta.commandId(), outcome, now + outcomeKeepMs);
    }
    return true;
  }

  private boolean isAt(EventLog.Entry entry, PartitionHead head) {
    return sequence(entry, head).orElse(-1) == head.sequence()
        && Ledger.hash(entry.value()).equals(head.hash());
  }

  private OptionalLong sequence(EventLog.Entry entry, PartitionHead head) {
    return codec.decode(Contract.EVENTS, entry.value())
                instanceof Message<?, ?>(EventMeta meta, Object body)
            && meta.network().equals(head.network())
        ? OptionalLong.of(meta.sequence())
        : OptionalLong.empty();
  }

  /** The offset after the event that the stores end with, sought backwards from the log's end. */
  private long after(PartitionHead head, long end) {
    for (long back = FIRST_LOOK_BACK; ; back *= 8) {
      long from = Math.max(0, end - back);
      AtomicLong found = new AtomicLong(-1);
      log.events(
          partition,
          from,
          entry -> {
            if (isAt(entry, head)) {
              found.set(entry.offset());
            }
            return found.get() < 0;
          });
      if (found.get() >= 0) {
        return found.get() + 1;
      }
      if (from == 0) {
        throw ahead(head);
      }
    }
  }

  private LogDivergedException ahead(PartitionHead head) {
    return new LogDivergedException(
        "partition "
            + partition
            + ": the stores end with event "
            + head.sequence()
            + " of network "
            + head.network()
            + ", which the event log does not have. Was the topic cut or replaced? Nothing is decided on this state");
  }

  /** Rebuilds accepted answers from the events that their commands led to. */
  private static final class Answers {
    private final long since;
    private final long until;
    private @Nullable Network network;
    private @Nullable EventMeta first;
    private long last;
    private final List<Grant> grants = new ArrayList<>();

    Answers(long since, long until) {
      this.since = since;
      this.until = until;
    }

    void take(Network from, EventMeta meta, Event event) {
      if (first == null || !first.cause().equals(meta.cause()) || !from.equals(network)) {
        flush();
        if (meta.causeKind() != CauseKind.COMMAND || meta.time() < since) {
          return;
        }
        network = from;
        first = meta;
      }
      last = meta.sequence();
      if (event instanceof Event.EipAllocated e) {
        grants.add(new Grant(e.ip(), e.tenure(), e.pool()));
      }
    }

    void flush() {
      if (network != null && first != null) {
        Decider.remember(
            network.state(), first.cause(), new Outcome.Accepted(grants, true, last), until);
      }
      network = null;
      first = null;
      grants.clear();
    }
  }
}
