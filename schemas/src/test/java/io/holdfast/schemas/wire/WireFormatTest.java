package io.holdfast.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

class WireFormatTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("R").fields().requiredString("name").requiredLong("count").endRecord();
  private static final GenericRecord VALUE = value("é", -1);

  @Test
  void isByteForByteWhatConfluentDocuments() {
    // Magic, id 0x01020304, string of 2 bytes (zigzag 4), "é" in UTF-8, -1 (zigzag 1).
    assertThat(write(0x01020304, VALUE)).containsExactly(0, 1, 2, 3, 4, 4, 0xC3, 0xA9, 1);
    assertThat(WireFormat.schemaId(new byte[] {0, 1, 2, 3, 4})).isEqualTo(0x01020304);
    assertThat(WireFormat.frame(0x01020304, new byte[] {4, (byte) 0xC3, (byte) 0xA9, 1}))
        .isEqualTo(write(0x01020304, VALUE));
  }

  @Test
  void readsWhatItWrote() {
    var random = new SplittableRandom(7);
    for (int i = 0; i < 1_000; i++) {
      GenericRecord value = value("x".repeat(random.nextInt(300)), random.nextLong());
      int id = random.nextInt();
      byte[] bytes = write(id, value);
      assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
      assertThat(read(bytes)).isEqualTo(value);
    }
  }

  @Test
  void namesTheByteFoundInPlaceOfTheMagicByte() {
    assertThatThrownBy(() -> WireFormat.schemaId("{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            WireFormatException.WrongMagicByte.class,
            e -> assertThat(e.found()).isEqualTo((byte) '{'))
        .hasMessageContaining("0x7b");
  }

  @Test
  void refusesEveryRecordCutShort() {
    byte[] bytes = write(5, VALUE);
    for (int length = 0; length < WireFormat.HEADER_BYTES; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(part))
          .isInstanceOfSatisfying(
              WireFormatException.TooShort.class,
              e -> assertThat(e.length()).isEqualTo(part.length));
    }
    for (int length = WireFormat.HEADER_BYTES; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(part))
          .isInstanceOfSatisfying(
              WireFormatException.BadBody.class, e -> assertThat(e.schemaId()).isEqualTo(5));
    }
  }

  @Test
  void refusesBytesLeftOver() {
    byte[] longer = Arrays.copyOf(write(5, VALUE), 10);
    assertThatThrownBy(() -> read(longer))
        .isInstanceOf(WireFormatException.BadBody.class)
        .hasMessageContaining("left over");
  }

  @Test
  void garbageGivesOneKindOfFailure() {
    var random = new SplittableRandom(11);
    for (int i = 0; i < 5_000; i++) {
      byte[] garbage = new byte[5 + random.nextInt(40)];
      random.nextBytes(garbage);
      garbage[0] = 0;
      try {
        read(garbage);
      } catch (WireFormatException.BadBody e) {
        assertThat(e.schemaId()).isEqualTo(WireFormat.schemaId(garbage));
      }
    }
  }

  private static GenericRecord value(String name, long count) {
    var value = new GenericData.Record(SCHEMA);
    value.put("name", new Utf8(name));
    value.put("count", count);
    return value;
  }

  private static byte[] write(int id, GenericRecord value) {
    return WireFormat.write(id, value, new GenericDatumWriter<>(SCHEMA));
  }

  private static GenericRecord read(byte[] bytes) {
    return WireFormat.read(bytes, new GenericDatumReader<GenericRecord>(SCHEMA));
  }
}
