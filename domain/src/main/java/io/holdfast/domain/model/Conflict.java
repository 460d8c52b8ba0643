package io.holdfast.domain.model;

/**
 * Something that is none of ours was seen to answer for a held address.
 *
 * @param by what answered, for example a hardware address
 * @param since epoch milliseconds of the first sight
 * @param until epoch milliseconds at which it counts as over if it is not seen again; {@link
 *     Address#NEVER}: when an operator says so
 */
public record Conflict(String by, long since, long until) implements Fingerprint.Entry {
  @Override
  public void addTo(Fingerprint f) {
    f.add(by).add(since).add(until);
  }
}
