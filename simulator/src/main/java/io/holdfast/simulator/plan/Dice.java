package io.holdfast.simulator.plan;

import java.util.List;

/** Random numbers from a seed, the same on every machine: SplitMix64 (Steele, Lea, Flood 2014). */
public final class Dice {
  private long state;

  public Dice(long seed) {
    this.state = seed;
  }

  /** The next 64 bits. */
  public long next() {
    state += 0x9E3779B97F4A7C15L;
    long a = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
    return b ^ b >>> 31;
  }

  /** 0 to {@code bound - 1}. */
  public int below(int bound) {
    return (int) ((next() >>> 33) % bound);
  }

  /** From {@code least} to {@code most}, both included. */
  public int between(int least, int most) {
    return least + below(most - least + 1);
  }

  public boolean percent(int percent) {
    return below(100) < percent;
  }

  public boolean perMille(int perMille) {
    return below(1_000) < perMille;
  }

  public <T> T pick(List<T> from) {
    return from.get(below(from.size()));
  }
}
