package io.holdfast.agent.driver;

import java.time.Duration;

/**
 * A lease that a driver has armed: its clock runs, and nothing depends on it yet.
 *
 * @param number grows with each lease of one driver
 * @param length how long it runs, counted from the moment it was armed
 */
public record Lease(long number, Duration length) {}
