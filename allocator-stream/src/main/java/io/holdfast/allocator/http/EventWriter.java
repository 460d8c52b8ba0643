package io.holdfast.allocator.http;

import io.holdfast.domain.event.Event;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Writes Server-Sent Events (WHATWG HTML, 9.2). One thread uses it: the one that reads the events.
 *
 * <p>That a client has gone shows when something is written, so a silent stream says something now
 * and then.
 */
final class EventWriter {
  private final OutputStream out;
  private final long keepAliveNanos;
  private final BooleanSupplier open;
  private long written = System.nanoTime();
  private boolean pending;

  /**
   * Begins the answer.
   *
   * @param open false once the server closes
   */
  EventWriter(HttpServletResponse response, Duration keepAlive, BooleanSupplier open)
      throws IOException {
    this.out = response.getOutputStream();
    this.keepAliveNanos = keepAlive.toNanos();
    this.open = open;
    response.flushBuffer();
  }

  void event(Message<EventMeta, Event> event) {
    StringBuilder text = new StringBuilder(512);
    text.append("id: ").append(event.meta().sequence()).append('\n');
    text.append("event: ").append(event.body().getClass().getSimpleName()).append('\n');
    text.append("data: ");
    text.append(new String(Json.bytes(EventJson.of(event)), StandardCharsets.UTF_8));
    write(text.append("\n\n").toString());
    pending = true;
  }

  /** Asked between batches of events: sends what was written, and a comment if that was nothing. */
  boolean isOpen() {
    if (pending) {
      flush();
    } else if (System.nanoTime() - written >= keepAliveNanos) {
      write(": keep-alive\n\n");
      flush();
    }
    return open.getAsBoolean();
  }

  void end() {
    flush();
  }

  void broken() {
    write(": broken off; resume with Last-Event-ID\n\n");
    flush();
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      written = System.nanoTime();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  private void flush() {
    try {
      out.flush();
      pending = false;
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }
}
