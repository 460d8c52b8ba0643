package io.holdfast.projector.history;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.net.IpAddress;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * What an event is about: its fields {@code ip}, {@code gateway} and {@code node}, if it has them.
 */
public record Subjects(@Nullable IpAddress ip, @Nullable String gateway, @Nullable String node) {
  private static final ClassValue<@Nullable RecordComponent[]> FIELDS =
      new ClassValue<>() {
        @Override
        protected @Nullable RecordComponent[] computeValue(Class<?> type) {
          @Nullable RecordComponent[] found = new RecordComponent[3];
          for (RecordComponent c : type.getRecordComponents()) {
            if (c.getName().equals("ip")) {
              found[0] = c;
            } else if (c.getName().equals("gateway")) {
              found[1] = c;
            } else if (c.getName().equals("node") && c.getType() == String.class) {
              found[2] = c;
            }
          }
          return found;
        }
      };

  public static Subjects of(Event event) {
    @Nullable RecordComponent[] fields = FIELDS.get(event.getClass());
    return new Subjects(
        (IpAddress) read(fields[0], event),
        (String) read(fields[1], event),
        (String) read(fields[2], event));
  }

  private static @Nullable Object read(@Nullable RecordComponent component, Event event) {
    if (component == null) {
      return null;
    }
    try {
      return component.getAccessor().invoke(event);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component.getName() + " cannot be read", e);
    }
  }
}
