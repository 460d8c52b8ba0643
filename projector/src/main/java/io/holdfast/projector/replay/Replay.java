package io.holdfast.projector.replay;

import io.holdfast.projector.log.Entry;
import io.holdfast.projector.log.LogScan;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Folds one network straight from the log. */
public final class Replay {
  private final LogScan log;

  public Replay(LogScan log) {
    this.log = log;
  }

  /**
   * Where to stop: after the event with a number, or after the last one with a time up to and
   * including an instant.
   */
  public record Until(@Nullable Long sequence, @Nullable Instant time) {
    public static final Until END = new Until(null, null);

    /**
     * @throws IllegalArgumentException if it is neither
     */
    public static Until parse(String text) {
      if (text.matches("[0-9]{1,18}")) {
        return new Until(Long.valueOf(text), null);
      }
      try {
        return new Until(null, java.time.OffsetDateTime.parse(text).toInstant());
      } catch (java.time.DateTimeException e) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is neither a sequence number nor a time with a zone,"
                + " for example 2026-11-21T14:00:00Z",
            e);
      }
    }

    boolean isPast(Entry.OfEvent e) {
      return (sequence != null && e.meta().sequence() > sequence)
          || (time != null && e.meta().time() > time.toEpochMilli());
    }
  }

  /** The network as it was then; its {@link Folding#fault()} says whether the log is in order. */
  public Folding run(String network, Until until, LogScan.Progress progress) {
    Folding folding = new Folding(network, false);
    log.events(
        Optional.of(network),
        progress,
        entry -> {
          boolean past = entry instanceof Entry.OfEvent e && until.isPast(e);
          return !past && folding.take(entry);
        });
    folding.end();
    return folding;
  }
}
