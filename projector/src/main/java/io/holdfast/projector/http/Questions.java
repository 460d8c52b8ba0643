package io.holdfast.projector.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.projector.query.AuditFault;
import io.holdfast.projector.query.AuditQueries;
import io.holdfast.projector.query.OwnerFilter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Each question: its path, its parameters, its answer. */
final class Questions {
  private static final Instant ALWAYS = Instant.EPOCH;
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");
  private static final List<String> CSV =
      List.of(
          "sequence",
          "at",
          "type",
          "ip",
          "gateway",
          "node",
          "actor",
          "reason",
          "causeKind",
          "cause",
          "hash",
          "digest",
          "event");

  private final AuditQueries queries;

  Questions(AuditQueries queries) {
    this.queries = queries;
  }

  void routes(RoutesConfig routes) {
    String network = "/v1/networks/{network}/audit/";
    routes.get(network + "who-had", this::whoHad);
    routes.get(network + "history", this::history);
    routes.get(network + "state", this::state);
    routes.get(network + "diff", this::diff);
    routes.get(network + "refused", this::refused);
    routes.get(network + "export", this::export);
  }

  private static void answer(Context ctx, ObjectNode answer) {
    ctx.contentType("application/json");
    ctx.result(answer.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void whoHad(Context ctx) {
    Params.only(
        ctx,
        "ip",
        "internalIp",
        "vpc",
        "port",
        "protocol",
        "owner",
        "tenant",
        "gateway",
        "at",
        "limit",
        "after");
    String network = ctx.pathParam("network");
    Instant at = Params.time(ctx, "at");
    String ip = Params.text(ctx, "ip");
    String inside = Params.text(ctx, "internalIp");
    String gateway = Params.text(ctx, "gateway");
    OwnerFilter owner = Params.owner(ctx);
    if (ip != null) {
      answer(
          ctx,
          queries.whoHad(network, Params.ip("ip", ip), at, Params.protocol(ctx), Params.port(ctx)));
    } else if (inside != null) {
      answer(
          ctx,
          queries.behind(
              network,
              Params.ip("internalIp", inside),
              at,
              Params.protocol(ctx),
              Params.port(ctx),
              Params.text(ctx, "vpc")));
    } else if (gateway != null) {
      answer(ctx, queries.carried(network, gateway, at, Params.pageByIp(ctx)));
    } else if (owner != null) {
      answer(ctx, queries.whatHad(network, owner, at, Params.pageByIp(ctx)));
    } else {
      throw AuditFault.invalid("ip", null, "one of ip, internalIp, gateway, owner, tenant");
    }
  }

  private void history(Context ctx) {
    Params.only(ctx, "ip", "gateway", "owner", "tenant", "limit", "after");
    String network = ctx.pathParam("network");
    String ip = Params.text(ctx, "ip");
    String gateway = Params.text(ctx, "gateway");
    OwnerFilter owner = Params.owner(ctx);
    if (ip != null) {
      answer(ctx, queries.historyOfIp(network, Params.ip("ip", ip), Params.page(ctx)));
    } else if (gateway != null) {
      answer(ctx, queries.historyOfGateway(network, gateway, Params.page(ctx)));
    } else if (owner != null) {
      answer(ctx, queries.historyOfOwner(network, owner, Params.page(ctx)));
    } else {
      throw AuditFault.invalid("ip", null, "one of ip, gateway, owner, tenant");
    }
  }

  private void state(Context ctx) {
    Params.only(ctx, "at", "pool", "limit", "after");
    answer(
        ctx,
        queries.state(
            ctx.pathParam("network"),
            Params.time(ctx, "at"),
            Params.text(ctx, "pool"),
            Params.pageByIp(ctx)));
  }

  private void diff(Context ctx) {
    Params.only(ctx, "from", "to", "limit", "after");
    answer(
        ctx,
        queries.diff(
            ctx.pathParam("network"),
            Params.time(ctx, "from"),
            Params.time(ctx, "to"),
            Params.pageByIp(ctx)));
  }

  private void refused(Context ctx) {
    Params.only(ctx, "from", "to", "code", "actor", "limit", "after");
    answer(
        ctx,
        queries.refused(
            ctx.pathParam("network"),
            Params.time(ctx, "from", ALWAYS),
            Params.time(ctx, "to", NEVER),
            Params.text(ctx, "code"),
            Params.text(ctx, "actor"),
            Params.page(ctx)));
  }

  private void export(Context ctx) {
    Params.only(ctx, "from", "to", "format");
    String format = Params.text(ctx, "format");
    boolean csv = "csv".equals(format);
    if (format != null && !csv && !format.equals("ndjson")) {
      throw AuditFault.invalid("format", format, "csv, ndjson");
    }
    String network = ctx.pathParam("network");
    Instant from = Params.time(ctx, "from", ALWAYS);
    Instant to = Params.time(ctx, "to", NEVER);
    queries.asOf(network); // a network that is not known is said while a status can still be
    ctx.contentType(csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
    try (Writer out = new OutputStreamWriter(ctx.outputStream(), StandardCharsets.UTF_8)) {
      if (csv) {
        out.write(String.join(",", CSV) + "\r\n");
      }
      queries.export(network, from, to, event -> write(out, event, network, csv));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Writer out, ObjectNode event, String network, boolean csv) {
    try {
      if (csv) {
        StringBuilder line = new StringBuilder();
        for (String column : CSV) {
          line.append(line.isEmpty() ? "" : ",").append(cell(event, column));
        }
        out.append(line).append("\r\n");
      } else {
        out.append(event.put("network", network).toString()).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** RFC 4180; a cell that a spreadsheet would take for a formula gets an apostrophe. */
  private static String cell(ObjectNode event, String column) {
    var node = event.path(column);
    String text = node.isMissingNode() ? "" : node.isValueNode() ? node.asText() : node.toString();
    boolean formula = !text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    return safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
