package io.holdfast.cli.out;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads fields for people: a field that is not there is empty text, never a fault. */
public final class Doc {
  private final JsonNode node;

  public Doc(JsonNode node) {
    this.node = node;
  }

  public JsonNode node() {
    return node;
  }

  /** The first of these fields that says something, as text. A dot leads into an object. */
  public String text(String... paths) {
    for (String p : paths) {
      JsonNode n = at(p);
      if (!n.isMissingNode() && !n.isNull()) {
        return n.isValueNode() ? n.asText() : n.isArray() ? String.join(", ", texts(n)) : "";
      }
    }
    return "";
  }

  public boolean is(String path) {
    return at(path).asBoolean();
  }

  /** Whether the service said anything about this. */
  public boolean has(String path) {
    JsonNode n = at(path);
    return !n.isMissingNode() && !n.isNull();
  }

  public Doc doc(String path) {
    return new Doc(at(path));
  }

  /** The elements of an array. */
  public List<Doc> docs(String path) {
    List<Doc> all = new ArrayList<>();
    for (JsonNode n : at(path)) {
      all.add(new Doc(n));
    }
    return all;
  }

  private JsonNode at(String path) {
    JsonNode n = node;
    for (String name : path.split("\\.", -1)) {
      n = n.path(name);
    }
    return n;
  }

  private static List<String> texts(JsonNode array) {
    List<String> all = new ArrayList<>();
    for (JsonNode n : array) {
      all.add(n.isValueNode() ? n.asText() : n.toString());
    }
    return all;
  }
}
