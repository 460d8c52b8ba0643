package io.holdfast.projector.query;

import org.jspecify.annotations.Nullable;

/** A question that makes no sense, or is about nothing there is. */
public final class AuditFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final @Nullable String field;
  private final @Nullable String value;
  private final @Nullable String allowed;

  private AuditFault(
      int status,
      String code,
      String message,
      @Nullable String field,
      @Nullable String value,
      @Nullable String allowed) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.value = value;
    this.allowed = allowed;
  }

  public static AuditFault invalid(String field, @Nullable String value, String allowed) {
    String said = value == null ? "missing" : "'" + value + "'";
    return new AuditFault(
        422, "Invalid", field + " is " + said + "; allowed: " + allowed, field, value, allowed);
  }

  public static AuditFault unknown(String code, String message) {
    return new AuditFault(404, code, message, null, null, null);
  }

  /** As an HTTP status. */
  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public @Nullable String field() {
    return field;
  }

  public @Nullable String value() {
    return value;
  }

  public @Nullable String allowed() {
    return allowed;
  }
}
