package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Reads request bodies, up to a limit. */
final class Body {
  /**
   * A client that is cut off while it still sends may never see why: so much is read and dropped.
   */
  private static final long DRAINED = 32L << 20;

  private Body() {}

  /**
   * The body as a JSON object.
   *
   * @param limit bytes
   */
  static ObjectNode json(Context ctx, int limit) {
    String type = ctx.contentType();
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!plain.equals("application/json")) {
      throw new ProblemException(
          Problem.of(
              415,
              "UnsupportedMediaType",
              "the body must be application/json, not '" + Problem.shorten(plain) + "'"));
    }
    return Json.read(bytes(ctx, limit));
  }

  static byte[] bytes(Context ctx, int limit) {
    try (InputStream in = ctx.req().getInputStream()) {
      byte[] body = in.readNBytes(limit + 1);
      if (body.length <= limit) {
        return body;
      }
      drain(in);
      ctx.header("Connection", "close");
      throw tooLarge("the body has more than " + limit + " bytes");
    } catch (IOException e) {
      throw ProblemException.badRequest("the body ended early");
    }
  }

  static ProblemException tooLarge(String detail) {
    return new ProblemException(Problem.of(413, "TooLarge", detail));
  }

  private static void drain(InputStream in) throws IOException {
    byte[] dropped = new byte[1 << 16];
    long left = DRAINED;
    for (int n = 0; n >= 0 && left > 0; left -= n) {
      n = in.read(dropped);
    }
  }
}
