package io.holdfast.domain.model;

/**
 * Something that is none of ours was seen to answer for a held address.
 *
 * @param by what answered, for example a hardware address
 * @param since epoch milliseconds of the first sight
 * @param lastSeen epoch milliseconds of the last sight that made an event
 */
public record Conflict(String by, long since, long lastSeen) implements Fingerprint.Entry {
  @Override
  public void addTo(Fingerprint f) {
    f.add(by).add(since).add(lastSeen);
  }
}
