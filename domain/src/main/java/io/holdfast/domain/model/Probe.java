package io.holdfast.domain.model;

/**
 * Reachability as probed: failures in a row.
 *
 * @param since epoch milliseconds of the first failure
 */
public record Probe(int failures, long since, String detail) implements Fingerprint.Entry {
  @Override
  public void addTo(Fingerprint f) {
    f.add(failures).add(since).add(detail);
  }
}
