package io.holdfast.simulator.plan;

/**
 * One thing that happens. A list of these is a plan: it can be played again, and still means
 * something when some of it is left out, because an action whose subject is not there does nothing.
 *
 * @param id unique in its run and kept when others are left out; messages are named after the
 *     action that sent them
 * @param at simulated time, milliseconds from the beginning
 * @param subject depends on the kind
 * @param detail depends on the kind
 * @param dice seed of what is chosen while it happens
 */
public record Action(int id, long at, Kind kind, int subject, int detail, long dice)
    implements Comparable<Action> {

  /** So many messages one action may send. */
  public static final int MESSAGES = 64;

  @Override
  public int compareTo(Action other) {
    return at != other.at ? Long.compare(at, other.at) : Integer.compare(id, other.id);
  }
}
