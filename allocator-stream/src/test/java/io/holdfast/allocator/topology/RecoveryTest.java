package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.allocator.store.HeldRows;
import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.store.Rows;
import io.holdfast.allocator.topology.EventLog.Entry;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.holdfast.wire.OutcomeMeta;
import io.holdfast.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that were lost are made again from the log, and work goes on where the log ends. */
final class RecoveryTest {
  private static final String NETWORK = "n";
  private static final Duration TICK = Duration.ofMillis(50);

  @TempDir Path dir;

  private static Command pool(String name) {
    return new Command.DefinePool(
        name, IpFamily.V4, List.of("192.0.2.0/28"), List.of(), null, null, 0, Map.of(), null);
  }

  private static Command allocate(String owner) {
    Owner pod = new Owner("t", "Pod", "", owner, "");
    return new Command.AllocateEip(List.of("p"), pod, null, FamilyChoice.V4, 1, null, null);
  }

  /** A pool, three allocations and a refusal: commands a, b, c, d and e at offsets 0 to 4. */
  private RecordedLog log() {
    try (DrivenTopology before = new DrivenTopology(dir.resolve("a"), RecordedLog.EMPTY)) {
      before.command(NETWORK, "a", pool("p"));
      before.command(NETWORK, "b", allocate("one"));
      before.command(NETWORK, "c", allocate("two"));
      before.command(NETWORK, "d", allocate("three"));
      before.command(NETWORK, "e", new Command.RemovePool("p"));
      return before.log();
    }
  }

  private DrivenTopology rebuilt(RecordedLog log) {
    return rebuilt(log, DrivenTopology.START.plus(Duration.ofMinutes(1)));
  }

  /** With a commands topic of its own, whose offsets begin anew. */
  private DrivenTopology rebuilt(RecordedLog log, Instant start) {
    return new DrivenTopology(dir.resolve("b"), log, start, new Uuid(3, 4));
  }

  @Test
  void workGoesOnWhereTheLogEnds() {
    RecordedLog log = log();
    Entry last = log.events().getLast();
    try (DrivenTopology after = rebuilt(log)) {
      settle(after);
      assertThat(after.events()).as("rebuilding emits nothing").isEmpty();

      after.command(NETWORK, "f", allocate("four"));

      Message<EventMeta, Event> next = after.events().getFirst();
      assertThat(next.meta().sequence()).isEqualTo(5);
      assertThat(next.meta().previousHash()).isEqualTo(Sha256.ofEvent(last.value()));
      assertThat(next.body())
          .isInstanceOfSatisfying(
              Event.EipAllocated.class, e -> assertThat(e.ip()).hasToString("192.0.2.4"));
    }
  }

  private static void settle(DrivenTopology topology) {
    for (int i = 0; i < 20; i++) {
      topology.pass(TICK);
    }
  }

  @Test
  void whatComesMeanwhileIsWorkedOffAfterwardsInOrder() {
    try (DrivenTopology after = rebuilt(log())) {
      after.command(NETWORK, "f", allocate("four"));
      after.command(NETWORK, "g", allocate("four"));
      after.command(NETWORK, "h", allocate("five"));
      assertThat(after.outcomes()).as("four events and five answers, two at a time").isEmpty();

      settle(after);
      after.command(NETWORK, "i", allocate("six"));

      assertThat(after.outcomes())
          .extracting(m -> m.meta().commandId())
          .containsExactly("f", "g", "h", "i");
      assertThat(after.events()).extracting(e -> e.meta().sequence()).containsExactly(5L, 6L, 7L);
      HeldRows held = new HeldRows(DrivenTopology.CODEC, Rows.of(after.store(Layout.NETWORKS)));
      assertThat(held.all()).isEmpty();
    }
  }

  @Test
  void answersAreGivenAgain() {
    try (DrivenTopology after = rebuilt(log())) {
      settle(after);

      after.command(NETWORK, "c", allocate("somebody else"));
      after.command(NETWORK, "e", pool("q"));

      List<Message<OutcomeMeta, Outcome>> outcomes = after.outcomes();
      assertThat(outcomes).extracting(m -> m.meta().repeated()).containsExactly(true, true);
      assertThat(outcomes.getFirst().body())
          .isInstanceOfSatisfying(
              Outcome.Accepted.class,
              a -> assertThat(a.grants().getFirst().ip()).hasToString("192.0.2.2"));
      assertThat(outcomes.getLast().body())
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              r -> assertThat(r.refusal().code()).isEqualTo(RefusalCode.InUse));
      assertThat(after.events()).isEmpty();
    }
  }

  /** Who writes onto our topic stops nobody. */
  @Test
  void anOutcomeThatCannotBeReadIsPassedOver() {
    RecordedLog log = log();
    log.outcomes().set(1, with(log.outcomes().get(1), new byte[] {9, 9}));
    try (DrivenTopology after = rebuilt(log)) {
      settle(after);

      after.command(NETWORK, "c", allocate("somebody else"));

      assertThat(after.outcomes()).extracting(m -> m.meta().repeated()).containsExactly(true);
    }
  }

  @Test
  void whatWasAnsweredIsNotDoneAgainWhenPositionsAreLost() {
    RecordedLog log = log();
    // The same topic: its commands are read a second time, from offset 0.
    try (DrivenTopology after = new DrivenTopology(dir.resolve("c"), log)) {
      for (int i = 0; i < 12; i++) {
        // Ids that nobody remembers: only their places say that they were answered.
        after.command(NETWORK, "new-" + i, allocate("owner-" + i));
      }
      settle(after);
      assertThat(after.outcomes())
          .as("offsets 0 to 4 were answered")
          .extracting(m -> m.meta().commandId())
          .containsExactly("new-5", "new-6", "new-7", "new-8", "new-9", "new-10", "new-11");
    }
  }

  /** The brokers lost the end of the commands: new ones get offsets that were answered before. */
  @Test
  void whatIsAppendedAfterALossIsNew() {
    RecordedLog log = log();
    log.endCommandsAt(2);
    try (DrivenTopology after = new DrivenTopology(dir.resolve("c"), log)) {
      for (int i = 0; i < 4; i++) {
        after.command(NETWORK, "new-" + i, allocate("owner-" + i));
      }
      settle(after);

      assertThat(after.outcomes())
          .extracting(m -> m.meta().commandId())
          .containsExactly("new-2", "new-3");
    }
  }

  /** A dead instance's transaction may hide the end of the log. */
  @Test
  void nothingIsDecidedBeforeTheLogHasSettled() {
    RecordedLog log = log();
    log.settled(false);
    try (DrivenTopology after = rebuilt(log)) {
      after.command(NETWORK, "f", allocate("four"));
      settle(after);
      assertThat(after.outcomes()).isEmpty();
      log.settled(true);
      settle(after);

      assertThat(after.outcomes()).extracting(m -> m.meta().commandId()).containsExactly("f");
      assertThat(after.events()).extracting(e -> e.meta().sequence()).containsExactly(5L);
    }
  }

  @Test
  void answersAreGivenAgainWhenTheClockIsFarBehindTheLog() {
    try (DrivenTopology after = rebuilt(log(), DrivenTopology.START.minus(Duration.ofHours(2)))) {
      settle(after);

      after.command(NETWORK, "c", allocate("somebody else"));

      assertThat(after.outcomes()).extracting(m -> m.meta().repeated()).containsExactly(true);
      assertThat(after.events()).isEmpty();
    }
  }

  @Test
  void aLogThatWasChangedIsNotFolded() {
    RecordedLog gap = log();
    gap.events().remove(1);
    refused(gap, "event 3 of network n (offset 2) follows on event 1: the log has a gap");

    RecordedLog edited = log();
    Entry third = edited.events().get(2);
    edited.events().set(2, with(third, byAnother(third.value())));
    refused(edited, "event 4 of network n (offset 3) names another predecessor");

    RecordedLog garbled = log();
    garbled.events().set(1, with(garbled.events().get(1), new byte[] {0, 0, 0, 0, 99, 1}));
    refused(garbled, "the event at offset 1 cannot be read");
  }

  /** Who asked is in no state, only in the chain. */
  private static byte[] byAnother(byte[] event) {
    String text = new String(event, StandardCharsets.ISO_8859_1);
    byte[] changed = event.clone();
    changed[text.indexOf("test")] = 'T';
    return changed;
  }

  private static Entry with(Entry entry, byte[] value) {
    return new Entry(entry.offset(), entry.timestamp(), entry.key(), value, Optional.empty());
  }

  private void refused(RecordedLog log, String message) {
    DrivenTopology after = rebuilt(log);
    assertThatThrownBy(() -> settle(after))
        .hasRootCauseInstanceOf(LogDivergedException.class)
        .rootCause()
        .hasMessageContaining(message);
    after.close();
  }
}
