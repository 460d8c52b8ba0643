package io.holdfast.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Avro's data model over Java records: fields are components of the same name, enums are Java
 * enums, addresses are addresses. Avro's own resolution of old and new schemas stays as it is.
 */
final class RecordData extends GenericData {
  private final Map<String, RecordType> byName = new HashMap<>();
  private final IdentityHashMap<Schema, RecordType> bySchema = new IdentityHashMap<>();
  private final Map<Class<?>, Schema> byClass = new HashMap<>();
  private final Map<String, Map<String, Enum<?>>> enums = new HashMap<>();

  RecordData() {
    Conversions.all().forEach(this::addLogicalTypeConversion);
    setFastReaderEnabled(false); // it would bypass the reader below
  }

  /** Makes a Java record, and all that it consists of, known under a schema. */
  void register(Schema schema, Class<?> type) {
    add(schema, type, false);
  }

  /** The same for a message: its meta and the body's fields together are one schema. */
  void registerMessage(Schema schema, Class<?> meta, Class<?> body) {
    add(schema, body, true);
    add(schema.getFields().getFirst().schema(), meta, false);
  }

  private void add(Schema schema, Type type, boolean isMessage) {
    switch (schema.getType()) {
      case RECORD -> addRecord(schema, (Class<?>) type, isMessage);
      case ENUM -> addEnum(schema, (Class<?>) type);
      case ARRAY -> add(schema.getElementType(), argument(type, 0), false);
      case MAP -> add(schema.getValueType(), argument(type, 1), false);
      case UNION -> addUnion(schema, type);
      default -> {}
    }
  }

  private void addRecord(Schema schema, Class<?> type, boolean isMessage) {
    if (bySchema.containsKey(schema)) {
      return;
    }
    RecordType known = byName.get(schema.getFullName());
    RecordType added = known == null ? new RecordType(schema, type, isMessage) : known;
    byName.put(schema.getFullName(), added);
    bySchema.put(schema, added);
    byClass.putIfAbsent(type, schema);
    for (RecordComponent component : type.getRecordComponents()) {
      add(schema.getField(component.getName()).schema(), component.getGenericType(), false);
    }
  }

  private void addUnion(Schema union, Type type) {
    for (Schema branch : union.getTypes()) {
      if (branch.getType() == Schema.Type.RECORD && type instanceof Class<?> c && c.isSealed()) {
        for (Class<?> permitted : c.getPermittedSubclasses()) {
          if (permitted.getSimpleName().equals(branch.getName())) {
            add(branch, permitted, false);
          }
        }
      } else {
        add(branch, type, false);
      }
    }
  }

  private void addEnum(Schema schema, Class<?> type) {
    Map<String, Enum<?>> constants = new HashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(constant.toString(), (Enum<?>) constant);
    }
    if (!constants.keySet().containsAll(schema.getEnumSymbols())
        || constants.size() != schema.getEnumSymbols().size()) {
      throw new IllegalArgumentException(
          schema.getFullName()
              + " "
              + schema.getEnumSymbols()
              + " is not "
              + type.getName()
              + " "
              + constants.keySet());
    }
    enums.put(schema.getFullName(), constants);
    byClass.putIfAbsent(type, schema);
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  private Schema schema(Class<?> type) {
    Schema schema = byClass.get(type);
    if (schema == null) {
      throw new IllegalArgumentException("no schema is known for " + type.getName());
    }
    return schema;
  }

  /** Looked up for every record that is read or written: by identity first. */
  RecordType type(Schema schema) {
    RecordType type = bySchema.get(schema);
    return type == null ? typeByName(schema) : type;
  }

  private RecordType typeByName(Schema schema) {
    RecordType type = byName.get(schema.getFullName());
    if (type == null) {
      throw new IllegalArgumentException("no Java record is known for " + schema.getFullName());
    }
    return type;
  }

  // What Avro's writer asks.

  @Override
  protected boolean isRecord(Object datum) {
    return datum instanceof java.lang.Record; // not GenericData.Record
  }

  @Override
  protected Schema getRecordSchema(Object record) {
    return schema(record.getClass());
  }

  @Override
  protected boolean isEnum(Object datum) {
    return datum instanceof Enum;
  }

  @Override
  protected Schema getEnumSchema(Object constant) {
    return schema(constant.getClass());
  }

  @Override
  protected Object getRecordState(Object record, Schema schema) {
    return type(schema);
  }

  @Override
  protected @Nullable Object getField(
      Object record, String name, int position, @Nullable Object state) {
    return (state instanceof RecordType type ? type : type(getRecordSchema(record)))
        .get(record, position);
  }

  @Override
  public DatumWriter<Object> createDatumWriter(Schema schema) {
    return new org.apache.avro.generic.GenericDatumWriter<>(schema, this);
  }

  // What Avro's reader asks.

  @Override
  public Object createEnum(String symbol, Schema schema) {
    Map<String, Enum<?>> constants = enums.get(schema.getFullName());
    Enum<?> constant = constants == null ? null : constants.get(symbol);
    if (constant == null) {
      throw new IllegalArgumentException(
          "no Java enum is known for " + schema.getFullName() + " " + symbol);
    }
    return constant;
  }

  @Override
  public Object newArray(@Nullable Object old, int size, Schema schema) {
    return new ArrayList<>(size);
  }

  @Override
  public DatumReader<Object> createDatumReader(Schema writer, Schema reader) {
    return new RecordReader(writer, reader, this);
  }
}
