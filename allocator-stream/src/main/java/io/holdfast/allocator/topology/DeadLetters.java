package io.holdfast.allocator.topology;

import io.holdfast.domain.decide.Disposition;
import io.holdfast.wire.UnreadableException.Fault;
import java.util.List;

/** What becomes of records that cannot be used: a dead letter each, and a count. */
final class DeadLetters {
  /** So many bytes of the key and the value of a record that is too large are kept. */
  private static final int CUT = 16 << 10;

  private final SizeLimits limits;
  private final Outbox outbox;
  private final Meters meters;

  DeadLetters(SizeLimits limits, Outbox outbox, Meters meters) {
    this.limits = limits;
    this.outbox = outbox;
    this.meters = meters;
  }

  void send(Incoming record, Fault fault, String message) {
    meters.deadLetter(record.topic(), fault.name());
    outbox.deadLetter(record, fault, message);
  }

  void invalid(Incoming record, Disposition.Invalid why) {
    send(record, Fault.Value, why.field() + " is '" + why.value() + "'; allowed: " + why.allowed());
  }

  /**
   * A record that its topic would not take.
   *
   * @param what is too large, and how large it is
   */
  void tooLarge(Incoming record, String what) {
    send(
        record.cut(CUT),
        Fault.Size,
        what
            + ", and when this instance started "
            + record.topic()
            + " allowed "
            + limits.of(record.topic())
            + "; only its beginning is here");
  }

  /**
   * Whether our topics take all that follows from a record. What they refused would be tried again
   * for ever: if they do not take it, the record is a dead letter, and nothing follows from it.
   *
   * @param key of the events
   * @param answer bytes that its answer takes; 0 if it gets none
   */
  boolean fits(Incoming record, byte[] key, List<Ledger.Line> lines, long answer) {
    long most = answer;
    for (Ledger.Line line : lines) {
      most = Math.max(most, Outbox.bytes(key, line));
    }
    if (most <= limits.own()) {
      return true;
    }
    send(
        record.cut(CUT),
        Fault.Size,
        "an event or the answer that follows from it has up to "
            + most
            + " bytes, and when this instance started our topics allowed "
            + limits.own()
            + "; nothing was changed, and only its beginning is here");
    return false;
  }
}
