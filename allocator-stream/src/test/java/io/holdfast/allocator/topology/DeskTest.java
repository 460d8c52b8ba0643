package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.FamilyChoice;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.report.Report;
import io.holdfast.wire.Contract;
import io.holdfast.wire.DeadLetter;
import io.holdfast.wire.Message;
import io.holdfast.wire.UnreadableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
      for (int i = 0; i < 2_500; i++) {
        topology.command("busy", "b-" + i, new Command.RemovePool("none"));
      }
      topology.command("quiet", "q", new Command.RemovePool("none"));

      topology.pass(Duration.ofHours(1)); // all answers may be forgotten; one tick

      List<byte[]> left = topology.keys("outcomes");
      assertThat(left)
          .noneMatch(key -> new String(key, 1, 5, StandardCharsets.UTF_8).equals("quiet"));
      assertThat(left).as("the work of one tick is bounded").hasSizeGreaterThan(1_000);
      assertThat(left).hasSizeLessThan(2_500);
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
      KeyValueStore<Bytes, byte[]> addresses = topology.store("addresses");
      Bytes key = Bytes.wrap(topology.keys("addresses").getFirst());
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
          .extracting(r -> Headers.commandOffset(r.headers()).orElse(-1))
          .containsExactly(0L, 2L);
    }
  }
}
