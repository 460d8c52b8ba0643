package io.holdfast.cli.out;

import io.holdfast.cli.client.Problem;
import java.util.Map;

/** A refusal in one or two plain lines. */
public final class Problems {
  private Problems() {}

  /** The code and the sentence, then what was at fault, what would be allowed, and the figures. */
  public static String lines(Problem p) {
    StringBuilder b = new StringBuilder("refused: ").append(p.code());
    if (!p.detail().isEmpty()) {
      b.append(": ").append(p.detail());
    }
    StringBuilder second = new StringBuilder();
    // Most sentences name the field, its value and what is allowed: once is enough.
    if (!p.detail().contains(p.field()) || !p.detail().contains(p.value())) {
      part(second, (p.field().isEmpty() ? "value" : p.field()) + " = " + p.value());
    }
    if (!p.detail().contains(p.allowed())) {
      part(second, "allowed: " + p.allowed());
    }
    for (Map.Entry<String, String> e : p.details().entrySet()) {
      part(second, e.getKey() + " = " + e.getValue());
    }
    String first = Plain.line(b.toString());
    return second.isEmpty() ? first : first + "\n  " + Plain.line(second.toString());
  }

  private static void part(StringBuilder b, String text) {
    b.append(b.isEmpty() ? "" : "; ").append(text);
  }
}
