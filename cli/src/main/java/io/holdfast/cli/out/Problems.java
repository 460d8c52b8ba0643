package io.holdfast.cli.out;

import io.holdfast.cli.client.Problem;
import java.util.Map;
import java.util.Set;

/** A refusal in one or two plain lines; that of an import has one for each of its lines. */
public final class Problems {
  /** What the service calls them, and what they are called here. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "meta.reason", "--reason",
          "Holdfast-Reason", "--reason",
          "meta.actor", "--actor",
          "Holdfast-Actor", "--actor",
          "meta.id", "--id",
          "Idempotency-Key", "--id");

  /** What it is about stands in the sentence, mostly; for programs it stands in a field, too. */
  private static final Set<String> SUBJECTS = Set.of("ip", "pool", "gateway", "node", "tenant");

  private Problems() {}

  /** The code and the sentence, then what was at fault, what would be allowed, and the figures. */
  public static String lines(Problem p) {
    StringBuilder b = new StringBuilder("refused: ").append(p.code());
    String field = OPTIONS.getOrDefault(p.field(), p.field());
    String detail =
        p.detail().startsWith(p.field())
            ? field + p.detail().substring(p.field().length())
            : p.detail();
    if (!detail.isEmpty()) {
      b.append(": ").append(detail);
    }
    String first = Plain.line(b.toString());
    if (p.code().equals("ImportRefused") && !p.details().isEmpty()) {
      return first + each(p.details());
    }
    StringBuilder second = new StringBuilder();
    // Most sentences name the field, its value and what is allowed: once is enough.
    if (!detail.contains(field) || !detail.contains(p.value())) {
      part(second, (field.isEmpty() ? "value" : field) + " = " + p.value());
    }
    if (!detail.contains(p.allowed())) {
      part(second, "allowed: " + p.allowed());
    }
    for (Map.Entry<String, String> e : p.details().entrySet()) {
      if (!SUBJECTS.contains(e.getKey()) || !detail.contains(e.getValue())) {
        part(second, e.getKey() + " = " + e.getValue());
      }
    }
    return second.isEmpty() ? first : first + "\n  " + Plain.line(second.toString());
  }

  /** There may be very many of them. */
  private static String each(Map<String, String> details) {
    StringBuilder all = new StringBuilder();
    details.forEach((line, what) ->
        all.append("\n  ").append(Plain.line(line.replaceAll(" +", " ") + ": " + what)));
    return all.toString();
  }

  private static void part(StringBuilder b, String text) {
    b.append(b.isEmpty() ? "" : "; ").append(text);
  }
}
