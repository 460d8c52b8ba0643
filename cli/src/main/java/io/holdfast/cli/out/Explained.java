package io.holdfast.cli.out;

import java.util.List;

/** The service's sentences about something, one a line: what it is, what is wrong, what helps. */
public final class Explained {
  private Explained() {}

  public static String text(Doc d) {
    StringBuilder b = new StringBuilder();
    for (String field : List.of("state", "why", "unblock")) {
      d.doc(field).node().forEach(n -> b.append(Plain.line(n.asText())).append('\n'));
    }
    return b.toString();
  }
}
