package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.schemas.wire.WireFormat;
import io.holdfast.wire.BadValueException;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;

/** Makes records for a topic out of JSON, and knows the topic's record types. */
final class Recorder {
  /** What a broker takes by default (message.max.bytes is 1,048,588), with room for the rest. */
  private static final int MAX_RECORD = 1_000_000;

  private final Codec codec;
  private final String topic;
  private final String kind;
  private final SortedMap<String, Contract.Type> types = new TreeMap<>();

  /**
   * @param kind what the records are, in problems: command or report
   */
  Recorder(Codec codec, String topic, String kind) {
    this.codec = codec;
    this.topic = topic;
    this.kind = kind;
    for (Contract.Type type : Contract.types()) {
      if (type.topic().equals(topic)) {
        types.put(type.schema().getName(), type);
      }
    }
  }

  Contract.Type type(String name) {
    Contract.Type type = types.get(name);
    if (type == null) {
      Problem unknown =
          new Problem(
              404,
              "NotFound",
              "there is no " + kind + " '" + Problem.shorten(name) + "'",
              kind,
              Problem.shorten(name),
              String.join(", ", types.keySet()),
              false);
      throw new ProblemException(unknown);
    }
    return type;
  }

  /**
   * The record as it is produced.
   *
   * @throws ProblemException if the fields do not fit the type
   */
  byte[] record(Contract.Type type, Map<String, Object> meta, ObjectNode fields) {
    Schema metaSchema = type.schema().getFields().getFirst().schema();
    GenericData.Record head = new GenericData.Record(metaSchema);
    meta.forEach(head::put);
    return bytes(type, JsonRecords.message(type.schema(), head, fields), "");
  }

  /**
   * The record of what is not JSON.
   *
   * @throws ProblemException if a value in it cannot be; its field is named without {@code prefix}
   */
  byte[] record(Contract.Type type, Map<String, Object> meta, Filler fields, String prefix) {
    GenericData.Record record = new GenericData.Record(type.schema());
    Schema metaSchema = type.schema().getFields().getFirst().schema();
    GenericData.Record head = new GenericData.Record(metaSchema);
    meta.forEach(head::put);
    record.put("meta", head);
    fields.fill(record);
    return bytes(type, record, prefix);
  }

  /** Puts the fields of a record. */
  @FunctionalInterface
  interface Filler {
    void fill(GenericData.Record record);
  }

  private byte[] bytes(Contract.Type type, GenericData.Record record, String prefix) {
    byte[] bytes =
        WireFormat.write(
            codec.schemaId(topic, type.body()), record, new GenericDatumWriter<>(type.schema()));
    if (bytes.length > MAX_RECORD) {
      throw Body.tooLarge("the " + kind + " has more than " + MAX_RECORD + " bytes as a record");
    }
    try {
      codec.decode(topic, bytes); // an address that is none is said here, not by a dead letter
    } catch (BadValueException e) {
      String field =
          e.field().startsWith(prefix) ? e.field().substring(prefix.length()) : e.field();
      throw ProblemException.invalid(field, e.value(), e.allowed());
    }
    return bytes;
  }
}
