package io.holdfast.agent.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A network's committed events as they come. One thread reads it. */
public final class EventStream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedReader reader;

  EventStream(InputStream in) {
    this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /**
   * An event.
   *
   * @param data as in the Avro schema, with its meta
   */
  public record Event(long sequence, String type, JsonNode data) {}

  /** The next event; null at the end of the stream. */
  public @Nullable Event next() throws ServiceException {
    long id = 0;
    String type = "";
    String data = "";
    try {
      String line = reader.readLine();
      while (line != null) {
        if (line.isEmpty() && !data.isEmpty()) {
          return new Event(id, type, JSON.readTree(data));
        } else if (line.startsWith("id: ")) {
          id = Long.parseLong(line.substring(4));
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        }
        line = reader.readLine();
      }
      return null;
    } catch (IOException | NumberFormatException e) {
      throw new ServiceException("the events broke off: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      // It is closed all the same, and nothing was written.
    }
  }
}
