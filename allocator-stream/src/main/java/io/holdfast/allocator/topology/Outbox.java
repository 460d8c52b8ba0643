package io.holdfast.allocator.topology;

import io.holdfast.domain.outcome.Excerpt;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.DeadLetter;
import io.holdfast.wire.Message;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.UnreadableException.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Hands records to the sinks. All of it joins the transaction of the input. */
final class Outbox {
  static final String EVENTS = "events";
  static final String OUTCOMES = "outcomes";
  static final String DEAD_LETTERS = "dead-letters";
  static final String COMMANDS_FORWARD = "commands-forward";
  static final String REPORTS_FORWARD = "reports-forward";

  /** What dead letters say is wrong, UTF-16 characters at most. */
  private static final int DEAD_MESSAGE = 4_000;

  private final ProcessorContext<byte[], byte[]> context;
  private final Codec codec;
  private final Uuid commandsTopic;
  private final CommitPace pace;
  private @Nullable Cancellable tick;
  private long waitedMs;

  Outbox(ProcessorContext<byte[], byte[]> context, TopologyParts parts) {
    this.context = context;
    this.codec = parts.codec();
    this.commandsTopic = parts.commandsTopic();
    this.pace = parts.pace();
  }

  private void send(Record<byte[], byte[]> record, String sink) {
    context.forward(record, sink);
    pace.sent(waitedMs);
    if (tick == null) {
      tick = context.schedule(pace.interval(), PunctuationType.WALL_CLOCK_TIME, now -> tick());
    }
  }

  /**
   * What is sent from here on follows from this.
   *
   * @param time of the record, or when a deadline was looked at; epoch milliseconds
   */
  void follows(long time) {
    waitedMs = context.currentSystemTimeMs() - time;
  }

  /** Has what was sent committed, if it is time to. */
  void settle() {
    if (pace.isTime()) {
      context.commit();
    }
  }

  /** When nothing more comes. A tick costs a task a commit of its own: there is none at rest. */
  private void tick() {
    settle();
    if (!pace.isOpen()) {
      close();
    }
  }

  /** No more ticks. */
  void close() {
    if (tick != null) {
      tick.cancel();
      tick = null;
    }
  }

  void event(byte[] key, Ledger.Line line) {
    send(record(key, line), EVENTS);
  }

  private static Record<byte[], byte[]> record(byte[] key, Ledger.Line line) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.SEQUENCE, Headers.number(line.sequence()));
    return new Record<>(key, line.bytes(), line.time(), headers);
  }

  /** Bytes that the events' topic must take for the event. */
  static long bytes(byte[] key, Ledger.Line line) {
    return RecordBytes.written(record(key, line));
  }

  /** An outcome as bytes. */
  record Answer(Record<byte[], byte[]> record) {
    /** Bytes that the outcomes' topic must take for it. */
    long bytes() {
      return RecordBytes.written(record);
    }
  }

  Answer answer(Incoming command, OutcomeMeta meta, Outcome outcome) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.COMMAND, Headers.text(meta.commandId()));
    headers.add(Headers.COMMAND_PLACE, Headers.place(command.place(commandsTopic)));
    byte[] value = codec.encode(Contract.OUTCOMES, new Message<>(meta, outcome));
    return new Answer(
        new Record<>(meta.network().getBytes(StandardCharsets.UTF_8), value, meta.time(), headers));
  }

  void send(Answer answer) {
    send(answer.record(), OUTCOMES);
  }

  /**
   * The record as it is given here: byte for byte, or its beginning if it was too large. The
   * message may quote a value, and is cut.
   */
  void deadLetter(Incoming record, Fault fault, String message) {
    // Not the network's time: a broker refuses what is more than an hour ahead of its clock.
    long now = context.currentSystemTimeMs();
    DeadLetter letter =
        new DeadLetter(
            record.topic(),
            record.partition(),
            record.offset(),
            now,
            fault.name(),
            Excerpt.of(message, DEAD_MESSAGE),
            record.key() == null ? null : ByteBuffer.wrap(record.key()),
            record.value() == null ? null : ByteBuffer.wrap(record.value()));
    byte[] bytes = codec.encode(Contract.DEAD_LETTERS, letter);
    send(new Record<>(record.key(), bytes, now), DEAD_LETTERS);
  }

  /** The record as it is sent on: marked, so that it is not sent on again. */
  static Record<byte[], byte[]> marked(Incoming at, Record<byte[], byte[]> record) {
    RecordHeaders headers = new RecordHeaders(record.headers());
    headers.add(Headers.FORWARDED, Headers.text(at.partition() + "/" + at.offset()));
    return record.withHeaders(headers);
  }

  /** Sends a marked record to the partition of its key. */
  void forward(String topic, Record<byte[], byte[]> marked) {
    send(marked, topic.equals(Contract.COMMANDS) ? COMMANDS_FORWARD : REPORTS_FORWARD);
  }
}
