package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.report.CheckResult;
import io.holdfast.domain.report.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submariner #3336: how often nothing was found out about an owner is seen by an operator. */
final class OwnerChecksCountedTest {
  @TempDir Path dir;

  @Test
  void unknownIsCountedByItself() {
    try (DrivenTopology topology = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      topology.command(
          "n",
          "a",
          new Command.DefinePool(
              "p", IpFamily.V4, List.of("192.0.2.1"), List.of(), null, null, 0, Map.of(), null));
      Owner owner = new Owner("t", "Pod", "", "U1", "");
      topology.command(
          "n",
          "b",
          new Command.AllocateEip(List.of(), owner, null, FamilyChoice.V4, 1, null, null));
      for (int i = 0; i < 100; i++) {
        check(topology, CheckResult.UNKNOWN);
      }
      check(topology, CheckResult.PRESENT);

      assertThat(topology.counted("holdfast.owner.checks", "result", "UNKNOWN")).isEqualTo(100);
      assertThat(topology.counted("holdfast.owner.checks", "result", "PRESENT")).isOne();
    }
  }

  private static void check(DrivenTopology topology, CheckResult result) {
    IpAddress ip = IpAddress.parse("192.0.2.1");
    topology.report("n", new Report.OwnerCheck(ip, 2, result, true, "timeout"));
  }
}
