package io.holdfast.domain.model;

/** Which free address of a pool is given next. */
public enum PoolPolicy {
  /** What an older reader makes of a newer policy. */
  UNKNOWN,
  /**
   * The one that was released longest ago; while there is none that has cooled down, a never-used
   * one.
   */
  LEAST_RECENTLY_USED,
  /** The lowest. */
  FIRST_FREE,
  /** Any: the next one that is free from a place drawn at random. */
  RANDOM,
  /** The one its owner had last, if it is free; else as LEAST_RECENTLY_USED. */
  STICKY,
  /**
   * From the shortest run of free addresses that is long enough, so that long runs stay whole for
   * those who ask for adjacent addresses.
   */
  BEST_FIT;

  /** Whether the pool keeps its free addresses as runs, ordered by place and by length. */
  public boolean keepsRuns() {
    return this == FIRST_FREE || this == RANDOM || this == BEST_FIT;
  }
}
