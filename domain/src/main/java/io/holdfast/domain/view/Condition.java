package io.holdfast.domain.view;

/**
 * One thing that holds, does not hold, or is not known, with its reason.
 *
 * @param reason for programs, CamelCase
 * @param message for people
 * @param since epoch milliseconds from which on it surely holds; 0 where the state does not know
 * @param observedRevision revision of the item that the last counted observation had applied; 0 if
 *     the condition does not rest on one
 */
public record Condition(
    Type type, Status status, String reason, String message, long since, long observedRevision) {

  /** What conditions there are, spelled as on the wire. */
  public enum Type {
    /** It works: held, programmed, and by nobody else. */
    Ready,
    /** The gateway's current instance was seen with it. */
    Programmed,
    /** No check casts doubt on the owner's existence. */
    OwnerKnown,
    /** Neither it nor its gateway fails its probes. */
    Reachable,
    /** Its pool still covers it. */
    InPool,
    /** It was seen nowhere where it is not to be. */
    NoDrift,
    /** Nothing that is none of ours answers for it. */
    NoConflict
  }

  /** Spelled as on the wire. */
  public enum Status {
    True,
    False,
    Unknown
  }

  static Condition holds(Type type, String reason, String message) {
    return new Condition(type, Status.True, reason, message, 0, 0);
  }

  static Condition fails(Type type, String reason, String message, long since) {
    return new Condition(type, Status.False, reason, message, since, 0);
  }
}
