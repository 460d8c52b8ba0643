package io.holdfast.domain.outcome;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A refusal is data: a code for programs, a sentence for people, and what they need to do better.
 * What it quotes came from outside and may be of any length: it is cut, see {@link Excerpt}.
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

  /** A list of a gateway's candidates fits, a list of what somebody sent need not. */
  private static final int SENTENCE = 2_000;

  /** Of each detail; names are shorter. */
  private static final int DETAIL = 1_000;

  public Refusal {
    message = Excerpt.of(message, SENTENCE);
    field = field == null ? null : Excerpt.of(field, Excerpt.VALUE);
    value = value == null ? null : Excerpt.of(value, Excerpt.VALUE);
    allowed = allowed == null ? null : Excerpt.of(allowed, SENTENCE);
    Map<String, String> cut = new TreeMap<>();
    details.forEach((key, text) -> cut.put(key, Excerpt.of(text, DETAIL)));
    details = Map.copyOf(cut);
  }

  public static Refusal of(RefusalCode code, String message) {
    return new Refusal(code, message, null, null, null, Map.of());
  }

  public static Refusal invalid(String field, Object value, String allowed) {
    String quoted = Excerpt.of(value.toString(), Excerpt.VALUE);
    return new Refusal(
        RefusalCode.Invalid,
        field + " is '" + quoted + "'; allowed: " + allowed,
        field,
        quoted,
        allowed,
        Map.of());
  }

  /** The same, of one item among several. */
  public Refusal in(String item) {
    return message.startsWith(item)
        ? this
        : new Refusal(code, item + ": " + message, field, value, allowed, details);
  }

  public Refusal withAll(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(details);
    all.putAll(more);
    return new Refusal(code, message, field, value, allowed, all);
  }

  public Refusal with(String key, Object value) {
    Map<String, String> more = new TreeMap<>(details);
    more.put(key, value.toString());
    return new Refusal(code, message, field, this.value, allowed, more);
  }
}
