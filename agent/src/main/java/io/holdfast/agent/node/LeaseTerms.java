package io.holdfast.agent.node;

/**
 * How long a lease is armed for, and what contact it needs. With F = {@code fenceAfterMs}: it runs
 * for 0.9 F from when it was armed, and may be used if the service has counted contact at most 0.1
 * F before that. So it ends at most F after the last contact that was counted. The service waits
 * for 1.1 F and 2 s from there; see docs/agent.md.
 *
 * @param lengthMs how long it runs, milliseconds
 * @param slackMs how much earlier than its arming the contact may seem to have been, milliseconds:
 *     the time of contact is known to within one answer's travel only
 */
record LeaseTerms(long lengthMs, long slackMs) {
  static LeaseTerms of(long fenceAfterMs) {
    long slack = fenceAfterMs / 10;
    return new LeaseTerms(fenceAfterMs - slack, slack);
  }

  /**
   * Whether a lease armed no later than {@code armedBy} may be used after contact at {@code
   * contact}, both on the same clock.
   */
  boolean covers(long armedBy, long contact) {
    return contact + slackMs >= armedBy;
  }
}
