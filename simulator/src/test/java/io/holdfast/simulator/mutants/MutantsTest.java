package io.holdfast.simulator.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation finds every fault that is planted into the domain. */
class MutantsTest {
  private static final int SEEDS = 12;
  private static final long STEPS = 100_000;

  static Stream<Mutation> mutations() {
    return Mutations.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void isFound(Mutation mutation) throws ReflectiveOperationException {
    Mutant.Found found = Mutant.find(mutation, SEEDS, STEPS);
    System.out.println("MutantsTest: " + mutation + ": " + found);
    assertThat(found).as(mutation.toString()).isNotNull();
  }
}
