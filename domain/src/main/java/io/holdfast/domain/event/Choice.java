package io.holdfast.domain.event;

import java.util.List;

/**
 * Why an allocation gave this address and no other.
 *
 * @param skipped what would have come first and was passed over, at most 8
 */
public record Choice(Why why, List<Skipped> skipped) {
  public static final int MOST_SKIPPED = 8;

  public Choice {
    skipped = List.copyOf(skipped);
  }

  public static Choice of(Why why) {
    return new Choice(why, List.of());
  }

  /** How it was chosen within its pool. */
  public enum Why {
    /** What an older reader makes of a newer one. */
    UNKNOWN,
    /** The command named it. */
    ASKED_FOR,
    /** Of the free ones that were used before, it rested longest. */
    LEAST_RECENTLY_USED,
    /** It was never used, and no used one has cooled down. */
    NEVER_USED,
    /** The lowest free one. */
    LOWEST,
    /** Drawn at random. */
    RANDOM,
    /** Its owner had it last. */
    HAD_IT_LAST,
    /** Its last holder was of the same tenant. */
    SAME_TENANT,
    /** From the shortest run of free addresses that is long enough. */
    BEST_FIT
  }

  /**
   * @param what a pool or an address
   * @param because for people
   */
  public record Skipped(String what, String because) {}
}
