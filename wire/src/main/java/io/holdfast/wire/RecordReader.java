package io.holdfast.wire;

import io.holdfast.domain.net.InvalidAddressException;
import java.io.IOException;
import org.apache.avro.Conversion;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** Avro's reader, making Java records and naming the field when a value does not fit. */
final class RecordReader extends GenericDatumReader<Object> {
  private final RecordData data;

  RecordReader(Schema writer, Schema reader, RecordData data) {
    super(writer, reader, data);
    this.data = data;
  }

  @Override
  protected Object readRecord(@Nullable Object old, Schema expected, ResolvingDecoder in)
      throws IOException {
    RecordType type = data.type(expected);
    Object[] values = new Object[expected.getFields().size()];
    for (Schema.Field field : in.readFieldOrder()) {
      try {
        values[field.pos()] = read(null, field.schema(), in);
      } catch (BadValueException e) {
        throw e.within(
            field.name(),
            type.isMessage() ? type.name() : null,
            type.isMessage() ? values[0] : null);
      }
    }
    return type.make(values);
  }

  @Override
  protected Object readArray(@Nullable Object old, Schema expected, ResolvingDecoder in)
      throws IOException {
    Schema element = expected.getElementType();
    java.util.List<Object> list = new java.util.ArrayList<>();
    for (long block = in.readArrayStart(); block > 0; block = in.arrayNext()) {
      for (long i = 0; i < block; i++) {
        try {
          list.add(read(null, element, in));
        } catch (BadValueException e) {
          throw e.within("[" + list.size() + "]", null, null);
        }
      }
    }
    return list;
  }

  @Override
  protected Object convert(
      Object datum, Schema schema, LogicalType type, Conversion<?> conversion) {
    try {
      return super.convert(datum, schema, type, conversion);
    } catch (InvalidAddressException e) {
      throw new BadValueException("", datum.toString(), e.allowed(), null, null);
    }
  }

  @Override
  protected Object readString(@Nullable Object old, Schema expected, Decoder in)
      throws IOException {
    return in.readString();
  }

  @Override
  protected Object readMapKey(@Nullable Object old, Schema expected, Decoder in)
      throws IOException {
    return in.readString();
  }
}
