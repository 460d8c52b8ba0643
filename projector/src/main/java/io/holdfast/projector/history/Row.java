package io.holdfast.projector.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row in the making. Sequence numbers of 0 stand for: not yet. */
public final class Row {
  private final Change.Begin begin;
  private final Moment from;
  private @Nullable Moment to;
  private @Nullable Moment gone;
  private String toNote = "";
  private String goneNote = "";

  /**
   * The event that did something.
   *
   * @param at epoch milliseconds
   */
  public record Moment(long sequence, long at) {}

  public Row(Change.Begin begin, Moment from) {
    this.begin = begin;
    this.from = from;
  }

  public void end(Moment at, String note) {
    if (to == null) {
      to = at;
      toNote = note;
    }
  }

  public void gone(Moment at, String note) {
    end(at, note);
    gone = at;
    goneNote = note;
  }

  public String item() {
    return begin.item();
  }

  public List<@Nullable Object> values() {
    return begin.values();
  }

  public Moment from() {
    return from;
  }

  public @Nullable Moment to() {
    return to;
  }

  public @Nullable Moment gone() {
    return gone;
  }

  public String toNote() {
    return toNote;
  }

  public String goneNote() {
    return goneNote;
  }
}
