package io.holdfast.cli.session;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a verb may touch of the world.
 *
 * @param out answers, and nothing else
 * @param err everything for people that is no answer
 * @param colour whether answers go to somebody who sees colours
 * @param interactive whether answers go to a person and not to a program
 * @param clock for relative times only; nothing is decided by it
 * @param environment the environment variables
 * @param user who runs this, by the system's account
 */
public record Terminal(
    PrintWriter out,
    PrintWriter err,
    boolean colour,
    boolean interactive,
    InstantSource clock,
    Map<String, String> environment,
    String user) {}
