package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Revisions as entity tags (RFC 9110, 8.8.3): what is read has one, a command may ask for it. */
final class Revision {
  private static final Pattern TAG = Pattern.compile("\\s*\"(\\d{1,18})\"\\s*");

  private Revision() {}

  /** Answers with a thing and the revision it has. */
  static void answer(Context ctx, ObjectNode node) {
    ctx.header("ETag", "\"" + node.path("revision").asLong() + "\"");
    Answers.ok(ctx, node);
  }

  /** What a command makes its condition; null if it makes none. */
  static @Nullable Long asked(Context ctx) {
    String text = ctx.header("If-Match");
    if (text == null) {
      return null;
    }
    Matcher tag = TAG.matcher(text);
    if (!tag.matches()) {
      throw ProblemException.invalid(
          "If-Match", text, "one revision in quotes, as in an ETag: \"17\"");
    }
    return Long.parseLong(tag.group(1));
  }
}
