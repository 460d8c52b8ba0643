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
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Hands records to the sinks. All of it joins the transaction of the input. */
final class Outbox {
  static final String EVENTS = "events";
  static final String OUTCOMES = "outcomes";
  static final String DEAD_LETTERS = "dead-letters";
  static final String COMMANDS_FORWARD = "commands-forward";
  static final String REPORTS_FORWARD = "reports-forward";

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

  void outcome(String network, OutcomeMeta meta, Outcome outcome) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Headers.COMMAND, Headers.text(meta.commandId()));
    byte[] value = codec.encode(Contract.OUTCOMES, new Message<>(meta, outcome));
    context.forward(
        new Record<>(network.getBytes(StandardCharsets.UTF_8), value, meta.time(), headers),
        OUTCOMES);
  }

  void deadLetter(
      RecordMetadata at, Record<byte[], byte[]> record, long now, Fault fault, String message) {
    DeadLetter letter =
        new DeadLetter(
            at.topic(),
            at.partition(),
            at.offset(),
            now,
            fault.name(),
            message,
            record.key() == null ? null : ByteBuffer.wrap(record.key()),
            record.value() == null ? null : ByteBuffer.wrap(record.value()));
    byte[] value = codec.encode(Contract.DEAD_LETTERS, letter);
    context.forward(new Record<>(record.key(), value, now), DEAD_LETTERS);
  }

  /** Sends a record to the partition of its key, marked so that it is not sent on again. */
  void forward(RecordMetadata at, Record<byte[], byte[]> record) {
    RecordHeaders headers = new RecordHeaders(record.headers());
    headers.add(Headers.FORWARDED, Headers.text(at.partition() + "/" + at.offset()));
    String sink = at.topic().equals(Contract.COMMANDS) ? COMMANDS_FORWARD : REPORTS_FORWARD;
    context.forward(record.withHeaders(headers), sink);
  }
}
