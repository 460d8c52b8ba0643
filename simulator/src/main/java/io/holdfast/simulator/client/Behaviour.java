package io.holdfast.simulator.client;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One kind of thing that a client does.
 *
 * @param weight how often, compared to the others
 * @param act chooses what is wanted; null: nothing, as things stand
 */
public record Behaviour(String name, int weight, Function<Scene, @Nullable Wish> act) {}
