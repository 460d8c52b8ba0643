package io.holdfast.simulator.setup;

import io.holdfast.simulator.plan.Dice;

/**
 * How much goes wrong.
 *
 * @param lostPerMille messages that never arrive
 * @param doubledPerMille messages that arrive twice
 * @param delayMs how long a message may be under way, milliseconds; they overtake each other
 * @param slowPerMille messages that take up to a hundred times as long
 * @param kernelPercent rounds of work in which a kernel does not do what it is told
 * @param faultMs time between faults of nodes and of the service on average, milliseconds
 * @param clientMs time between actions of clients on average, milliseconds
 */
public record Trouble(
    int lostPerMille,
    int doubledPerMille,
    int delayMs,
    int slowPerMille,
    int kernelPercent,
    int faultMs,
    int clientMs) {

  /** Nothing goes wrong, and nobody wants anything. */
  public static final Trouble NONE = new Trouble(0, 0, 8, 0, 0, 0, 0);

  static Trouble of(Dice dice) {
    boolean rough = dice.percent(60);
    return new Trouble(
        rough ? dice.pick(LOST) : 0,
        rough ? dice.pick(LOST) : 0,
        dice.between(2, 60),
        rough ? dice.between(0, 30) : 0,
        rough ? dice.pick(KERNEL) : 0,
        dice.pick(FAULTS),
        dice.between(4, 60));
  }

  private static final java.util.List<Integer> LOST = java.util.List.of(0, 2, 10, 50, 150);
  private static final java.util.List<Integer> KERNEL = java.util.List.of(0, 3, 15, 40);
  private static final java.util.List<Integer> FAULTS =
      java.util.List.of(400, 1_500, 4_000, 15_000);
}
