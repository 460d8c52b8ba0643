package io.holdfast.wire;

import io.holdfast.domain.outcome.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * A message that follows its schema but holds a value that a field's type does not allow, for
 * example an address that is none. If its meta could be read, its sender can be answered. The value
 * may be of any length: it is cut, see {@link Excerpt}.
 */
public final class BadValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String value;
  private final String allowed;
  private final @Nullable String record;
  private final transient @Nullable Object meta;

  BadValueException(
      String field, String value, String allowed, @Nullable String record, @Nullable Object meta) {
    super(field + " is '" + Excerpt.of(value, Excerpt.VALUE) + "'; allowed: " + allowed);
    this.field = field;
    this.value = Excerpt.of(value, Excerpt.VALUE);
    this.allowed = allowed;
    this.record = record;
    this.meta = meta;
  }

  /** The same fault, seen from the record around it. */
  BadValueException within(String outer, @Nullable String outerRecord, @Nullable Object outerMeta) {
    String path =
        field.isEmpty() ? outer : field.startsWith("[") ? outer + field : outer + "." + field;
    return new BadValueException(path, value, allowed, outerRecord, outerMeta);
  }

  public String field() {
    return field;
  }

  public String value() {
    return value;
  }

  public String allowed() {
    return allowed;
  }

  /** Simple name of the message's schema, if it was a message. */
  public @Nullable String record() {
    return record;
  }

  /** The message's meta, if it was read before the fault. */
  public @Nullable Object meta() {
    return meta;
  }
}
