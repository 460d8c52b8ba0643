package io.holdfast.domain.model;

/**
 * What checks have cast doubt on an owner's existence so far. Gone as soon as one check finds the
 * owner.
 *
 * @param unknown checks in a row that could not tell
 * @param absent checks of a healthy source that found no owner
 * @param since epoch milliseconds of the first of them
 * @param firstAbsentAt epoch milliseconds of the first ABSENT; 0 if none
 * @param nextCheckAt epoch milliseconds before which another UNKNOWN tells nothing new
 * @param detail what the last check said
 */
public record OwnerDoubt(
    int unknown, int absent, long since, long firstAbsentAt, long nextCheckAt, String detail)
    implements Fingerprint.Entry {
  @Override
  public void addTo(Fingerprint f) {
    f.add(unknown).add(absent).add(since).add(firstAbsentAt).add(nextCheckAt).add(detail);
  }
}
