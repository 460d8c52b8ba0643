package io.holdfast.allocator.topology;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** How many bytes records take. */
final class RecordBytes {
  /**
   * Around a record in a batch of its own, at most: the batch's header (61), and the record's
   * length, attributes, timestamp, offset, the lengths of key and value, and the number of headers.
   */
  private static final int FRAME = 61 + 5 + 1 + 10 + 5 + 5 + 5 + 5;

  /** The lengths of a header's key and value, at most. */
  private static final int HEADER_FRAME = 5 + 5;

  private RecordBytes() {}

  /** What the record says: its key, value and headers. */
  static long content(Record<byte[], byte[]> record) {
    long bytes = bytes(record.key()) + bytes(record.value());
    for (Header header : record.headers()) {
      bytes += Utils.utf8Length(header.key()) + bytes(header.value());
    }
    return bytes;
  }

  /** What a topic must take for the record to be written uncompressed, in a batch of its own. */
  static long written(Record<byte[], byte[]> record) {
    long headers = 0;
    for (Header _ : record.headers()) {
      headers++;
    }
    return FRAME + headers * HEADER_FRAME + content(record);
  }

  private static long bytes(byte @Nullable [] part) {
    return part == null ? 0 : part.length;
  }
}
