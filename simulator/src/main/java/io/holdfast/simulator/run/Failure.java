package io.holdfast.simulator.run;

import io.holdfast.simulator.plan.Plan;

/**
 * What broke, and how to see it again.
 *
 * @param rule what it broke, in a few words
 * @param life which of the run's worlds, from 1
 * @param step of that life
 * @param plan what happened in that life until then
 */
public record Failure(
    String rule, String message, Throwable cause, int life, long step, Plan plan) {}
