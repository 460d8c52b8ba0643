package io.holdfast.wire;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a Java record and an Avro record fit together: by component name, checked once, here. A
 * message's schema has one field more, {@code meta}, which its body does not have.
 */
final class RecordType {
  private static final MethodType READ = MethodType.methodType(Object.class, Object.class);
  private static final MethodType MAKE = MethodType.methodType(Object.class, Object[].class);

  private final String name;
  private final boolean isMessage;
  private final Class<?> type;
  private final int[] componentAt;
  private @Nullable Access access;

  /**
   * How the record is read and made.
   *
   * @param read by the position of the field
   */
  private record Access(List<Function<Object, Object>> read, MethodHandle make) {}

  /**
   * @param isMessage whether the first field is the meta of a {@link Message}
   */
  RecordType(Schema schema, Class<?> type, boolean isMessage) {
    this.name = schema.getName();
    this.isMessage = isMessage;
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    if (fields(schema, isMessage).size() != components.length) {
      throw new IllegalArgumentException(
          schema.getFullName() + " and " + type.getName() + " do not have the same fields");
    }
    componentAt = new int[schema.getFields().size()];
    for (int i = 0; i < components.length; i++) {
      Schema.Field field = schema.getField(components[i].getName());
      if (field == null) {
        throw new IllegalArgumentException(
            schema.getFullName()
                + " has no field "
                + components[i].getName()
                + " as "
                + type.getName()
                + " has");
      }
      componentAt[field.pos()] = i;
    }
  }

  /**
   * Made at the first use: most of a hundred types do not occur while somebody waits for a start.
   */
  private Access access() {
    Access made = access;
    if (made == null) {
      made = makeAccess();
      access = made;
    }
    return made;
  }

  private Access makeAccess() {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] parameters = new Class<?>[components.length];
    List<Function<Object, Object>> read = new ArrayList<>();
    try {
      for (int i = 0; i < components.length; i++) {
        parameters[i] = components[i].getType();
      }
      for (int position = 0; position < componentAt.length; position++) {
        read.add(
            isMessage && position == 0
                ? value -> value
                : accessor(lookup, components[componentAt[position]]));
      }
      return new Access(
          List.copyOf(read),
          lookup
              .findConstructor(type, MethodType.methodType(void.class, parameters))
              .asSpreader(Object[].class, parameters.length)
              .asType(MAKE));
    } catch (ReflectiveOperationException | LambdaConversionException e) {
      throw new IllegalArgumentException(type.getName() + " is not a public record", e);
    }
  }

  /** A lambda, not the method handle itself: what is called for every field must be inlined. */
  @SuppressWarnings("unchecked") // the metafactory makes what it is asked for
  private static Function<Object, Object> accessor(
      MethodHandles.Lookup lookup, RecordComponent component)
      throws IllegalAccessException, LambdaConversionException {
    MethodHandle read = lookup.unreflect(component.getAccessor());
    CallSite site =
        LambdaMetafactory.metafactory(
            lookup,
            "apply",
            MethodType.methodType(Function.class),
            READ,
            read,
            read.type().wrap().changeParameterType(0, read.type().parameterType(0)));
    try {
      return (Function<Object, Object>) site.getTarget().invokeExact();
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Schema.Field> fields(Schema schema, boolean isMessage) {
    List<Schema.Field> fields = new ArrayList<>(schema.getFields());
    if (isMessage && !fields.removeFirst().name().equals("meta")) {
      throw new IllegalArgumentException(schema.getFullName() + " does not begin with meta");
    }
    return fields;
  }

  String name() {
    return name;
  }

  boolean isMessage() {
    return isMessage;
  }

  Object get(Object datum, int position) {
    if (isMessage) {
      Message<?, ?> message = (Message<?, ?>) datum;
      return position == 0 ? message.meta() : read(message.body(), position);
    }
    return read(datum, position);
  }

  private Object read(Object body, int position) {
    return access().read().get(position).apply(body);
  }

  /** Makes the record, or message, from the values of the schema's fields. */
  Object make(Object[] values) {
    Object[] arguments = new Object[isMessage ? values.length - 1 : values.length];
    for (int position = isMessage ? 1 : 0; position < values.length; position++) {
      arguments[componentAt[position]] = values[position];
    }
    try {
      Object body = (Object) access().make().invokeExact(arguments);
      return isMessage ? new Message<>(values[0], body) : body;
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
