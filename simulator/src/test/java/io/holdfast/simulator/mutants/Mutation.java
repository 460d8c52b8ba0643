package io.holdfast.simulator.mutants;

import java.util.Locale;

/**
 * One planted fault.
 *
 * @param type simple name below {@code io.holdfast.domain}, for example {@code model.Gateway}
 * @param method every method of this name in it
 * @param what how it is changed
 * @param call name of the method that it calls and the change is about; else empty
 */
record Mutation(String type, String method, What what, String call) {

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
    return new Mutation(type, method, what, "");
  }

  static Mutation leavesOut(String type, String method, String call) {
    return new Mutation(type, method, What.LEAVES_OUT, call);
  }

  static Mutation takesForTrue(String type, String method, String call) {
    return new Mutation(type, method, What.TAKES_FOR_TRUE, call);
  }

  static Mutation takesForFalse(String type, String method, String call) {
    return new Mutation(type, method, What.TAKES_FOR_FALSE, call);
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
