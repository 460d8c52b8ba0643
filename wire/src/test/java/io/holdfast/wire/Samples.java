package io.holdfast.wire;

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

  static Object expected(Contract.Type type) throws ReflectiveOperationException {
    Object body = java(type.body());
    return type.meta() == null ? body : new Message<>(java(type.meta()), body);
  }

  private static Object java(Type type) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? List.of(java(arguments[0]))
          : Map.of("k", java(arguments[1]));
    }
    Class<?> c = (Class<?>) type;
    Object leaf = leaf(c);
    if (leaf != null) {
      return leaf;
    }
    if (c.isEnum()) {
      Object[] constants = c.getEnumConstants();
      return constants[constants.length - 1];
    }
    RecordComponent[] components = c.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = java(components[i].getGenericType());
    }
    return c.getDeclaredConstructor(types).newInstance(values);
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
