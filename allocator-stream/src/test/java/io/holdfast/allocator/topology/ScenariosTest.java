package io.holdfast.allocator.topology;

import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Everything that happened to real users (docs/scenarios.md), once more: as records through the
 * topology, on its stores. The scripts are those of the domain, see {@link TopologyLedger}.
 */
@Suite
@SelectPackages("io.holdfast.domain.scenario")
final class ScenariosTest {
  private ScenariosTest() {}

  @AfterSuite
  static void end() {
    TopologyLedgers.close();
  }
}
