package io.holdfast.demo;

/**
 * One thing that must hold.
 *
 * @param scenario for example {@code D-a}
 * @param what in words
 * @param seen what was found, for people
 */
public record Check(String scenario, String what, boolean passed, String seen) {}
