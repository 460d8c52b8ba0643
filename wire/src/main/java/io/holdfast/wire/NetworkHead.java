package io.holdfast.wire;

import io.holdfast.domain.state.Head;

/**
 * How far a network's log has got, with the hash its next event refers to.
 *
 * @param time epoch milliseconds
 */
public record NetworkHead(long sequence, long time, long digest, Sha256 hash) {
  public static final NetworkHead START = of(Head.START, Sha256.ZERO);

  public static NetworkHead of(Head head, Sha256 hash) {
    return new NetworkHead(head.sequence(), head.time(), head.digest(), hash);
  }

  public Head head() {
    return new Head(sequence, time, digest);
  }
}
