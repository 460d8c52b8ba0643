package io.holdfast.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * One byte 0, the schema id as 4 bytes big-endian, the value in Avro's binary encoding.
 *
 * <p>Source: Confluent's documentation of its "wire format", which every registry-aware client
 * writes and reads.
 */
public final class WireFormat {
  /** Bytes before the value. */
  public static final int HEADER_BYTES = 5;

  private static final byte MAGIC = 0;

  /** Most records fit into the encoder's own buffer, so that it writes to the stream once. */
  private static final EncoderFactory ENCODERS = new EncoderFactory().configureBufferSize(512);

  private WireFormat() {}

  /**
   * The id of the schema a record was written with.
   *
   * @throws WireFormatException.TooShort with fewer than 5 bytes
   * @throws WireFormatException.WrongMagicByte when the first byte is not 0
   */
  public static int schemaId(byte[] record) {
    if (record.length < HEADER_BYTES) {
      throw new WireFormatException.TooShort(record.length);
    }
    if (record[0] != MAGIC) {
      throw new WireFormatException.WrongMagicByte(record[0]);
    }
    return ByteBuffer.wrap(record).getInt(1);
  }

  /** Frames a value that is Avro already. */
  public static byte[] frame(int schemaId, byte[] avro) {
    return ByteBuffer.allocate(HEADER_BYTES + avro.length)
        .put(MAGIC)
        .putInt(schemaId)
        .put(avro)
        .array();
  }

  /**
   * Encodes a value.
   *
   * @throws org.apache.avro.AvroRuntimeException when the value does not fit the writer's schema
   */
  public static <T> byte[] write(int schemaId, T value, DatumWriter<T> writer) {
    var out = new ByteArrayOutputStream(256);
    out.write(MAGIC);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    try {
      BinaryEncoder encoder = ENCODERS.binaryEncoder(out, null);
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }

  /**
   * Decodes a value; the reader must have been made for the schema that {@link #schemaId} names.
   *
   * @throws WireFormatException.TooShort with fewer than 5 bytes
   * @throws WireFormatException.WrongMagicByte when the first byte is not 0
   * @throws WireFormatException.BadBody when the rest is cut short, has bytes left over, or is not
   *     of that schema
   */
  public static <T> T read(byte[] record, DatumReader<T> reader) {
    int schemaId = schemaId(record);
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(record, HEADER_BYTES, record.length - HEADER_BYTES, null);
    T value;
    boolean atEnd;
    try {
      value = reader.read(null, decoder);
      atEnd = decoder.isEnd();
    } catch (IOException | RuntimeException e) {
      // Garbage makes Avro fail in many ways, index and number errors among them.
      throw new WireFormatException.BadBody(schemaId, e);
    }
    if (!atEnd) {
      throw new WireFormatException.BadBody(schemaId, "bytes are left over");
    }
    return value;
  }
}
