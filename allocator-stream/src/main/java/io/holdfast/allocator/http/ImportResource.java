package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Brings a network in, as NDJSON or CSV, and out. Every line is checked, and all that is wrong is
 * said at once, with its line; then all lines are one command.
 */
final class ImportResource {
  private static final int LIMIT = 8 << 20;
  private static final int NAMED = 1_000;

  private final AllocatorApi api;
  private final CommandResource commands;
  private final Recorder recorder;
  private final Contract.Type type;
  private final LineKinds kinds;

  ImportResource(AllocatorApi api, Codec codec, CommandResource commands) {
    this.api = api;
    this.commands = commands;
    this.recorder = new Recorder(codec, Contract.COMMANDS, "command");
    this.type = recorder.type("ImportNetwork");
    this.kinds = new LineKinds(type.schema());
  }

  void routes(RoutesConfig routes, Gate gate) {
    routes.post("/v1/networks/{network}/import", this::post);
    routes.get("/v1/networks/{network}/export", gate.to(this::export));
  }

  private void post(Context ctx) throws InterruptedException {
    Map<Integer, Problem> wrong = new TreeMap<>();
    byte[] body = Body.bytes(ctx, LIMIT);
    List<ImportText.Line> lines =
        isCsv(ctx)
            ? ImportText.csv(body, kinds, wrong::putIfAbsent)
            : ImportText.ndjson(body, wrong::putIfAbsent);
    List<GenericData.Record> records = lines.stream().map(l -> record(l, wrong)).toList();
    if (!wrong.isEmpty()) {
      refuse(ctx, wrong);
      return;
    }
    if (records.isEmpty()) {
      throw ProblemException.invalid("lines", "0 lines", "one or more");
    }
    Map<String, Object> meta = CommandResource.meta(ctx);
    // Once, not of every such line.
    if (String.valueOf(meta.get("reason")).isBlank()
        && records.stream().anyMatch(r -> r.getSchema().equals(kinds.schema("Reservation")))) {
      throw ProblemException.invalid(
          "Holdfast-Reason", null, "why addresses are reserved: Reservation lines need it");
    }
    byte[] command = recorder.record(type, meta, record -> record.put("lines", records), "");
    commands.send(ctx, meta, command);
  }

  private static boolean isCsv(Context ctx) {
    String type = ctx.contentType();
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (plain) {
      case "text/csv" -> true;
      case "application/x-ndjson" -> false;
      default ->
          throw new ProblemException(
              Problem.of(
                  415,
                  "UnsupportedMediaType",
                  "the body must be application/x-ndjson or text/csv, not '"
                      + Problem.shorten(plain)
                      + "'"));
    };
  }

  /** The line as a record; if it cannot be one, it is noted what is wrong. */
  private GenericData.Record record(ImportText.Line line, Map<Integer, Problem> wrong) {
    ObjectNode fields = line.fields();
    String kind = fields.path(LineKinds.KIND).asText();
    Schema schema = kinds.schema(kind);
    GenericData.Record empty = new GenericData.Record(type.schema());
    if (schema == null) {
      wrong.putIfAbsent(
          line.number(),
          Problem.invalid(LineKinds.KIND, kind, "one of " + String.join(", ", kinds.names())));
      return empty;
    }
    fields.remove(LineKinds.KIND);
    fields.put("line", line.number());
    try {
      GenericData.Record record = JsonRecords.record(schema, fields, "", "");
      Map<String, Object> meta =
          Map.of("id", "line", "actor", "http", "reason", "", "dryRun", true);
      var _ = recorder.record(type, meta, m -> m.put("lines", List.of(record)), "lines[0].");
      return record;
    } catch (ProblemException e) {
      wrong.putIfAbsent(line.number(), e.problem());
      return empty;
    }
  }

  private static void refuse(Context ctx, Map<Integer, Problem> wrong) {
    ObjectNode node =
        Problem.of(422, "ImportRefused", wrong.size() + " lines cannot be imported; nothing was")
            .json();
    ObjectNode details = node.putObject("details");
    Iterator<Map.Entry<Integer, Problem>> some = wrong.entrySet().iterator();
    for (int i = 0; i < NAMED && some.hasNext(); i++) {
      Map.Entry<Integer, Problem> one = some.next();
      details.put("line %6d".formatted(one.getKey()), one.getValue().detail());
    }
    Problem.write(ctx, 422, node);
  }

  private void export(Context ctx, String network) {
    Params.only(ctx, "format");
    String format = ctx.queryParam("format");
    boolean csv = "csv".equals(format);
    if (!csv && format != null && !format.equals("ndjson")) {
      throw ProblemException.invalid("format", format, "ndjson, csv");
    }
    ArrayNode lines = api.read(network, view -> new ExportLines(view.state()).all());
    ctx.contentType(csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
    ctx.header("Cache-Control", "no-store");
    ctx.result(csv ? ExportText.csv(lines, kinds) : ExportText.ndjson(lines));
  }
}
