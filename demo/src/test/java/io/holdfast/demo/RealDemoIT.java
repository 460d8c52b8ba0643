package io.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code holdfast demo --real}: K-a to K-e, F-a, F-b and F-e with real agents in network
 * namespaces. Skipped without root or a program, unless HOLDFAST_REQUIRE_ROOT_TESTS=1.
 */
class RealDemoIT {
  @Test
  void everyCheckPasses() {
    String missing = Demo.missingForReal();
    if ("1".equals(System.getenv("HOLDFAST_REQUIRE_ROOT_TESTS"))) {
      assertThat(missing).isEmpty();
    }
    assumeTrue(missing.isEmpty(), missing);
    List<String> story = new ArrayList<>();
    List<Check> checks = Demo.playReal(story::add, line -> {});
    assertThat(checks)
        .as(String.join("\n", story))
        .hasSizeGreaterThanOrEqualTo(10)
        .allMatch(Check::passed);
    // The kernel's own words are beside Holdfast's.
    assertThat(story).anyMatch(line -> line.contains("inet 10.1.69.206/24"));
  }
}
