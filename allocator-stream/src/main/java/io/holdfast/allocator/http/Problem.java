package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error answer (RFC 9457).
 *
 * @param code for programs; also the title
 * @param detail for people
 * @param field what is at fault, or null
 * @param value what it held, or null
 * @param allowed what would be allowed, or null
 * @param retry whether asking again soon may help
 */
record Problem(
    int status,
    String code,
    String detail,
    @Nullable String field,
    @Nullable String value,
    @Nullable String allowed,
    boolean retry) {
  static final String TYPE = "application/problem+json";
  private static final int SHOWN = 200;

  static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, null, null, null, false);
  }

  /** Asking again, or another instance, may help. */
  static Problem unavailable(String detail) {
    return new Problem(503, "Unavailable", detail, null, null, null, true);
  }

  static Problem invalid(String field, @Nullable String value, String allowed) {
    String shown = value == null ? null : shorten(value);
    return new Problem(
        422,
        "Invalid",
        field + (shown == null ? " is missing" : " is '" + shown + "'") + "; allowed: " + allowed,
        field,
        shown == null ? "" : shown,
        allowed,
        false);
  }

  static String shorten(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("type", "about:blank").put("title", code).put("status", status);
    node.put("detail", detail).put("code", code);
    Json.putText(node, "field", field);
    Json.putText(node, "value", value);
    Json.putText(node, "allowed", allowed);
    return node;
  }

  void write(Context ctx) {
    write(ctx, json());
  }

  /** With more members, as in {@code extra}. */
  void write(Context ctx, Map<String, String> extra) {
    ObjectNode node = json();
    extra.forEach(node::put);
    write(ctx, node);
  }

  private void write(Context ctx, ObjectNode node) {
    if (retry) {
      ctx.header("Retry-After", "1");
    }
    write(ctx, status, node);
  }

  static void write(Context ctx, int status, ObjectNode node) {
    ctx.status(status).contentType(TYPE).header("Cache-Control", "no-store");
    ctx.result(Json.bytes(node));
  }
}
