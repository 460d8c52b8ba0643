package io.holdfast.simulator.mutants;

import java.lang.reflect.InvocationTargetException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A domain with one fault, simulated. */
final class Mutant {
  /** The step by which it was found, and as what. */
  record Found(long seed, long steps, String rule) {}

  private Mutant() {}

  /**
   * Simulates until the fault is found. Null: it was not.
   *
   * @param seeds runs, with the mutation's seed first, then from seed 1 on
   * @param steps of each run
   */
  static @Nullable Found find(Mutation mutation, int seeds, long steps)
      throws ReflectiveOperationException {
    MutantLoader loader = new MutantLoader(mutation);
    Class<?> simulation = loader.loadClass("io.holdfast.simulator.run.Simulation");
    var run = simulation.getMethod("run", long.class, long.class, LongConsumer.class);
    long made = 0;
    Found found = null;
    for (int i = 0; i < seeds && found == null; i++) {
      long seed = i == 0 ? mutation.first() : i;
      Object result;
      try {
        result = run.invoke(null, seed, steps, (LongConsumer) done -> {});
      } catch (InvocationTargetException e) {
        throw new IllegalStateException(mutation + " cannot be run", e.getCause());
      }
      made += (long) result.getClass().getMethod("steps").invoke(result);
      Object failure = result.getClass().getMethod("failure").invoke(result);
      if (failure != null) {
        Object rule = failure.getClass().getMethod("rule").invoke(failure);
        found = new Found(seed, made, String.valueOf(rule));
      }
    }
    if (loader.changed() == 0) {
      throw new IllegalStateException(mutation + " changes nothing: there is no such method");
    }
    return found;
  }
}
