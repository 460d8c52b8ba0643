package io.holdfast.cli.out;

/** Whether something works, and if not, why. */
final class Ready {
  private Ready() {}

  static Cell cell(Doc d) {
    if (!d.has("ready")) {
      return Cell.of("");
    }
    return d.is("ready") ? new Cell("yes", Tone.GOOD) : new Cell("no", Tone.BAD);
  }

  /** The reason of the condition Ready. */
  static String why(Doc d) {
    for (Doc c : d.docs("conditions")) {
      if (c.text("type").equals("Ready")) {
        return c.text("reason");
      }
    }
    return "";
  }

  static Tone tone(String status) {
    return switch (status) {
      case "True" -> Tone.GOOD;
      case "False" -> Tone.BAD;
      default -> Tone.WAITING;
    };
  }
}
