package io.holdfast.allocator.topology;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.wire.CauseKind;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes decided events as the log has them: with their place, their cause, and the hash of the one
 * before.
 */
final class Ledger {
  private final Codec codec;

  Ledger(Codec codec) {
    this.codec = codec;
  }

  /** Why events happened: for their meta. */
  record Cause(CauseKind kind, String id, String actor, String reason) {
    static final Cause TIMER = new Cause(CauseKind.TIMER, "", "timer", "");
  }

  /** An event as bytes. */
  record Line(long sequence, long time, byte[] bytes, Sha256 hash) {}

  /** The events as they follow on {@code before}. */
  List<Line> write(String network, NetworkHead before, List<Recorded> events, Cause cause) {
    List<Line> lines = new ArrayList<>(events.size());
    Sha256 previous = before.hash();
    for (Recorded event : events) {
      EventMeta meta =
          new EventMeta(
              network,
              event.header().sequence(),
              event.header().time(),
              previous,
              event.digest(),
              cause.actor(),
              cause.reason(),
              cause.kind(),
              cause.id());
      byte[] bytes = codec.encode(Contract.EVENTS, new Message<>(meta, event.event()));
      previous = Sha256.ofEvent(bytes);
      lines.add(new Line(meta.sequence(), meta.time(), bytes, previous));
    }
    return lines;
  }
}
