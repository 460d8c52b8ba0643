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
    if (!p.field().isEmpty()) {
      part(second, p.field() + " = " + (p.value().isEmpty() ? "(empty)" : p.value()));
    } else if (!p.value().isEmpty()) {
      part(second, "value = " + p.value());
    }
    if (!p.allowed().isEmpty()) {
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
