package io.holdfast.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A JSON object, asked by field. */
final class GenericJson {
  private final JsonNode node;

  GenericJson(String json) {
    try {
      this.node = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  int number(String field) {
    return node.required(field).asInt();
  }

  String text(String field) {
    return node.required(field).asText();
  }
}
