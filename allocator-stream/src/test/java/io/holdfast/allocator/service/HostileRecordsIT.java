package io.holdfast.allocator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that a real broker takes, and that must not stop their partition. */
final class HostileRecordsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String NETWORK = "n";
  private static final byte[] KEY = NETWORK.getBytes(StandardCharsets.UTF_8);

  @TempDir Path dir;
  private RealParts parts;
  private Allocator allocator;

  @BeforeEach
  void start() {
    parts = RealParts.start(dir);
    allocator = parts.allocator();
    parts.awaitReady(allocator);
  }

  @AfterEach
  void stop() {
    allocator.close();
    parts.close();
  }

  /** Each byte that is no UTF-8 is three when it is written again. */
  @Test
  void textThatIsNoUtf8IsAnswered() throws Exception {
    byte[] remove = command("bad", new Command.RemovePool("~".repeat(1_000_000)));
    for (int i = 0; i < remove.length; i++) {
      remove[i] = remove[i] == '~' ? (byte) 0xff : remove[i];
    }

    assertThat(allocator.command(NETWORK, "bad", remove, LIMIT).get().outcome())
        .isInstanceOf(Outcome.Rejected.class);
    assertWorksOn();
  }

  @Test
  void aReportWithoutATimeStopsNothing() throws Exception {
    try (Producer<byte[], byte[]> producer = parts.producer(Map.of())) {
      producer.send(new Timeless(home(), KEY, new byte[] {1, 2, 3})).get();
    }

    awaitDeadLetter();
    assertWorksOn();
  }

  /** Compressed it came in; as it is, with one more header, its topic would not take it. */
  @Test
  void aLargeCommandOnTheWrongPartitionStopsNothing() throws Exception {
    byte[] large = new byte[1_048_560];
    Arrays.fill(large, (byte) 'x');
    try (Producer<byte[], byte[]> producer =
        parts.producer(Map.of("compression.type", "gzip", "max.request.size", 2_000_000))) {
      producer.send(new ProducerRecord<>(Contract.COMMANDS, 1 - home(), KEY, large)).get();
    }

    awaitDeadLetter();
    assertWorksOn();
  }

  /** Of the two partitions. */
  private static int home() {
    return Utils.toPositive(Utils.murmur2(KEY)) % 2;
  }

  private void awaitDeadLetter() {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (parts.sizes(Contract.DEAD_LETTERS).isEmpty()) {
      assertThat(System.nanoTime()).as("no dead letter in time").isLessThan(deadline);
    }
  }

  private void assertWorksOn() throws Exception {
    byte[] next = command("next", new Command.RemovePool("none"));
    assertThat(allocator.command(NETWORK, "next", next, LIMIT).get().outcome())
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(allocator.notReady()).isEmpty();
  }

  private byte[] command(String id, Command command) {
    CommandMeta meta = new CommandMeta(id, "test", "", false);
    return parts.codec().encode(Contract.COMMANDS, new Message<>(meta, command));
  }

  /** Kafka's own class checks the time when it is made, and the broker does not. */
  private static final class Timeless extends ProducerRecord<byte[], byte[]> {
    Timeless(int partition, byte[] key, byte[] value) {
      super(Contract.REPORTS, partition, key, value);
    }

    @Override
    public Long timestamp() {
      return -1L; // what the protocol has for none
    }
  }
}
