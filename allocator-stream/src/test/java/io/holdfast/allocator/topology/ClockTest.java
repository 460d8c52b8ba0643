package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.report.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock was an hour ahead, and is right again: the log is ahead of it. */
final class ClockTest {
  private static final Duration BEHIND = Duration.ofHours(1);
  private static final IpAddress IP = IpAddress.parse("192.0.2.1");

  @TempDir Path dir;

  /** Two nodes, and an address that rests for 30 s. */
  private RecordedLog log() {
    try (DrivenTopology before = new DrivenTopology(dir.resolve("a"), RecordedLog.EMPTY)) {
      before.report("n", new Report.NodeHeartbeat("n1", "boot-1"));
      before.report("n", new Report.NodeHeartbeat("n2", "boot-2"));
      before.command(
          "n",
          "a",
          new Command.DefinePool(
              "p",
              IpFamily.V4,
              List.of("192.0.2.1"),
              List.of(),
              null,
              null,
              30_000,
              Map.of(),
              null));
      Owner owner = new Owner("t", "Pod", "", "front-0", "");
      before.command(
          "n",
          "b",
          new Command.AllocateEip(List.of(), owner, null, FamilyChoice.V4, 1, null, null));
      before.command("n", "c", new Command.ReleaseEip(IP, null, null));
      return before.log();
    }
  }

  private DrivenTopology rebuilt() {
    return new DrivenTopology(
        dir.resolve("b"), log(), DrivenTopology.START.minus(BEHIND), new Uuid(3, 4));
  }

  private static List<String> kinds(DrivenTopology topology, int seconds) {
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      topology.pass(Duration.ofSeconds(1));
      topology.events().forEach(e -> kinds.add(e.body().getClass().getSimpleName()));
    }
    return kinds;
  }

  @Test
  void nobodyIsLostBeforeAnybodyCouldBeHeard() {
    try (DrivenTopology topology = rebuilt()) {
      // Six ticks fold the log, two events at a time; then silence counts for 15 s.
      assertThat(kinds(topology, 14)).isEmpty();
      assertThat(kinds(topology, 12)).containsExactly("NodeLost", "NodeLost");
    }
  }

  @Test
  void timeGoesOnFromTheLastEvent() {
    try (DrivenTopology topology = rebuilt()) {
      assertThat(kinds(topology, 29)).doesNotContain("EipFreed");
      assertThat(kinds(topology, 12)).contains("EipFreed");
    }
  }

  @Test
  void aNetworksTimeNeverGoesBackAndNeverStandsStill() {
    long[] nanos = {0};
    NetworkClock clock = new NetworkClock(() -> nanos[0], 1_000);
    assertThat(clock.read(5_000)).as("the machine's clock").isEqualTo(5_000);
    nanos[0] += TimeUnit.MILLISECONDS.toNanos(100);
    assertThat(clock.read(2_000)).as("it was set back").isEqualTo(5_100);
    clock.atLeast(9_000);
    assertThat(clock.read(2_000)).as("an event").isEqualTo(9_000);
    nanos[0] += TimeUnit.MILLISECONDS.toNanos(50);
    assertThat(clock.read(2_050)).isEqualTo(9_050);
    clock.atLeast(9_010);
    assertThat(clock.read(9_060)).as("it is right again").isEqualTo(9_060);
  }
}
