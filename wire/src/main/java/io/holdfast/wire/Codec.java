package io.holdfast.wire;

import io.holdfast.schemas.wire.WireFormat;
import io.holdfast.schemas.wire.WireFormatException;
import io.holdfast.wire.UnreadableException.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;

/**
 * Turns messages into bytes and back. Thread-safe.
 *
 * <p>Each topic has its own set of record types; a record of another set is unreadable there,
 * whatever its schema id.
 */
public final class Codec {
  private final RecordData data = new RecordData();
  private final SchemaIds ids;
  private final Map<String, Map<Class<?>, Out>> out = new HashMap<>();
  private final Map<String, Map<String, Contract.Type>> in = new HashMap<>();
  private final Map<String, Map<Integer, DatumReader<Object>>> readers = new HashMap<>();

  /**
   * @param ids asked for a type's id when its first record is written
   */
  public Codec(SchemaIds ids) {
    this.ids = ids;
    for (Contract.Type type : Contract.types()) {
      if (type.meta() == null) {
        data.register(type.schema(), type.body());
      } else {
        data.registerMessage(type.schema(), type.meta(), type.body());
      }
      out.computeIfAbsent(type.topic(), t -> new HashMap<>())
          .put(type.body(), new Out(type, data.createDatumWriter(type.schema())));
      in.computeIfAbsent(type.topic(), t -> new HashMap<>()).put(type.schema().getName(), type);
      readers.computeIfAbsent(type.topic(), t -> new ConcurrentHashMap<>());
    }
  }

  private final class Out {
    private final Contract.Type type;
    private final DatumWriter<Object> writer;

    /** 0: not asked for yet. Threads that ask at the same time are told the same. */
    private int id;

    Out(Contract.Type type, DatumWriter<Object> writer) {
      this.type = type;
      this.writer = writer;
    }

    int id() {
      int known = id;
      if (known == 0) {
        known = ids.idOf(type.subject(), type.schema());
        id = known;
      }
      return known;
    }
  }

  /** The bytes of a message or plain record for a topic (or {@link Contract#STATE}). */
  public byte[] encode(String topic, Object value) {
    Class<?> body =
        value instanceof Message<?, ?> message ? message.body().getClass() : value.getClass();
    Out to = out(topic, body);
    return WireFormat.write(to.id(), value, to.writer);
  }

  /** The schema id that records of this type are written with. */
  public int schemaId(String topic, Class<?> body) {
    return out(topic, body).id();
  }

  private Out out(String topic, Class<?> body) {
    Out to = types(out, topic).get(body);
    if (to == null) {
      throw new IllegalArgumentException(body.getName() + " is not a record of " + topic);
    }
    return to;
  }

  /**
   * The message or plain record that the bytes hold.
   *
   * @throws UnreadableException if they hold none of this topic
   * @throws BadValueException if a field holds a value that its type does not allow
   * @throws io.holdfast.schemas.registry.RegistryException if the registry cannot be asked: nothing
   *     is known about the bytes then, and they must be tried again
   */
  public Object decode(String topic, byte[] bytes) {
    int id;
    try {
      id = WireFormat.schemaId(bytes);
    } catch (WireFormatException e) {
      throw new UnreadableException(Fault.Framing, String.valueOf(e.getMessage()), e);
    }
    DatumReader<Object> reader = types(readers, topic).get(id);
    if (reader == null) {
      reader = reader(topic, id);
      types(readers, topic).put(id, reader);
    }
    try {
      BinaryDecoder decoder =
          DecoderFactory.get()
              .binaryDecoder(
                  bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES, null);
      Object value = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new UnreadableException(
            Fault.Data,
            "there are bytes left after a record of schema id "
                + id
                + ": was it written with that schema?");
      }
      return value;
    } catch (BadValueException | UnreadableException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnreadableException(
          Fault.Data, "the bytes do not follow schema id " + id + ": " + describe(e), e);
    }
  }

  private static String describe(Exception e) {
    Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    return cause.getMessage() == null
        ? "they end too early or are garbled (" + cause.getClass().getSimpleName() + ")"
        : cause.getMessage();
  }

  private DatumReader<Object> reader(String topic, int id) {
    Optional<Schema> found = ids.byId(id);
    if (found.isEmpty()) {
      throw new UnreadableException(Fault.SchemaId, "the registry has no schema with id " + id);
    }
    Schema writer = found.get();
    Contract.Type type = types(in, topic).get(writer.getName());
    if (type == null) {
      throw new UnreadableException(
          Fault.Schema,
          "schema id " + id + " is " + writer.getFullName() + ", which is no record of " + topic);
    }
    try {
      Schema.applyAliases(writer, type.schema());
      var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(type.schema(), writer);
      if (compatibility.getType() != SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE) {
        throw new UnreadableException(
            Fault.Schema,
            "schema id "
                + id
                + " cannot be read as "
                + type.schema().getFullName()
                + ": "
                + compatibility.getResult().getIncompatibilities());
      }
    } catch (AvroRuntimeException e) {
      throw new UnreadableException(Fault.Schema, "schema id " + id + ": " + e.getMessage(), e);
    }
    return data.createDatumReader(writer, type.schema());
  }

  private static <V> V types(Map<String, V> map, String topic) {
    V found = map.get(topic);
    if (found == null) {
      throw new IllegalArgumentException("no record types are known for " + topic);
    }
    return found;
  }
}
