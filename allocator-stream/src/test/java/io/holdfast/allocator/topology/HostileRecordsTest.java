package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.allocator.store.Layout;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.report.ReportMeta;
import io.holdfast.wire.Contract;
import io.holdfast.wire.DeadLetter;
import io.holdfast.wire.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that a topic takes, and that must not stop their partition. */
final class HostileRecordsTest {
  private static final int INPUT = DrivenTopology.INPUT_BYTES;

  /** No text in a record of these tests has this character. */
  private static final char MARK = '~';

  @TempDir Path dir;

  /** Each byte that is no UTF-8 is three when it is written again, and a refusal says it twice. */
  @Test
  void aRefusalDoesNotRepeatALongText() {
    try (DrivenTopology topology = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      topology.command("n", noUtf8("1", new Command.RemovePool(text(1_000_000))));

      assertThat(topology.read(Contract.OUTCOMES).getFirst().value()).hasSizeLessThan(10_000);
      assertThat(topology.deadLetters()).isEmpty();
    }
  }

  @Test
  void anAnswerThatIsTooLargeIsADeadLetter() {
    try (DrivenTopology topology = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      byte[] record = noUtf8(text(1_000_000), new Command.RemovePool("p"));
      topology.command("n", record);
      topology.command("n", "1", pool(1));

      DeadLetter letter = topology.deadLetters().getFirst();
      assertThat(letter.fault()).isEqualTo("Size");
      assertThat(letter.message())
          .contains("up to 600")
          .contains("our topics allowed " + DrivenTopology.LIMITS.own())
          .contains("nothing was changed");
      assertThat(letter.value()).isEqualTo(ByteBuffer.wrap(record, 0, 16 << 10));
      assertThat(topology.outcomes())
          .extracting(Message::body)
          .containsExactly(new Outcome.Accepted(List.of(), true, 1));
    }
  }

  @Test
  void nothingIsAppliedOfACommandWhoseEventIsTooLarge() {
    SizeLimits limits = new SizeLimits(INPUT, INPUT, 10_000);
    try (DrivenTopology topology = new DrivenTopology(dir, 1, limits)) {
      topology.command("n", "1", pool(2_000));

      assertThat(topology.deadLetters()).extracting(DeadLetter::fault).containsExactly("Size");
      assertThat(topology.keys(Layout.NETWORKS)).isEmpty();
      assertThat(topology.keys(Layout.OUTCOMES)).isEmpty();
      assertThat(topology.outcomes()).isEmpty();
      assertThat(topology.events()).isEmpty();

      topology.command("n", "1", pool(1));
      assertThat(topology.outcomes()).hasSize(1);
      assertThat(topology.events()).extracting(e -> e.meta().sequence()).containsExactly(1L);
    }
  }

  @Test
  void nothingIsAppliedOfAReportWhoseEventIsTooLarge() {
    SizeLimits limits = new SizeLimits(INPUT, INPUT, 100);
    try (DrivenTopology topology = new DrivenTopology(dir, 1, limits)) {
      topology.report("n", new Report.NodeHeartbeat("n1", "b1"));

      assertThat(topology.deadLetters()).extracting(DeadLetter::fault).containsExactly("Size");
      assertThat(topology.keys(Layout.GATEWAYS)).isEmpty();
      assertThat(topology.events()).isEmpty();
    }
  }

  @Test
  void anAnswerToABadValueIsMeasuredToo() {
    SizeLimits limits = new SizeLimits(INPUT, INPUT, 100);
    try (DrivenTopology topology = new DrivenTopology(dir, 1, limits)) {
      byte[] bad = encoded("1", new Command.ReleaseEip(IpAddress.parse("1.1.1.1"), null, null));
      topology.command("n", replaced(bad, '.', (byte) 'x'));

      assertThat(topology.deadLetters()).extracting(DeadLetter::fault).containsExactly("Size");
      assertThat(topology.keys(Layout.OUTCOMES)).isEmpty();
      assertThat(topology.outcomes()).isEmpty();
    }
  }

  /** It would stand in every event that follows. */
  @Test
  void aReportWhoseIdIsTooLongIsADeadLetter() {
    try (DrivenTopology topology = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      Report report = new Report.NodeHeartbeat("n1", "b1");
      topology.report("n", new ReportMeta("r".repeat(254), "test"), report);

      assertThat(topology.deadLetters())
          .extracting(DeadLetter::message)
          .containsExactly("meta.id is '" + "r".repeat(254) + "'; allowed: at most 253 characters");
      assertThat(topology.events()).isEmpty();
    }
  }

  /** After a clock that was wrong once, a network's time may be hours ahead of the broker's. */
  @Test
  void aDeadLetterHasTheTimeOfTheClock() {
    RecordedLog log;
    Instant ahead = DrivenTopology.START.plus(Duration.ofHours(2));
    try (DrivenTopology topology =
        new DrivenTopology(
            dir.resolve("a"), RecordedLog.EMPTY, ahead, DrivenTopology.COMMANDS_TOPIC)) {
      topology.command("n", "1", pool(1));
      log = topology.log();
    }
    try (DrivenTopology topology = new DrivenTopology(dir.resolve("b"), log)) {
      for (int i = 0; i < 20; i++) {
        topology.pass(Duration.ofMillis(50));
      }
      topology.report("n", new Report.NodeHeartbeat("-", "b1"));
      topology.report("n", new Report.NodeHeartbeat("n1", "b1"));

      assertThat(topology.events().getLast().meta().time())
          .isGreaterThanOrEqualTo(ahead.toEpochMilli());
      assertThat(topology.read(Contract.DEAD_LETTERS))
          .extracting(TestRecord::timestamp)
          .containsExactly(DrivenTopology.START.toEpochMilli() + 1_000);
    }
  }

  /** What is forwarded has one header more, and is not compressed as it may have been. */
  @Test
  void aMisplacedRecordThatItsTopicWouldRefuseIsNotForwarded() {
    SizeLimits limits = new SizeLimits(2_000, 4_000, 100_000);
    try (DrivenTopology topology = new DrivenTopology(dir, 2, limits)) {
      String elsewhere = elsewhere();
      topology.command(elsewhere, new byte[1_950]);
      topology.report(elsewhere, new byte[3_950]);

      List<DeadLetter> refused = topology.deadLetters();
      assertThat(refused).extracting(DeadLetter::fault).containsExactly("Size", "Size");
      assertThat(refused.getFirst().message())
          .contains("holdfast.commands allowed 2000; only its beginning is here");
      assertThat(refused.getLast().message()).contains("holdfast.reports allowed 4000");

      // The driver has one partition: what is sent on comes again, on the wrong one.
      topology.command(elsewhere, new byte[1_800]);
      topology.report(elsewhere, new byte[3_800]);
      assertThat(topology.deadLetters())
          .extracting(DeadLetter::fault)
          .containsExactly("Partition", "Partition");
    }
  }

  @Test
  void eachInputHasItsOwnLimit() {
    SizeLimits limits = new SizeLimits(2_000, 4_000, 100_000);
    try (DrivenTopology topology = new DrivenTopology(dir, 1, limits)) {
      topology.command("n", new byte[2_000]);
      topology.command("n", new byte[1_999]);
      topology.report("n", new byte[4_000]);
      topology.report("n", new byte[3_999]);

      assertThat(topology.deadLetters())
          .extracting(DeadLetter::fault)
          .containsExactly("Size", "SchemaId", "Size", "SchemaId");
    }
  }

  @Test
  void aRecordMayHaveAnyTime() {
    AnyTime time = new AnyTime();

    assertThat(time.extract(at(-1), 5)).isZero();
    assertThat(time.extract(at(0), 5)).isZero();
    assertThat(time.extract(at(7), 5)).isEqualTo(7);
    assertThat(time.extract(at(Long.MAX_VALUE), 5)).isEqualTo(Long.MAX_VALUE);
  }

  private static ConsumerRecord<Object, Object> at(long timestamp) {
    return new ConsumerRecord<>(
        Contract.REPORTS,
        0,
        0,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        new Object(),
        new Object(),
        new RecordHeaders(),
        Optional.empty());
  }

  /** A network whose partition is the second of two. */
  private static String elsewhere() {
    return Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
        .filter(
            name -> Utils.toPositive(Utils.murmur2(name.getBytes(StandardCharsets.UTF_8))) % 2 == 1)
        .findFirst()
        .orElseThrow();
  }

  private static Command pool(int ranges) {
    List<String> each =
        IntStream.range(0, ranges).mapToObj(i -> "10.0." + i / 256 + "." + i % 256).toList();
    return new Command.DefinePool("p", IpFamily.V4, each, List.of(), null, null, 0, Map.of(), null);
  }

  private static String text(int length) {
    return String.valueOf(MARK).repeat(length);
  }

  private static byte[] encoded(String id, Command command) {
    return DrivenTopology.CODEC.encode(
        Contract.COMMANDS, new Message<>(new CommandMeta(id, "test", "", false), command));
  }

  /** The command with a byte that is no UTF-8 for each mark in its texts. */
  private static byte[] noUtf8(String id, Command command) {
    return replaced(encoded(id, command), MARK, (byte) 0xff);
  }

  private static byte[] replaced(byte[] record, char from, byte to) {
    byte[] changed = record.clone();
    for (int i = 5; i < changed.length; i++) {
      changed[i] = changed[i] == from ? to : changed[i];
    }
    return changed;
  }
}
