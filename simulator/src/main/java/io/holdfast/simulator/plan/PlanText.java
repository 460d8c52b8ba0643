package io.holdfast.simulator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Plans as text: a line each, {@code time id kind subject detail dice}; what follows a {@code #} is
 * for people.
 */
public final class PlanText {
  private static final String WORLD = "world ";
  private static final String CALM = "calm";

  private PlanText() {}

  /** The plan, without remarks. */
  public static List<String> write(Plan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(WORLD + plan.worldSeed());
    for (Action action : plan.actions()) {
      lines.add(line(action));
    }
    if (plan.calm()) {
      lines.add(CALM);
    }
    return lines;
  }

  /** One action. */
  public static String line(Action a) {
    return a.at()
        + " "
        + a.id()
        + " "
        + a.kind().name().toLowerCase(Locale.ROOT)
        + " "
        + a.subject()
        + " "
        + a.detail()
        + " "
        + a.dice();
  }

  /**
   * Reads a plan.
   *
   * @throws IllegalArgumentException if a line is none; it says which and what is allowed
   */
  public static Plan read(List<String> lines) {
    Long world = null;
    boolean calm = false;
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (line.startsWith(WORLD)) {
        world = number(i, line.substring(WORLD.length()));
      } else if (line.equals(CALM)) {
        calm = true;
      } else if (!line.isEmpty()) {
        actions.add(action(i, line));
      }
    }
    if (world == null) {
      throw new IllegalArgumentException("a plan begins with 'world' and the seed of its world");
    }
    return new Plan(world, calm, actions);
  }

  private static Action action(int at, String line) {
    String[] parts = line.split("\\s+", -1);
    if (parts.length != 6) {
      throw wrong(at, line, "time id kind subject detail dice");
    }
    Kind kind;
    try {
      kind = Kind.valueOf(parts[2].toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong(at, parts[2], "one of " + List.of(Kind.values()));
    }
    return new Action(
        whole(at, parts[1]),
        number(at, parts[0]),
        kind,
        whole(at, parts[3]),
        whole(at, parts[4]),
        number(at, parts[5]));
  }

  private static int whole(int at, String text) {
    long number = number(at, text);
    if (number != (int) number) {
      throw wrong(at, text, "a whole number of 32 bits");
    }
    return (int) number;
  }

  private static long number(int at, String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw wrong(at, text, "a whole number");
    }
  }

  private static IllegalArgumentException wrong(int at, String value, String allowed) {
    return new IllegalArgumentException(
        "line " + (at + 1) + ": '" + value + "'; allowed: " + allowed);
  }
}
