package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A refusal or failure as the service put it ({@code application/problem+json}).
 *
 * @param status the HTTP status
 * @param code for programs, for example {@code PoolExhausted}
 * @param detail for people
 * @param commandId empty if it is not about a command
 * @param field the field at fault; empty if none is
 * @param value what it held
 * @param allowed what would be allowed
 * @param details figures behind the decision
 * @param document all of it, as it came
 */
public record Problem(
    int status,
    String code,
    String detail,
    String commandId,
    String field,
    String value,
    String allowed,
    Map<String, String> details,
    JsonNode document) {

  public Problem {
    // Not Map.copyOf: the service's order is the one that reads well.
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  static Problem of(int status, JsonNode document) {
    Map<String, String> details = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> e : document.path("details").properties()) {
      details.put(e.getKey(), text(e.getValue()));
    }
    String title = text(document.path("title"));
    String code = text(document.path("code"));
    return new Problem(
        status,
        code.isEmpty() ? title : code,
        text(document.path("detail")),
        text(document.path("commandId")),
        text(document.path("field")),
        text(document.path("value")),
        text(document.path("allowed")),
        details,
        document);
  }

  /** The same with other names for what is at fault; the document stays as it came. */
  public Problem reworded(UnaryOperator<String> names) {
    return new Problem(
        status,
        code,
        names.apply(detail),
        commandId,
        names.apply(field),
        value,
        allowed,
        details,
        document);
  }

  private static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }
}
