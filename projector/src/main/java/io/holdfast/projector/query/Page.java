package io.holdfast.projector.query;

/**
 * Which part of a list.
 *
 * @param limit at most so many
 * @param after go on after this one; empty: from the beginning
 */
public record Page(int limit, String after) {
  public static final int MAX = 10_000;
  public static final Page FIRST = new Page(100, "");

  public Page {
    if (limit < 1 || limit > MAX) {
      throw AuditFault.invalid("limit", Integer.toString(limit), "1 to " + MAX);
    }
  }

  /** {@link #after} of a list in the order of sequence numbers. */
  long afterSequence() {
    try {
      return after.isEmpty() ? 0 : Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw AuditFault.invalid("after", after, "what an earlier page gave as next");
    }
  }
}
