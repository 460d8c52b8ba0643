package io.holdfast.domain.outcome;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A refusal is data: a code for programs, a sentence for people, and what they need to do better.
 *
 * @param field the command's field at fault, or null
 * @param value what it held, or null
 * @param allowed what would be allowed, or null
 * @param details figures behind the decision, for example the breakdown of an exhausted pool
 */
public record Refusal(
    RefusalCode code,
    String message,
    @Nullable String field,
    @Nullable String value,
    @Nullable String allowed,
    Map<String, String> details) {

  public Refusal {
    details = Map.copyOf(details);
  }

  public static Refusal of(RefusalCode code, String message) {
    return new Refusal(code, message, null, null, null, Map.of());
  }

  public static Refusal invalid(String field, Object value, String allowed) {
    return new Refusal(
        RefusalCode.Invalid,
        field + " is '" + value + "'; allowed: " + allowed,
        field,
        value.toString(),
        allowed,
        Map.of());
  }

  public Refusal with(String key, Object value) {
    Map<String, String> more = new TreeMap<>(details);
    more.put(key, value.toString());
    return new Refusal(code, message, field, this.value, allowed, more);
  }
}
