package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lease's end against renewals that were sent in time and wait to be read (decision 30). */
class LeaseBacklogTest {
  private static final IpAddress IP = IpAddress.parse("192.0.2.1");

  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init") // before each test
  private DrivenTopology topology;

  private int ids;

  @BeforeEach
  void begin() {
    topology = new DrivenTopology(dir, RecordedLog.EMPTY);
    ask(
        new Command.DefinePool(
            "p", IpFamily.V4, List.of("192.0.2.1"), List.of(), null, null, 0, Map.of(), null));
    Owner owner = new Owner("t", "Pod", "", "front-0", "");
    EipRequest asked = EipRequest.of(owner, FamilyChoice.V4);
    ask(
        new Command.AllocateEip(
            new EipRequest(
                asked.pools(),
                asked.labels(),
                owner,
                null,
                FamilyChoice.V4,
                1,
                false,
                null,
                null,
                10_000L,
                Map.of()),
            OnExhausted.REJECT,
            0));
    kinds();
  }

  @AfterEach
  void end() {
    topology.close();
  }

  private void ask(Command command) {
    topology.command("n", "c" + ids++, command);
  }

  private List<String> kinds() {
    return topology.events().stream().map(e -> e.body().getClass().getSimpleName()).toList();
  }

  private List<String> seconds(int count) {
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      topology.pass(Duration.ofSeconds(1));
      kinds.addAll(kinds());
    }
    return kinds;
  }

  @Test
  void itEndsThirtySecondsAfterIt() {
    assertThat(seconds(39)).containsExactly("LeaseExpiring");
    assertThat(seconds(2)).contains("EipReleaseRequested");
  }

  /** Everything stood still; the renewal was sent before the end, and the tick comes first. */
  @Test
  void afterAPauseWhoWasInTimeHasNotLost() {
    topology.pass(Duration.ofHours(1));
    assertThat(kinds()).doesNotContain("EipReleaseRequested");
    assertThat(seconds(28)).doesNotContain("EipReleaseRequested");
    ask(new Command.RenewLease(IP, null, null, null));
    assertThat(kinds()).containsExactly("LeaseSet");
    assertThat(seconds(39)).doesNotContain("EipReleaseRequested");
  }

  /** Commands come that waited for long: the renewal may be behind the next one. */
  @Test
  void whileABacklogIsRead() {
    seconds(20);
    for (int i = 0; i < 10; i++) {
      topology.waited("n", "w" + i, new Command.UnreserveIp(IP), Duration.ofSeconds(4));
      assertThat(seconds(9)).as("round " + i).doesNotContain("EipReleaseRequested");
    }
    topology.waited(
        "n", "renewal", new Command.RenewLease(IP, null, null, null), Duration.ofMinutes(2));
    assertThat(kinds()).containsExactly("LeaseSet");
  }

  /** The first record of a backlog says that there is one before any timer is looked at. */
  @Test
  void theFirstOfABacklogIsTheRenewal() {
    seconds(20);
    topology.waited("n", "a", new Command.UnreserveIp(IP), Duration.ofSeconds(9));
    seconds(29);
    topology.waited("n", "b", new Command.RenewLease(IP, null, null, null), Duration.ofSeconds(41));
    assertThat(kinds()).containsExactly("LeaseSet");
  }
}
