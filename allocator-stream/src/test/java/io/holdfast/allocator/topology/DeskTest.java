package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.store.Rows;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.report.Report;
import io.holdfast.wire.Contract;
import io.holdfast.wire.DeadLetter;
import io.holdfast.wire.Message;
import io.holdfast.wire.UnreadableException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeskTest {
  @TempDir Path dir;

  private static Command pool(String name) {
    return new Command.DefinePool(
        name, IpFamily.V4, List.of("192.0.2.0/28"), List.of(), null, null, 0, Map.of(), null);
  }

  private static Command allocate(String ip) {
    return new Command.AllocateEip(
        List.of(),
        new Owner("t", "Pod", "", "front-0", ""),
        IpAddress.parse(ip),
        FamilyChoice.V4,
        1,
        null,
        null);
  }

  @Test
  void aBusyNetworkDoesNotKeepAnotherOneWaiting() {
    try (DrivenTopology topology = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      rest(topology, "busy", 2_500);
      rest(topology, "quiet", 1);
      topology.events();

      topology.pass(Duration.ofMinutes(1)); // all have rested; one tick

      List<String> freed = topology.events().stream().map(e -> e.meta().network()).toList();
      assertThat(freed).contains("quiet");
      assertThat(freed).as("the work of one tick is bounded").hasSizeBetween(1_000, 1_500);
    }
  }

  /** Released addresses that rest for a minute. */
  private static void rest(DrivenTopology topology, String network, int count) {
    topology.command(
        network,
        "pool",
        new Command.DefinePool(
            "p",
            IpFamily.V4,
            List.of("10.0.0.0/16"),
            List.of(),
            null,
            null,
            60_000,
            Map.of(),
            null));
    IpAddress ip = IpAddress.parse("10.0.0.1");
    for (int i = 0; i < count; i++) {
      Owner owner = new Owner("t", "Pod", "", "pod-" + i, "");
      topology.command(
          network,
          "a" + i,
          new Command.AllocateEip(List.of(), owner, ip, FamilyChoice.V4, 1, null, null));
      topology.command(network, "r" + i, new Command.ReleaseEip(ip, null, null));
      ip = ip.next();
    }
  }

  /** No event tells of such a network, but its answers are to be forgotten all the same. */
  @Test
  void aNetworkOfRefusalsOnlyHasItsTimersAfterARestart() {
    try (DrivenTopology topology = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      topology.command("first", "a", new Command.RemovePool("none"));
      topology.command("second", "b", new Command.RemovePool("none"));
      Books again =
          new Books(
              DrivenTopology.CODEC,
              new Layout(DrivenTopology.CODEC),
              name -> Rows.of(topology.store(name)),
              () -> 0);

      assertThat(again.open()).isEmpty();

      long later = DrivenTopology.START.plus(Duration.ofHours(2)).toEpochMilli();
      assertThat(again.due(later))
          .extracting(Network::name)
          .containsExactlyInAnyOrder("first", "second");
    }
  }

  /** Compressed, it came through a limit that its dead letter would not come through. */
  @Test
  void aRecordLargerThanItsTopicAllowsIsCut() {
    try (DrivenTopology topology = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      byte[] huge = new byte[DrivenTopology.INPUT_BYTES];
      Arrays.fill(huge, (byte) 'x');
      topology.command("n", huge);
      topology.command("n", "1", pool("p"));

      DeadLetter letter = topology.deadLetters().getFirst();
      assertThat(letter.fault()).isEqualTo("Size");
      assertThat(letter.message()).contains("1048589 bytes").contains("allowed 1048588");
      assertThat(letter.offset()).isZero();
      assertThat(letter.value()).isEqualTo(ByteBuffer.wrap(Arrays.copyOf(huge, 16_384)));
      assertThat(topology.outcomes()).hasSize(1);
    }
  }

  @Test
  void silenceDuringAStallSaysNothingAboutANode() {
    try (DrivenTopology topology = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      topology.report("n", new Report.NodeHeartbeat("node-1", "boot-1"));
      topology.pass(Duration.ofMinutes(1)); // one look, after a minute in which nobody listened
      assertThat(kinds(topology)).containsExactly("NodeRegistered");

      for (int i = 0; i < 14; i++) {
        topology.pass(Duration.ofSeconds(1));
      }
      assertThat(kinds(topology)).isEmpty();

      topology.pass(Duration.ofSeconds(1));
      topology.pass(Duration.ofSeconds(1));
      assertThat(kinds(topology)).as("15 s that were listened to").containsExactly("NodeLost");
    }
  }

  private static List<String> kinds(DrivenTopology topology) {
    return topology.events().stream()
        .map(Message::body)
        .map(Event::getClass)
        .map(Class::getSimpleName)
        .toList();
  }

  @Test
  void aDeadLetterHasTheRecordByteForByte() {
    try (DrivenTopology topology = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      byte[] garbage = new byte[1_000_000];
      Arrays.fill(garbage, (byte) 7);
      topology.command("n", garbage);

      DeadLetter letter = topology.deadLetters().getFirst();
      assertThat(letter.value()).isEqualTo(ByteBuffer.wrap(garbage));
      assertThat(letter.fault()).isEqualTo("Framing");
    }
  }

  @Test
  void aRowThatCannotBeReadIsNoFaultOfTheCommand() {
    try (DrivenTopology topology = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      topology.command("n", "1", pool("p"));
      topology.command("n", "2", allocate("192.0.2.5"));
      KeyValueStore<Bytes, byte[]> addresses = topology.store(Layout.ADDRESSES);
      Bytes key = Bytes.wrap(topology.keys(Layout.ADDRESSES).getFirst());
      for (int i = 100; i < 150; i++) { // so many others that it is read from the store again
        topology.command("n", "other" + i, allocate("192.0.2." + i));
      }
      addresses.put(key, new byte[] {0, 0, 0, 0, 99, 1});

      assertThatThrownBy(() -> topology.command("n", "3", allocate("192.0.2.5")))
          .hasRootCauseInstanceOf(UnreadableException.class);
      assertThat(topology.deadLetters()).isEmpty();
    }
  }

  @Test
  void anAnswerSaysWhereItsCommandStands() {
    try (DrivenTopology topology = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      topology.command("n", "a", pool("p"));
      topology.command("n", new byte[] {1, 2, 3});
      topology.command("n", "b", pool("p"));

      assertThat(topology.read(Contract.OUTCOMES))
          .extracting(r -> Headers.place(r.headers()).orElseThrow().offset())
          .containsExactly(0L, 2L);
    }
  }
}
