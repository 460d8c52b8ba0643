package io.holdfast.wire;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * How a Java record and an Avro record fit together: by component name, checked once, here. A
 * message's schema has one field more, {@code meta}, which its body does not have.
 */
final class RecordType {
  private static final MethodType READ = MethodType.methodType(Object.class, Object.class);
  private static final MethodType MAKE = MethodType.methodType(Object.class, Object[].class);

  private final String name;
  private final boolean isMessage;
  private final List<Function<Object, Object>> accessors;
  private final MethodHandle constructor;
  private final int[] componentAt;

  /**
   * @param isMessage whether the first field is the meta of a {@link Message}
   */
  RecordType(Schema schema, Class<?> type, boolean isMessage) {
    this.name = schema.getName();
    this.isMessage = isMessage;
    RecordComponent[] components = type.getRecordComponents();
    List<Schema.Field> fields = fields(schema, isMessage);
    if (fields.size() != components.length) {
      throw new IllegalArgumentException(
          schema.getFullName() + " and " + type.getName() + " do not have the same fields");
    }
    List<Function<Object, Object>> read =
        new ArrayList<>(Collections.nCopies(schema.getFields().size(), value -> value));
    componentAt = new int[schema.getFields().size()];
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Class<?>[] parameters = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        parameters[i] = components[i].getType();
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
        read.set(field.pos(), accessor(lookup, components[i]));
        componentAt[field.pos()] = i;
      }
      constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, parameters))
              .asSpreader(Object[].class, parameters.length)
              .asType(MAKE);
    } catch (ReflectiveOperationException | LambdaConversionException e) {
      throw new IllegalArgumentException(type.getName() + " is not a public record", e);
    }
    accessors = List.copyOf(read);
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
    return accessors.get(position).apply(body);
  }

  /** Makes the record, or message, from the values of the schema's fields. */
  Object make(Object[] values) {
    Object[] arguments = new Object[isMessage ? values.length - 1 : values.length];
    for (int position = isMessage ? 1 : 0; position < values.length; position++) {
      arguments[componentAt[position]] = values[position];
    }
    try {
      Object body = (Object) constructor.invokeExact(arguments);
      return isMessage ? new Message<>(values[0], body) : body;
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
