package io.holdfast.simulator.mutants;

import java.util.Locale;

/**
 * One planted fault.
 *
 * @param type simple name below {@code io.holdfast.domain}, for example {@code model.Gateway}
 * @param method every method of this name in it
 * @param what how it is changed
 * @param call name of the method that it calls and the change is about; else empty
 * @param first the seed to begin with: one that found it soon
 */
record Mutation(String type, String method, What what, String call, long first) {

  /** How a method is changed. */
  enum What {
    /** Returns the opposite. */
    NEGATED,
    /** Returns true at once. */
    TRUE,
    /** Returns false, 0 or null at once, or does nothing. */
    NOTHING,
    /** Returns an empty list at once. */
    EMPTY,
    /** Returns the object itself at once. */
    ITSELF,
    /** Returns its first argument at once. */
    FIRST_ARGUMENT,
    /** Does not call a method that returns nothing. */
    LEAVES_OUT,
    /** Takes what a method answers for true. */
    TAKES_FOR_TRUE,
    /** Takes what a method answers for false. */
    TAKES_FOR_FALSE
  }

  static Mutation changed(String type, String method, What what) {
    return new Mutation(type, method, what, "", 1);
  }

  static Mutation leavesOut(String type, String method, String call) {
    return new Mutation(type, method, What.LEAVES_OUT, call, 1);
  }

  static Mutation takesForTrue(String type, String method, String call) {
    return new Mutation(type, method, What.TAKES_FOR_TRUE, call, 1);
  }

  static Mutation takesForFalse(String type, String method, String call) {
    return new Mutation(type, method, What.TAKES_FOR_FALSE, call, 1);
  }

  /** The same, looked for with this seed first: the others find it late. */
  Mutation with(long seed) {
    return new Mutation(type, method, what, call, seed);
  }

  String className() {
    return "io.holdfast.domain." + type;
  }

  @Override
  public String toString() {
    String how = what.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return type + "." + method + " " + how + (call.isEmpty() ? "" : " " + call);
  }
}
