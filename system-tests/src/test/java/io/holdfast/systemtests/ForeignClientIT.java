package io.holdfast.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients in other languages do, right and wrong. Processing goes on after every one of them.
 */
final class ForeignClientIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path dir;
  private static Standalone standalone;
  private static Foreign client;

  @BeforeAll
  static void start() {
    standalone = Standalone.start(StandaloneOptions.in(dir).withFsync(false), line -> {});
    client = new Foreign(standalone.bootstrapServers(), standalone.registryUrl());
  }

  @AfterAll
  static void stop() {
    client.close();
    standalone.close();
  }

  @Test
  void aCommandGetsItsOutcomeAndEveryEventCanBeDecoded() {
    client.command("foreign", "pool-1", "DefinePool", c -> pool(c, "10.7.0.0/24"));
    client.command("foreign", "alloc-1", "AllocateEip", ForeignClientIT::owner);

    GenericRecord outcome = outcome("alloc-1");
    List<String> events =
        client.readToEnd("holdfast.events").stream()
            .filter(r -> text(r.key()).equals("foreign"))
            .map(r -> client.decode(r.value()).getSchema().getName())
            .toList();

    assertThat(outcome.getSchema().getName()).isEqualTo("Accepted");
    assertThat(outcome.get("grants").toString()).contains("10.7.0.1");
    assertThat(events).containsExactly("PoolDefined", "EipAllocated");
  }

  @Test
  void confluentsOwnClientFindsTheSchemas() throws Exception {
    try (CachedSchemaRegistryClient confluent =
        new CachedSchemaRegistryClient(standalone.registryUrl().toString(), 10)) {
      int id = confluent.getLatestSchemaMetadata("holdfast.commands-AllocateEip").getId();
      byte[] ours =
          client.encode(
              "holdfast.commands-AllocateEip",
              client.command("x", "AllocateEip", ForeignClientIT::owner));

      assertThat(ByteBuffer.wrap(ours, 1, 4).getInt()).isEqualTo(id);
    }
  }

  /** Events are read for ever, by old readers too; everything else by newer ones only. */
  @Test
  void everySubjectThatWasEverReleasedIsHeldToItsLevel() throws Exception {
    Path released = Path.of("../schemas/src/main/resources/io/holdfast/schemas/released");
    List<String> subjects;
    try (Stream<Path> files = Files.walk(released)) {
      subjects =
          files
              .map(f -> f.getFileName().toString())
              .filter(name -> name.endsWith(".avsc"))
              .map(name -> name.replace(".avsc", ""))
              .distinct()
              .toList();
    }
    try (CachedSchemaRegistryClient confluent =
        new CachedSchemaRegistryClient(standalone.registryUrl().toString(), 10)) {
      Collection<String> all = confluent.getAllSubjects();
      Map<String, String> levels = new TreeMap<>();
      for (String subject : all) {
        levels.put(subject, confluent.getCompatibility(subject));
      }

      assertThat(all).containsAll(subjects).hasSizeGreaterThanOrEqualTo(84);
      assertThat(levels)
          .allSatisfy((subject, level) ->
              assertThat(level)
                  .as(subject)
                  .isEqualTo(
                      subject.startsWith("holdfast.events-")
                          ? "FULL_TRANSITIVE"
                          : "BACKWARD_TRANSITIVE"));
    }
  }

  /** Nobody was told that anything happened: the id is free. */
  @Test
  void aDryRunWithABadValueIsNotRemembered() {
    client.command(
        "dry",
        "dry-1",
        "ReleaseEip",
        c -> {
          c.put("ip", "300.1.1.1");
          ((GenericRecord) c.get("meta")).put("dryRun", true);
        });
    GenericRecord dry = outcome("dry-1");
    client.command("dry", "dry-1", "DefinePool", c -> pool(c, "10.11.0.0/24"));

    List<GenericRecord> answers =
        answers(
            client.read("holdfast.outcomes", all -> answers(all, "dry-1").size() >= 2, LIMIT),
            "dry-1");

    assertThat(dry.getSchema().getName()).isEqualTo("Rejected");
    assertThat(answers.getLast().getSchema().getName()).isEqualTo("Accepted");
    assertThat(meta(answers.getLast(), "repeated")).isEqualTo("false");
  }

  @Test
  void garbageBecomesADeadLetterThatSaysWhatAndWhere() {
    byte[] good =
        client.encode(
            "holdfast.commands-RemovePool",
            client.command("g", "RemovePool", c -> c.put("pool", "p")));
    byte[] unknownId = good.clone();
    unknownId[1] = 0x7f;

    client.send("holdfast.commands", "bad", "not avro".getBytes(StandardCharsets.UTF_8));
    client.send("holdfast.commands", "bad", unknownId);
    client.send("holdfast.commands", "bad", Arrays.copyOf(good, good.length - 2));
    client.send("holdfast.commands", "no network/../name", good);
    client.command("bad", "still-works", "DefinePool", c -> pool(c, "10.8.0.0/24"));
    outcome("still-works");

    List<GenericRecord> letters =
        client
            .read(
                "holdfast.dead-letters",
                all -> all.stream().filter(r -> !text(r.key()).equals("moved")).count() >= 4,
                LIMIT)
            .stream()
            .map(ConsumerRecord::value)
            .map(client::decode)
            .toList();

    assertThat(letters)
        .extracting(letter -> letter.get("fault").toString())
        .contains("Framing", "SchemaId", "Data", "Key");
    assertThat(letters)
        .allSatisfy(letter -> {
          assertThat(letter.get("topic")).hasToString("holdfast.commands");
          assertThat(letter.get("message").toString()).isNotBlank();
          assertThat((ByteBuffer) letter.get("value")).isNotNull();
        });
    assertThat(letters)
        .filteredOn(letter -> letter.get("fault").toString().equals("Framing"))
        .extracting(
            letter -> StandardCharsets.UTF_8.decode((ByteBuffer) letter.get("value")).toString())
        .contains("not avro");
  }

  @Test
  void anImpossibleAddressIsRefusedWithFieldValueAndWhatIsAllowed() {
    client.command("bad", "impossible", "ReleaseEip", c -> c.put("ip", "300.1.1.1"));

    GenericRecord outcome = outcome("impossible");
    GenericRecord refusal = (GenericRecord) outcome.get("refusal");

    assertThat(outcome.getSchema().getName()).isEqualTo("Rejected");
    assertThat(refusal.get("code")).hasToString("Invalid");
    assertThat(refusal.get("field")).hasToString("ip");
    assertThat(refusal.get("value")).hasToString("300.1.1.1");
    assertThat(refusal.get("allowed").toString()).contains("203.0.113.7");
  }

  @Test
  void aRecordOnAnotherPartitionIsForwardedToItsOwn() {
    byte[] key = "moved".getBytes(StandardCharsets.UTF_8);
    int home = Utils.toPositive(Utils.murmur2(key)) % 4;
    byte[] command =
        client.encode(
            "holdfast.commands-DefinePool",
            client.command("moved-1", "DefinePool", c -> pool(c, "10.9.0.0/24")));

    client.send(new ProducerRecord<>("holdfast.commands", (home + 1) % 4, key, command));

    assertThat(outcome("moved-1").getSchema().getName()).isEqualTo("Accepted");
    assertThat(
            standalone.meters().counter("holdfast.forwarded", "topic", "holdfast.commands").count())
        .isEqualTo(1);
  }

  @Test
  void aCommandDeliveredAgainGetsItsFirstAnswer() {
    client.command("again", "again-pool", "DefinePool", c -> pool(c, "10.10.0.0/24"));
    client.command("again", "again-1", "AllocateEip", ForeignClientIT::owner);
    client.command("again", "again-1", "AllocateEip", ForeignClientIT::owner);

    List<GenericRecord> answers =
        client.read("holdfast.outcomes", all -> answers(all, "again-1").size() >= 2, LIMIT).stream()
            .map(r -> client.decode(r.value()))
            .filter(o -> meta(o, "commandId").equals("again-1"))
            .toList();

    assertThat(answers.get(1).get("grants")).isEqualTo(answers.get(0).get("grants"));
    assertThat(answers).extracting(o -> meta(o, "repeated")).containsExactly("false", "true");
    assertThat(
            client.readToEnd("holdfast.events").stream().filter(r -> text(r.key()).equals("again")))
        .hasSize(2);
  }

  private GenericRecord outcome(String id) {
    List<ConsumerRecord<byte[], byte[]>> all =
        client.read("holdfast.outcomes", records -> !answers(records, id).isEmpty(), LIMIT);
    return answers(all, id).getFirst();
  }

  private static List<GenericRecord> answers(
      List<ConsumerRecord<byte[], byte[]>> records, String id) {
    return records.stream()
        .map(r -> client.decode(r.value()))
        .filter(o -> meta(o, "commandId").equals(id))
        .toList();
  }

  private static String meta(GenericRecord record, String field) {
    return ((GenericRecord) record.get("meta")).get(field).toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void pool(GenericRecord command, String range) {
    command.put("pool", "p");
    command.put(
        "family",
        new GenericData.EnumSymbol(command.getSchema().getField("family").schema(), "V4"));
    command.put("ranges", List.of(range));
  }

  private static void owner(GenericRecord command) {
    GenericRecord owner = Foreign.defaults(command.getSchema().getField("owner").schema());
    owner.put("tenant", "acme");
    owner.put("kind", "Pod");
    owner.put("name", "web-0");
    command.put("owner", owner);
  }
}
