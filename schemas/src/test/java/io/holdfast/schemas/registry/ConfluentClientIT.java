package io.holdfast.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schemas.wire.WireFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Confluent's own client and Flink's reader and writer of the wire format (its Avro is Flink's
 * renamed copy) understand us, and we them.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ConfluentClientIT {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "R", "namespace": "io.holdfast.test", "doc": "All of it counts.", "fields": [
                {"name": "name", "type": "string"},
                {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"], "default": "A"}},
                {"name": "count", "type": ["null", "long"], "default": null}]}
              """);

  private final LiveRegistry registry;
  private final RegistryClient ours;
  private final CachedSchemaRegistryClient confluent;

  ConfluentClientIT(@TempDir Path directory) {
    registry = new LiveRegistry(directory);
    ours = registry.client();
    confluent = new CachedSchemaRegistryClient(registry.url(), 100);
  }

  @AfterAll
  void stop() throws Exception {
    confluent.close();
    ours.close();
    registry.close();
  }

  @Test
  void confluentFindsWhatWeRegister() throws Exception {
    int id = ours.register("ours", SCHEMA);
    assertThat(confluent.getId("ours", new AvroSchema(SCHEMA.toString()))).isEqualTo(id);
    assertThat(new Schema.Parser().parse(confluent.getSchemaById(id).canonicalString()))
        .isEqualTo(SCHEMA);
    assertThat(confluent.register("ours", new AvroSchema(SCHEMA.toString()))).isEqualTo(id);
  }

  @Test
  void weFindWhatConfluentRegisters() throws Exception {
    int id = confluent.register("theirs", new AvroSchema(SCHEMA.toString()));
    assertThat(ours.lookup("theirs", SCHEMA)).contains(id);
    assertThat(ours.byId(id)).isEqualTo(SCHEMA);
    try (RegistryClient stranger = registry.client()) {
      assertThat(stranger.register("theirs", SCHEMA)).isEqualTo(id);
    }
  }

  @Test
  void confluentAndWeSeeOneLevel() throws Exception {
    confluent.register("levels", new AvroSchema(SCHEMA.toString()));
    ours.setCompatibility("levels", CompatibilityLevel.FULL_TRANSITIVE);
    assertThat(confluent.getCompatibility("levels")).isEqualTo("FULL_TRANSITIVE");
    confluent.updateCompatibility("levels", "BACKWARD_TRANSITIVE");
    assertThat(ours.compatibility("levels")).isEqualTo(CompatibilityLevel.BACKWARD_TRANSITIVE);
  }

  @Test
  void theyReadWhatWeWrite() throws Exception {
    int id = ours.register("wire", SCHEMA);
    byte[] bytes = WireFormat.write(id, value(), new GenericDatumWriter<GenericRecord>(SCHEMA));
    var in = new ByteArrayInputStream(bytes);
    var theirSchema = new ConfluentSchemaRegistryCoder("wire", confluent).readSchema(in);
    var decoder =
        org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory.get()
            .binaryDecoder(in, null);
    var reader =
        new org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader<Object>(
            theirSchema);
    assertThat(reader.read(null, decoder).toString()).isEqualTo(value().toString());
    assertThat(decoder.isEnd()).isTrue();
  }

  @Test
  void weReadWhatTheyWrite() throws Exception {
    var theirSchema =
        new org.apache.flink.avro.shaded.org.apache.avro.Schema.Parser().parse(SCHEMA.toString());
    var theirValue =
        new org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecordBuilder(theirSchema)
            .set("name", "eip-1")
            .set(
                "kind",
                new org.apache.flink.avro.shaded.org.apache.avro.generic.GenericData.EnumSymbol(
                    theirSchema.getField("kind").schema(), "B"))
            .set("count", 42L)
            .build();
    var out = new ByteArrayOutputStream();
    new ConfluentSchemaRegistryCoder("wire2", confluent).writeSchema(theirSchema, out);
    var encoder =
        org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory.get()
            .binaryEncoder(out, null);
    new org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter<Object>(theirSchema)
        .write(theirValue, encoder);
    encoder.flush();

    Schema writer = ours.byId(WireFormat.schemaId(out.toByteArray()));
    assertThat(writer).isEqualTo(SCHEMA);
    assertThat(WireFormat.read(out.toByteArray(), new GenericDatumReader<GenericRecord>(writer)))
        .isEqualTo(value());
  }

  private static GenericRecord value() {
    var kind =
        new org.apache.avro.generic.GenericData.EnumSymbol(SCHEMA.getField("kind").schema(), "B");
    return new GenericRecordBuilder(SCHEMA)
        .set("name", new Utf8("eip-1"))
        .set("kind", kind)
        .set("count", 42L)
        .build();
  }
}
