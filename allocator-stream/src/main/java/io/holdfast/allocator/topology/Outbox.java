package io.holdfast.allocator.topology;

import io.holdfast.domain.outcome.Outcome;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.DeadLetter;
import io.holdfast.wire.Message;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.UnreadableException.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands records to the sinks. All of it joins the transaction of the input. */
final class Outbox {
  static final String EVENTS = "events";
  static final String OUTCOMES = "outcomes";
  static final String DEAD_LETTERS = "dead-letters";
  static final String COMMANDS_FORWARD = "commands-forward";
  static final String REPORTS_FORWARD = "reports-forward";

  private static final int DEAD_MESSAGE_CHARS = 4_000;

  private final ProcessorContext<byte[], byte[]> context;
  private final Codec codec;

  Outbox(ProcessorContext<byte[], byte[]> context, Codec codec) {
    this.context = context;
    this.codec = codec;
  }

  void event(byte[] key, Ledger.Line line) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.SEQUENCE, Headers.number(line.sequence()));
    context.forward(new Record<>(key, line.bytes(), line.time(), headers), EVENTS);
  }

  /** An outcome as bytes. */
  record Answer(Record<byte[], byte[]> record) {}

  Answer answer(Incoming command, OutcomeMeta meta, Outcome outcome) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.COMMAND, Headers.text(meta.commandId()));
    headers.add(Headers.COMMAND_PLACE, Headers.place(command.place()));
    byte[] value = codec.encode(Contract.OUTCOMES, new Message<>(meta, outcome));
    return new Answer(
        new Record<>(meta.network().getBytes(StandardCharsets.UTF_8), value, meta.time(), headers));
  }

  void send(Answer answer) {
    context.forward(answer.record(), OUTCOMES);
  }

  /** The record byte for byte; the message may quote a value, and is cut. */
  void deadLetter(Incoming record, long now, Fault fault, String message) {
    DeadLetter letter =
        new DeadLetter(
            record.topic(),
            record.partition(),
            record.offset(),
            now,
            fault.name(),
            message.length() > DEAD_MESSAGE_CHARS
                ? message.substring(0, DEAD_MESSAGE_CHARS) + " ..."
                : message,
            record.key() == null ? null : ByteBuffer.wrap(record.key()),
            record.value() == null ? null : ByteBuffer.wrap(record.value()));
    byte[] bytes = codec.encode(Contract.DEAD_LETTERS, letter);
    context.forward(new Record<>(record.key(), bytes, now), DEAD_LETTERS);
  }

  /** Sends a record to the partition of its key, marked so that it is not sent on again. */
  void forward(Incoming at, Record<byte[], byte[]> record) {
    RecordHeaders headers = new RecordHeaders(record.headers());
    headers.add(Headers.FORWARDED, Headers.text(at.partition() + "/" + at.offset()));
    String sink = at.topic().equals(Contract.COMMANDS) ? COMMANDS_FORWARD : REPORTS_FORWARD;
    context.forward(record.withHeaders(headers), sink);
  }
}
