package io.holdfast.simulator.run;

import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param steps things that happened
 * @param events of all networks
 * @param lives worlds, one after the other
 * @param digest of the states after all events: the same for the same seed, steps and release
 * @param failure null: everything held
 */
public record Result(
    long seed, long steps, long events, int lives, long digest, @Nullable Failure failure) {}
