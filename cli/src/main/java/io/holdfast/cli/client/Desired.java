package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a gateway's instance is to carry.
 *
 * @param etag names this state; asking with it waits for another one
 * @param document the service's JSON
 */
public record Desired(String etag, JsonNode document) {
  public long epoch() {
    return document.path("epoch").asLong();
  }

  public long revision() {
    return document.path("revision").asLong();
  }
}
