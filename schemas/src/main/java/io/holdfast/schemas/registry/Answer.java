package io.holdfast.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the registry said, whatever the status.
 *
 * @param url who said it
 * @param status HTTP status, never 429 or 5xx
 * @param body an empty object when there was no JSON
 */
record Answer(String url, int status, JsonNode body) {

  boolean ok() {
    return status / 100 == 2;
  }

  int errorCode() {
    return body.path("error_code").asInt(0);
  }

  String message() {
    return body.path("message").asText(body.isEmpty() ? "no reason given" : body.toString());
  }

  /**
   * The reasons for an incompatibility: a list where the registry gives one, else its single
   * message.
   */
  List<String> messages() {
    var messages = new ArrayList<String>();
    body.path("messages").forEach(message -> messages.add(message.asText()));
    return messages.isEmpty() && body.has("message") ? List.of(message()) : messages;
  }

  /** The exception for an answer that nobody expected. */
  RegistryException failure(String what) {
    return switch (status) {
      case 401, 403 -> new RegistryException.Unauthorized(what, url, status);
      case 404 -> new RegistryException.NotFound(what, url);
      default -> new RegistryException.Rejected(what, url, status, errorCode(), message());
    };
  }

  /**
   * A field of a good answer.
   *
   * @throws RegistryException.Unintelligible when it is missing
   */
  JsonNode field(String name, String what) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      throw new RegistryException.Unintelligible(what, url, "no field " + name, null);
    }
    return value;
  }
}
