package io.holdfast.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Harvester H-e: the power goes in the middle of 1,000 commands. Every accepted answer that anybody
 * saw is in the state, exactly once, and nothing else is.
 */
final class CrashIT {
  private static final String NETWORK = "crash";
  private static final int COMMANDS = 1_000;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @TempDir Path dir;

  @Test
  void killedInTheMiddleOfALoad() {
    try (Service first = Service.start(dir, false);
        Foreign client = new Foreign(first.bootstrap(), first.registry())) {
      definePool(client);
      for (int i = 0; i < COMMANDS; i++) {
        allocate(client, i);
      }
      client.flush();
      awaitOutcomes(client, 1 + random.nextInt(COMMANDS / 2));
      first.kill();
    }
    try (Service second = Service.start(dir, false);
        Foreign client = new Foreign(second.bootstrap(), second.registry())) {
      awaitOutcomes(client, COMMANDS + 1);
      Map<String, Long> answered = accepted(client);
      Audit audit = Audit.of(client, client.readToEnd("holdfast.events"), NETWORK);

      assertThat(audit.held()).as("seed %s", seed).isEqualTo(answered).hasSize(COMMANDS);
      assertThat(audit.sequence()).isEqualTo(COMMANDS + 1);
      second.stop();
    }
  }

  /**
   * What was not flushed is cut off at random, each log for itself, and the machine has another
   * boot id.
   */
  @Test
  void powerCutInTheMiddleOfALoad() throws IOException {
    Map<String, Long> seen;
    try (Service first = Service.start(dir, true);
        Foreign client = new Foreign(first.bootstrap(), first.registry())) {
      definePool(client);
      for (int i = 0; i < COMMANDS; i++) {
        allocate(client, i);
      }
      client.flush();
      awaitOutcomes(client, 1 + random.nextInt(COMMANDS / 2));
      seen = accepted(client);
      first.kill();
    }
    cutUnflushedLogs();
    Files.writeString(dir.resolve("running"), "another-boot");
    try (Service second = Service.start(dir, true);
        Foreign client = new Foreign(second.bootstrap(), second.registry())) {
      client.command(NETWORK, "after", "AllocateEip", c -> fill(c, "after"));
      client.flush();
      awaitOutcome(client, "after");
      Audit audit = Audit.of(client, client.readToEnd("holdfast.events"), NETWORK);

      assertThat(audit.held()).as("seed %s", seed).containsAllEntriesOf(seen);
      assertThat(accepted(client)).containsAllEntriesOf(seen);
      assertThat(audit.held()).as("nothing but what was answered").isEqualTo(accepted(client));
      second.stop();
    }
  }

  /** Cuts the last segment of every partition that is not flushed on each append. */
  private void cutUnflushedLogs() throws IOException {
    try (Stream<Path> partitions = Files.list(dir.resolve("kafka/log"))) {
      for (Path partition : partitions.filter(Files::isDirectory).toList()) {
        String name = partition.getFileName().toString();
        boolean flushed =
            Stream.of(
                    "holdfast.events-",
                    "holdfast.outcomes-",
                    "__transaction_state-",
                    "holdfast.registry-",
                    "__cluster_metadata-")
                .anyMatch(name::startsWith);
        if (!flushed) {
          cut(partition);
        }
      }
    }
  }

  private void cut(Path partition) throws IOException {
    try (Stream<Path> files = Files.list(partition)) {
      for (Path log : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
          file.setLength((long) (file.length() * random.nextDouble()));
        }
      }
    }
  }

  private static void definePool(Foreign client) {
    client.command(
        NETWORK,
        "pool",
        "DefinePool",
        c -> {
          c.put("pool", "p");
          c.put("family", symbol(c, "family", "V4"));
          c.put("ranges", List.of("10.0.0.0/16"));
        });
  }

  private static void allocate(Foreign client, int i) {
    client.command(NETWORK, "c-" + i, "AllocateEip", c -> fill(c, "owner-" + i));
  }

  private static void fill(GenericRecord command, String name) {
    GenericRecord owner = Foreign.defaults(command.getSchema().getField("owner").schema());
    owner.put("tenant", "acme");
    owner.put("kind", "Pod");
    owner.put("name", name);
    command.put("owner", owner);
  }

  private static Object symbol(GenericRecord record, String field, String symbol) {
    Schema schema = record.getSchema().getField(field).schema();
    return new org.apache.avro.generic.GenericData.EnumSymbol(schema, symbol);
  }

  private static void awaitOutcomes(Foreign client, int count) {
    client.read("holdfast.outcomes", outcomes -> ids(client, outcomes).size() >= count, LIMIT);
  }

  private static void awaitOutcome(Foreign client, String id) {
    client.read("holdfast.outcomes", outcomes -> ids(client, outcomes).containsKey(id), LIMIT);
  }

  private static Map<String, GenericRecord> ids(
      Foreign client, List<ConsumerRecord<byte[], byte[]>> outcomes) {
    Map<String, GenericRecord> byId = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : outcomes) {
      if (new String(record.key(), StandardCharsets.UTF_8).equals(NETWORK)) {
        GenericRecord outcome = client.decode(record.value());
        byId.put(((GenericRecord) outcome.get("meta")).get("commandId").toString(), outcome);
      }
    }
    return byId;
  }

  /** Address to tenure of every accepted allocation that was answered. */
  private static Map<String, Long> accepted(Foreign client) {
    Map<String, Long> granted = new HashMap<>();
    for (GenericRecord outcome : ids(client, client.readToEnd("holdfast.outcomes")).values()) {
      if (outcome.getSchema().getName().equals("Accepted")) {
        for (Object grant : (List<?>) outcome.get("grants")) {
          granted.put(
              ((GenericRecord) grant).get("ip").toString(),
              (Long) ((GenericRecord) grant).get("tenure"));
        }
      }
    }
    return granted;
  }
}
