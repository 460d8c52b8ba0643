package io.holdfast.domain.state;

/**
 * How far a network's log has got, as far as deciding and folding need it.
 *
 * @param sequence of the last event; 0 before the first
 * @param time of the last event, epoch milliseconds; 0 before the first
 * @param digest of the state after the last event
 */
public record Head(long sequence, long time, long digest) {
  public static final Head START = new Head(0, 0, 0);
}
