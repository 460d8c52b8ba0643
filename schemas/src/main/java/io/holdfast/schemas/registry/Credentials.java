package io.holdfast.schemas.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** User and password for HTTP basic authentication. Neither shows in {@link #toString()}. */
public record Credentials(String user, String password) {

  String header() {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return "Credentials[hidden]";
  }
}
