package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one thing. That it is not there is a result of the read like any other, never thrown out
 * of it: it too must be committed before it is told, and a read in the middle of a decision must be
 * dropped.
 */
final class Reads {
  private Reads() {}

  /** The answer, with the sequence number it shows. */
  static ObjectNode one(
      AllocatorApi api,
      String network,
      Function<View, @Nullable ObjectNode> reader,
      Supplier<ProblemException> missing) {
    return api.read(
            network,
            view ->
                Optional.ofNullable(reader.apply(view))
                    .map(node -> node.put("sequence", view.head().sequence())))
        .orElseThrow(missing);
  }

  static void answer(
      Context ctx,
      AllocatorApi api,
      String network,
      Function<View, @Nullable ObjectNode> reader,
      Supplier<ProblemException> missing) {
    Answers.ok(ctx, one(api, network, reader, missing));
  }
}
