package io.holdfast.schemas.wire;

/**
 * Bytes that are not a record in the wire format. They will not get better by reading them again.
 */
public abstract sealed class WireFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private WireFormatException(String message) {
    super(message);
  }

  private WireFormatException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Fewer bytes than the header has. */
  public static final class TooShort extends WireFormatException {
    private static final long serialVersionUID = 1L;
    private final int length;

    TooShort(int length) {
      super(
          "a record needs at least "
              + WireFormat.HEADER_BYTES
              + " bytes (magic byte, schema id), found "
              + length);
      this.length = length;
    }

    /** How many bytes there were. */
    public int length() {
      return length;
    }
  }

  /** The first byte is another one: probably plain JSON, plain Avro or text. */
  public static final class WrongMagicByte extends WireFormatException {
    private static final long serialVersionUID = 1L;
    private final byte found;

    WrongMagicByte(byte found) {
      super("a record begins with magic byte 0x00, found 0x%02x".formatted(found));
      this.found = found;
    }

    /** The byte found in its place. */
    public byte found() {
      return found;
    }
  }

  /** The header is right, but what follows is not Avro of the schema it names. */
  public static final class BadBody extends WireFormatException {
    private static final long serialVersionUID = 1L;
    private final int schemaId;

    BadBody(int schemaId, String problem) {
      super("the body is not Avro of schema id " + schemaId + ": " + problem);
      this.schemaId = schemaId;
    }

    BadBody(int schemaId, Throwable cause) {
      super("the body is not Avro of schema id " + schemaId + ": " + cause, cause);
      this.schemaId = schemaId;
    }

    /** The schema id in the header. */
    public int schemaId() {
      return schemaId;
    }
  }
}
