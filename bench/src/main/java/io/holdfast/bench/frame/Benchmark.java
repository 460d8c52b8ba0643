package io.holdfast.bench.frame;

/** One thing that is measured. */
public interface Benchmark {

  /** The word that chooses it, for {@code --only}. */
  String word();

  /** What it measures, in a line. */
  String about();

  /** Whether it belongs to a run of this size in which nothing was chosen. */
  default boolean isIn(Size size) {
    return true;
  }

  /**
   * Measures.
   *
   * @throws Exception if it cannot be measured; the other benchmarks are run all the same
   */
  void measure(Run run) throws Exception;
}
