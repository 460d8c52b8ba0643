package io.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.AddressSet;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpRange;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The same made-up record twice: by its schema, as generic Avro, and by its Java type. The two know
 * nothing of each other.
 */
final class Samples {
  private Samples() {}

  static Object generic(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), generic(field.schema())));
        yield record;
      }
      case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getLast());
      case ARRAY -> List.of(generic(schema.getElementType()));
      case MAP -> Map.of("k", generic(schema.getValueType()));
      case UNION -> generic(schema.getTypes().getLast());
      case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
      case STRING -> text(String.valueOf(schema.getObjectProp("logicalType")));
      case BYTES -> ByteBuffer.wrap(new byte[] {1, 2, 3});
      case INT -> 7;
      case LONG -> 11L;
      case BOOLEAN -> true;
      case FLOAT, DOUBLE, NULL ->
          throw new IllegalArgumentException("the contract has no " + schema);
    };
  }

  private static String text(String logicalType) {
    return switch (logicalType) {
      case "ip-address" -> "192.0.2.1";
      case "ip-prefix" -> "192.0.2.0/24";
      case "address-set" -> "192.0.2.1-192.0.2.9,192.0.2.20";
      default -> "s";
    };
  }

  /**
   * What is read of a record that was written with an older schema: what that has, as it has it,
   * and the defaults of the present one for what it lacks.
   */
  static Object expected(Contract.Type type, Schema old) throws ReflectiveOperationException {
    Class<?> meta = type.meta();
    if (meta == null) {
      return java(type.body(), old, type.schema());
    }
    Object body = java(type.body(), old, type.schema());
    return new Message<>(java(meta, field(old, "meta"), field(type.schema(), "meta")), body);
  }

  private static Schema field(Schema schema, String name) {
    return schema.getField(name).schema();
  }

  private static Object java(Type type, Schema old, Schema present)
      throws ReflectiveOperationException {
    if (old.getType() == Schema.Type.UNION) {
      return java(type, old.getTypes().getLast(), last(present));
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? List.of(java(arguments[0], old.getElementType(), present.getElementType()))
          : Map.of("k", java(arguments[1], old.getValueType(), present.getValueType()));
    }
    Class<?> c = (Class<?>) type;
    Object leaf = leaf(c);
    if (leaf != null) {
      return leaf;
    }
    if (c.isEnum()) {
      return symbol(c, old.getEnumSymbols().getLast());
    }
    return c.isSealed()
        ? record(variant(c, old.getName()), old, last(present))
        : record(c, old, last(present));
  }

  private static Class<?> variant(Class<?> sealed, String name) {
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.getSimpleName().equals(name)) {
        return permitted;
      }
    }
    throw new AssertionError(sealed + " has no " + name);
  }

  private static Object record(Class<?> c, Schema old, Schema present)
      throws ReflectiveOperationException {
    RecordComponent[] components = c.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      Schema.Field before = old.getField(components[i].getName());
      Schema.Field now = present.getField(components[i].getName());
      values[i] =
          before == null
              ? initial(types[i], GenericData.get().getDefaultValue(now))
              : java(components[i].getGenericType(), before.schema(), now.schema());
    }
    return c.getDeclaredConstructor(types).newInstance(values);
  }

  private static Schema last(Schema schema) {
    return schema.getType() == Schema.Type.UNION ? schema.getTypes().getLast() : schema;
  }

  private static Object symbol(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new AssertionError(type + " has no " + name);
  }

  /** A default of the present schema, in Java. */
  private static @Nullable Object initial(Class<?> type, @Nullable Object value)
      throws ReflectiveOperationException {
    if (value instanceof GenericData.EnumSymbol symbol) {
      return symbol(type, symbol.toString());
    } else if (value instanceof List<?> list) {
      assertThat(list).isEmpty();
      return List.of();
    } else if (value instanceof Map<?, ?> map) {
      assertThat(map).isEmpty();
      return Map.of();
    } else if (value instanceof IndexedRecord record) {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      @Nullable Object[] values = new @Nullable Object[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        int at = record.getSchema().getField(components[i].getName()).pos();
        values[i] = initial(types[i], record.get(at));
      }
      return type.getDeclaredConstructor(types).newInstance(values);
    }
    return value instanceof CharSequence text ? text.toString() : value;
  }

  private static @Nullable Object leaf(Class<?> c) {
    if (c == IpAddress.class) {
      return IpAddress.parse("192.0.2.1");
    } else if (c == Cidr.class) {
      return Cidr.parse("192.0.2.0/24");
    } else if (c == AddressSet.class) {
      return AddressSet.of(
          List.of(IpRange.parse("192.0.2.1-192.0.2.9"), IpRange.parse("192.0.2.20")));
    } else if (c == Sha256.class) {
      return Sha256.ZERO;
    } else if (c == RuleSpec.class) {
      return new RuleSpec.Snat(Cidr.parse("192.0.2.0/24"), "s");
    } else if (c == String.class) {
      return "s";
    } else if (c == ByteBuffer.class) {
      return ByteBuffer.wrap(new byte[] {1, 2, 3});
    } else if (c == int.class) {
      return 7;
    } else if (c == long.class || c == Long.class) {
      return 11L;
    }
    return c == boolean.class ? Boolean.TRUE : null;
  }
}
