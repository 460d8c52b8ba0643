package io.holdfast.cli.verbs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.args.OwnerKey;
import io.holdfast.cli.client.Json;
import java.util.List;
import picocli.CommandLine.TypeConversionException;

/**
 * The requests of a bundle, one a line, as items of AllocateBundle. What the service can check it
 * checks; here is done what makes a line shorter: the owner may be one word, and a rule's vpc may
 * be left out.
 */
final class BundleFile {
  private static final String RULES = "rules";

  private BundleFile() {}

  /** A line that is no request. */
  static final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;

    BadLineException(int line, String problem) {
      super("line " + line + ": " + problem);
      this.what = "line " + line + ": " + problem;
    }

    /** Which line, and what is wrong with it. */
    String what() {
      return what;
    }
  }

  static ArrayNode items(List<String> lines) throws BadLineException {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).strip();
      if (!text.isEmpty()) {
        items.add(item(i + 1, text));
      }
    }
    if (items.isEmpty()) {
      throw new BadLineException(1, "there is no request; write one a line");
    }
    return items;
  }

  private static ObjectNode item(int line, String text) throws BadLineException {
    if (!(Json.parse(text).orElse(null) instanceof ObjectNode request)) {
      throw new BadLineException(line, "is not one JSON object, like {\"owner\": \"t/Pod/n\"}");
    }
    ObjectNode item = Json.object();
    JsonNode rules = request.remove(RULES);
    if (request.path("owner").isTextual()) {
      request.set("owner", owner(line, request.path("owner").textValue()));
    }
    item.set("request", request);
    if (rules != null) {
      for (JsonNode rule : rules) {
        if (rule instanceof ObjectNode object && !object.has("vpc")) {
          object.put("vpc", "default");
        }
      }
      item.set(RULES, rules);
    }
    return item;
  }

  private static ObjectNode owner(int line, String text) throws BadLineException {
    try {
      return new OwnerKey.Converter().convert(text).json();
    } catch (TypeConversionException e) {
      throw new BadLineException(line, "owner " + e.getMessage());
    }
  }
}
