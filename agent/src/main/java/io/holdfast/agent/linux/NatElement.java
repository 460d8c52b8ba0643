package io.holdfast.agent.linux;

/**
 * An element of a map: half a FIP, a DNAT or a SNAT rule.
 *
 * @param comment Holdfast's mark; whatever else for what others put there
 */
record NatElement(NatKey key, NatValue value, String comment) {
  private static final String MARK = "tenure ";

  static NatElement of(NatKey key, NatValue value, long tenure) {
    return new NatElement(key, value, MARK + tenure);
  }

  /** Holdfast put it there. */
  boolean ours() {
    return comment.startsWith(MARK);
  }
}
