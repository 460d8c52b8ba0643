package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.Answer;
import io.holdfast.allocator.service.AllocatorApi.UnavailableException;
import io.holdfast.allocator.service.AllocatorApi.UnreadableAnswerException;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Commands. Any instance takes them for any network: they go to the brokers, and the committed
 * answer comes from there.
 */
final class CommandResource {
  private static final int LIMIT = 1 << 20;
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final AllocatorApi api;
  private final Recorder recorder;
  private final Duration timeout;

  CommandResource(AllocatorApi api, Codec codec, Duration timeout) {
    this.api = api;
    this.recorder = new Recorder(codec, Contract.COMMANDS, "command");
    this.timeout = timeout;
  }

  void routes(RoutesConfig routes) {
    routes.post("/v1/networks/{network}/commands/{command}", this::post);
  }

  /** The id that a client chose, else a new one. */
  static String id(Context ctx) {
    String id = ctx.header("Idempotency-Key");
    if (id == null) {
      return UUID.randomUUID().toString();
    }
    if (!ID.matcher(id).matches()) {
      throw ProblemException.invalid(
          "Idempotency-Key", id, "1 to 128 visible ASCII characters, unique per command");
    }
    return id;
  }

  private void post(Context ctx) throws InterruptedException {
    Contract.Type type = recorder.type(ctx.pathParam("command"));
    Map<String, Object> meta = meta(ctx);
    ObjectNode fields = Body.json(ctx, LIMIT);
    send(ctx, meta, recorder.record(type, meta, fields));
  }

  /** What a command carries beside its own fields, from the request's headers. */
  static Map<String, Object> meta(Context ctx) {
    Params.only(ctx, "dryRun");
    Map<String, Object> meta = new HashMap<>();
    meta.put("id", id(ctx));
    meta.put("actor", HeaderText.of(ctx, "Holdfast-Actor", "http"));
    meta.put("reason", HeaderText.of(ctx, "Holdfast-Reason", ""));
    meta.put("dryRun", Params.flag(ctx, "dryRun", false));
    Long ifRevision = Revision.asked(ctx);
    if (ifRevision != null) {
      meta.put("ifRevision", ifRevision);
    }
    return meta;
  }

  /** Produces a command, and answers with its outcome. */
  void send(Context ctx, Map<String, Object> meta, byte[] record) throws InterruptedException {
    String network = Params.network(ctx);
    String id = String.valueOf(meta.get("id"));
    answer(
        ctx,
        id,
        Boolean.TRUE.equals(meta.get("dryRun")),
        api.command(network, id, record, timeout));
  }

  private void answer(Context ctx, String id, boolean dryRun, CompletableFuture<Answer> outcome)
      throws InterruptedException {
    try {
      OutcomeJson.write(ctx, id, outcome.get().outcome(), dryRun ? 200 : 201);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case TimeoutException t ->
            Problem.of(
                    504,
                    "NoOutcome",
                    "no outcome within "
                        + timeout.toMillis()
                        + " ms; the command may still be executed: ask for its outcome, or repeat it"
                        + " with the same Idempotency-Key")
                .write(ctx, Map.of("commandId", id));
        case UnavailableException u ->
            Problem.unavailable("the command was not accepted for delivery: " + u.getMessage())
                .write(ctx, Map.of("commandId", id));
        case UnreadableAnswerException u ->
            Problem.of(
                    500,
                    "OutcomeUnreadable",
                    "the command was decided, and its outcome in the log cannot be read here: ask for"
                        + " its outcome")
                .write(ctx, Map.of("commandId", id));
        case RuntimeException r -> throw r;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
