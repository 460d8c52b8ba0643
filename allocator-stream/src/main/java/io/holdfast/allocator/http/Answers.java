package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;

/** Answers that are no problems. */
final class Answers {
  private Answers() {}

  static void ok(Context ctx, ObjectNode node) {
    write(ctx, 200, node);
  }

  static void write(Context ctx, int status, ObjectNode node) {
    ctx.status(status).contentType("application/json").header("Cache-Control", "no-store");
    ctx.result(Json.bytes(node));
  }
}
