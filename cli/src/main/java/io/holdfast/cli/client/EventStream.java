package io.holdfast.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads Server-Sent Events (WHATWG HTML, 9.2.6): lines {@code id:}, {@code event:} and {@code
 * data:}, a blank line after each event, comments to keep the connection open.
 */
public final class EventStream implements AutoCloseable {
  private final BufferedReader lines;

  EventStream(InputStream in) {
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /**
   * Waits for the next event.
   *
   * @return empty at the end of the stream
   * @throws ServiceException.NoAnswer if the connection broke
   */
  public Optional<ServerEvent> next() {
    try {
      return read();
    } catch (IOException e) {
      throw new ServiceException.NoAnswer("the connection broke: " + Reasons.of(e), e);
    }
  }

  private Optional<ServerEvent> read() throws IOException {
    @Nullable String id = null;
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (id != null || !data.isEmpty()) {
          return Optional.of(event(id, type, data.toString()));
        }
        type = "message";
        continue;
      }
      if (line.startsWith(": broken off")) {
        // The service has no other way left to say that this is not the end.
        throw new ServiceException.NoAnswer("the service could not read on");
      }
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      if (value.startsWith(" ")) {
        value = value.substring(1);
      }
      switch (name) {
        case "id" -> id = value;
        case "event" -> type = value;
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
        default -> {} // a comment, or a field of a later version
      }
    }
    // An event without its blank line was cut off: it will come again.
    return Optional.empty();
  }

  private static ServerEvent event(@Nullable String id, String type, String data) {
    try {
      return new ServerEvent(
          Long.parseLong(id == null ? "0" : id), type, Json.parse(data).orElseGet(Json::object));
    } catch (NumberFormatException e) {
      throw new ServiceException.Unexpected("an event with the id '" + id + "', not a number");
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException alreadyBroken) {
      // Nothing is lost: whoever closes wants no more events.
    }
  }
}
