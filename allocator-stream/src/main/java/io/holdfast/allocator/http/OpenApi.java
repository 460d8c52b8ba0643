package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.wire.Contract;
import java.util.List;

/**
 * The API's description (OpenAPI 3.1): commands and reports from the Avro schemas, and the rest.
 */
final class OpenApi {
  private static final String NETWORK = "/v1/networks/{network}";

  private final ObjectNode root = Json.object();
  private final ObjectNode paths;
  private final OpenApiSchemas schemas;

  private OpenApi() {
    root.put("openapi", "3.1.0");
    root.putObject("info")
        .put("title", "Holdfast")
        .put("version", "v1")
        .put("description", "Event-sourced IP allocation. Times are ISO 8601 in UTC.");
    paths = root.putObject("paths");
    schemas = new OpenApiSchemas(root.putObject("components"));
  }

  static ObjectNode document() {
    OpenApi api = new OpenApi();
    for (Contract.Type type : Contract.types()) {
      switch (type.topic()) {
        case Contract.COMMANDS -> api.command(type);
        case Contract.REPORTS -> api.report(type);
        default -> {} // not asked for over HTTP
      }
    }
    api.queries();
    return api.root;
  }

  private void command(Contract.Type type) {
    String name = type.schema().getName();
    ObjectNode operation = operation("post", NETWORK + "/commands/" + name, name, doc(type));
    parameter(operation, "query", "dryRun", "boolean", "Decide and answer, change nothing", false);
    parameter(
        operation,
        "header",
        "Idempotency-Key",
        "string",
        "The command id: a retry with it gets the first answer",
        false);
    parameter(operation, "header", "Holdfast-Actor", "string", "Who asks; default http", false);
    parameter(operation, "header", "Holdfast-Reason", "string", "Why, for the record", false);
    body(operation, schemas.fields(type.schema()));
    parameter(
        operation,
        "header",
        "If-Match",
        "string",
        "Refuse unless what it is about has this revision, in quotes",
        false);
    answer(
        operation, "200", "Accepted: all was as wished, or a dry run", schemas.named("Accepted"));
    answer(operation, "201", "Accepted: something changed", schemas.named("Accepted"));
    problems(
        operation, List.of("400", "403", "404", "409", "412", "413", "415", "422", "503", "504"));
  }

  private void report(Contract.Type type) {
    String name = type.schema().getName();
    ObjectNode operation = operation("post", NETWORK + "/reports/" + name, name, doc(type));
    parameter(operation, "header", "Idempotency-Key", "string", "The report id", false);
    parameter(operation, "header", "Holdfast-Source", "string", "Which agent or checker", false);
    body(operation, schemas.fields(type.schema()));
    answer(operation, "202", "The brokers have it", schemas.object());
    problems(operation, List.of("400", "404", "413", "415", "422", "503"));
  }

  private static String doc(Contract.Type type) {
    return type.schema().getDoc() == null ? type.schema().getName() : type.schema().getDoc();
  }

  private void queries() {
    for (OpenApiQuery q : OpenApiQuery.ALL) {
      ObjectNode operation = operation("get", q.path(), q.id(), q.summary());
      q.parameters()
          .forEach((name, type) ->
              parameter(
                  operation,
                  name.equals("If-None-Match") || name.equals("Last-Event-ID") ? "header" : "query",
                  name,
                  type,
                  q.describe(name),
                  name.equals("node")));
      ObjectNode content = response(operation, "200");
      content.put("description", q.summary());
      content
          .putObject("content")
          .putObject(q.contentType())
          .set(
              "schema",
              q.isList() ? schemas.named("Page") : q.isText() ? schemas.text() : schemas.object());
      if (q.parameters().containsKey("If-None-Match")) {
        response(operation, "304").put("description", "Still the known state");
      }
      problems(operation, q.problems());
    }
  }

  private ObjectNode operation(String method, String path, String id, String summary) {
    ObjectNode operations =
        paths.get(path) instanceof ObjectNode known ? known : paths.putObject(path);
    ObjectNode operation = operations.putObject(method);
    operation.put(
        "operationId", method.equals("post") && path.contains("/reports/") ? "report" + id : id);
    operation.put("summary", summary);
    ArrayNode parameters = operation.putArray("parameters");
    for (String part : path.split("/", -1)) {
      if (part.startsWith("{")) {
        String name = part.substring(1, part.length() - 1);
        ObjectNode p = parameters.addObject().put("name", name).put("in", "path");
        p.put("required", true).putObject("schema").put("type", "string");
      }
    }
    return operation;
  }

  private static ObjectNode response(ObjectNode operation, String status) {
    ObjectNode responses =
        operation.get("responses") instanceof ObjectNode known
            ? known
            : operation.putObject("responses");
    return responses.get(status) instanceof ObjectNode known ? known : responses.putObject(status);
  }

  private static void parameter(
      ObjectNode operation, String in, String name, String type, String doc, boolean required) {
    ObjectNode p =
        operation.withArrayProperty("parameters").addObject().put("name", name).put("in", in);
    p.put("description", doc).put("required", required).putObject("schema").put("type", type);
  }

  private static void body(ObjectNode operation, ObjectNode schema) {
    ObjectNode body = operation.putObject("requestBody").put("required", true);
    body.putObject("content").putObject("application/json").set("schema", schema);
  }

  private static void answer(ObjectNode operation, String status, String doc, ObjectNode schema) {
    ObjectNode answer = response(operation, status).put("description", doc);
    answer.putObject("content").putObject("application/json").set("schema", schema);
  }

  private void problems(ObjectNode operation, List<String> statuses) {
    for (String status : statuses) {
      ObjectNode answer = response(operation, status);
      answer.put("description", "A problem; its code says which");
      answer.putObject("content").putObject(Problem.TYPE).set("schema", schemas.named("Problem"));
    }
  }
}
