package io.holdfast.allocator.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;

/**
 * Record headers. They repeat what the record says, so that a reader can skip records without
 * decoding them. Only the place of a command is nowhere else.
 */
public final class Headers {
  /** On events: the sequence number, 8 bytes. */
  public static final String SEQUENCE = "holdfast-sequence";

  /** On outcomes: the command id, UTF-8. */
  public static final String COMMAND = "holdfast-command";

  /** On outcomes: the offset of the command, 8 bytes, and the id of its topic, 16 bytes. */
  public static final String COMMAND_PLACE = "holdfast-command-place";

  private static final int PLACE_BYTES = 3 * Long.BYTES;

  /** On a command or report that was moved to its key's partition. */
  public static final String FORWARDED = "holdfast-forwarded";

  private Headers() {}

  static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] place(CommandPlace place) {
    return ByteBuffer.allocate(PLACE_BYTES)
        .putLong(place.offset())
        .putLong(place.topic().getMostSignificantBits())
        .putLong(place.topic().getLeastSignificantBits())
        .array();
  }

  /** Where the command of an outcome stands, if that header is there and sound. */
  public static Optional<CommandPlace> place(org.apache.kafka.common.header.Headers headers) {
    Header header = headers.lastHeader(COMMAND_PLACE);
    if (header == null || header.value() == null || header.value().length != PLACE_BYTES) {
      return Optional.empty();
    }
    ByteBuffer place = ByteBuffer.wrap(header.value());
    long offset = place.getLong();
    return Optional.of(new CommandPlace(new Uuid(place.getLong(), place.getLong()), offset));
  }

  /** The sequence number of an event, if its header is there and sound. */
  public static OptionalLong sequence(org.apache.kafka.common.header.Headers headers) {
    Header header = headers.lastHeader(SEQUENCE);
    return header == null || header.value() == null || header.value().length != Long.BYTES
        ? OptionalLong.empty()
        : OptionalLong.of(ByteBuffer.wrap(header.value()).getLong());
  }

  /** The command id of an outcome; empty if its header is not there. */
  public static String command(org.apache.kafka.common.header.Headers headers) {
    Header header = headers.lastHeader(COMMAND);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
