package io.holdfast.domain.simulate;

import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.oracle.Violation;
import io.holdfast.domain.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays a generated script, heals everything, and wants everything to come to rest. */
final class Player {
  /** Answers are kept for longer than any simulation lasts. */
  static final Settings SETTINGS = new Settings(15_000, 60_000, 365L * 24 * 3_600_000);

  private Player() {}

  /**
   * Plays what the seed gives.
   *
   * @param lines takes what was played
   * @return null: all rules held; else what broke
   */
  static @Nullable Throwable fault(long seed, int length, List<String> lines) {
    return fault(script -> new Generator(seed, script, lines).play(length));
  }

  /** Plays the lines. */
  static @Nullable Throwable fault(List<String> lines) {
    return fault(script -> lines.forEach(script::step));
  }

  private static @Nullable Throwable fault(Consumer<Script> play) {
    Script script = new Script(SETTINGS);
    try {
      play.accept(script);
      heal(script);
      rested(script);
      script.step("restart");
      return null;
    } catch (RuntimeException | AssertionError broken) {
      return broken;
    }
  }

  private static void heal(Script script) {
    for (String node : Generator.NODES) {
      script.step("heal " + node);
      script.step("boot " + node);
    }
    // Owners that live renew their leases; those of a drained pool end within the rounds below.
    each(script, "HELD", "renew %s lease=0s");
    for (int round = 0; round < 24; round++) {
      for (String node : Generator.NODES) {
        script.step("beat " + node);
      }
      for (String node : Generator.NODES) {
        for (String gateway : Generator.GATEWAYS) {
          script.step("agent " + gateway + " " + node);
        }
      }
      script.step("tick +8s");
    }
    each(script, "QUARANTINED", "end-quarantine %s");
    for (String node : Generator.NODES) {
      script.step("beat " + node);
    }
    script.step("tick +310s");
  }

  private static void each(Script script, String stage, String line) {
    script.ledger().oracle().summary().entrySet().stream()
        .filter(e -> e.getValue().startsWith(stage))
        .forEach(e -> script.step(line.formatted(e.getKey())));
  }

  /**
   * Nothing waits for ever: all that was released is free, all that is attached was ready just
   * before the silence.
   */
  private static void rested(Script script) {
    List<String> stuck = new ArrayList<>();
    script
        .ledger()
        .oracle()
        .summary()
        .forEach((ip, line) -> {
          boolean rests = line.startsWith("HELD") || line.startsWith("RESERVED");
          if (!rests || line.contains("x")) {
            stuck.add(ip + " " + line);
          }
        });
    Violation.check(stuck.isEmpty(), "progress", "after everything healed: " + stuck);
    for (String gateway : Generator.GATEWAYS) {
      var state = script.ledger().state().gateways().get(gateway);
      Violation.check(
          state == null || !state.retiring() || state.isRetired(),
          "progress",
          gateway + " " + state);
    }
    Violation.check(Phase.values().length == 6, "progress", "a new phase is not looked at");
  }

  /** The names of what went wrong: a shrunk script must fail for the same reason. */
  static String kind(Throwable fault) {
    String message = String.valueOf(fault.getMessage());
    int colon = message.indexOf(':');
    return fault.getClass().getSimpleName()
        + " "
        + (colon < 0 ? message : message.substring(0, colon));
  }
}
