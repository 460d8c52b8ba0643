package io.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines are as iproute2 writes them. */
class NeighbourTest {
  private static final Map<String, String> NAMES = Map.of("02:00:00:00:00:01", "gw1");

  @Test
  void theNamedTheStrangerAndNobodyAreToldApart() {
    assertThat(Neighbour.read("10.1.9.5 lladdr 02:00:00:00:00:01 REACHABLE", NAMES))
        .contains(new Neighbour.Known("gw1"));
    assertThat(Neighbour.read("10.1.9.5 lladdr 02:00:00:00:00:02 DELAY", NAMES))
        .contains(new Neighbour.Stranger("02:00:00:00:00:02"));
    assertThat(Neighbour.read("10.1.9.5 FAILED", NAMES)).contains(new Neighbour.Nobody());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.1.9.5 INCOMPLETE"})
  void whatTheKernelDoesNotKnowYetIsNobodyNeither(String line) {
    assertThat(Neighbour.read(line, NAMES)).isEmpty();
  }
}
