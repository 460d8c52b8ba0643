package io.holdfast.cli.verbs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.args.OwnerKey;
import io.holdfast.cli.client.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * The requests of a bundle, one a line, as items of AllocateBundle. What the service can check it
 * checks; here is done what makes a line shorter: the owner may be one word, and a rule's vpc may
 * be left out. Empty lines and those that begin with # say nothing.
 */
final class BundleFile {
  private static final String RULES = "rules";

  private static final Pattern ITEM = Pattern.compile("items\\[(\\d{1,6})](\\.request\\.|\\.)?");

  private final ArrayNode items = JsonNodeFactory.instance.arrayNode();

  /** Of the line that each item stands on, from 1. */
  private final List<Integer> numbers = new ArrayList<>();

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

  static BundleFile of(List<String> lines) throws BadLineException {
    BundleFile file = new BundleFile();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        file.items.add(item(i + 1, text));
        file.numbers.add(i + 1);
      }
    }
    if (file.items.isEmpty()) {
      throw new BadLineException(1, "there is no request; write one a line");
    }
    return file;
  }

  ArrayNode items() {
    return items;
  }

  /** What the service says of an item, said of its line: {@code line 5: owner.name}. */
  String ofLines(String text) {
    return ITEM.matcher(text)
        .replaceAll(m -> {
          int item = Integer.parseInt(m.group(1));
          boolean isKnown = item < numbers.size();
          String line = isKnown ? "line " + numbers.get(item) : m.group();
          boolean hasField = m.group(2) != null;
          return Matcher.quoteReplacement(isKnown && hasField ? line + ": " : line);
        });
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
