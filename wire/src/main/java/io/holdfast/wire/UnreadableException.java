package io.holdfast.wire;

import org.jspecify.annotations.Nullable;

/** A record that cannot be turned into a message. Its message says what is wrong and where. */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kind of fault, for programs. */
  public enum Fault {
    /** The record key is not the name of a network. */
    Key,
    /** The five bytes of framing are missing or wrong. */
    Framing,
    /** The registry does not know the schema id. */
    SchemaId,
    /** The schema is none of this topic's, or cannot be resolved to the one known here. */
    Schema,
    /** The bytes do not follow the schema. */
    Data,
    /** A field holds a value that its type does not allow. */
    Value,
    /** It keeps arriving on a partition that is not its key's. */
    Partition,
    /** It, or what follows from it, is larger than a topic allows; only its beginning is kept. */
    Size
  }

  private final Fault fault;

  public UnreadableException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public UnreadableException(Fault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
