package io.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schemas.wire.WireFormat;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Records written with every schema that was ever released can be read with the present ones. */
final class ReleasedSchemasTest {
  private static final String FOLDER = "/io/holdfast/schemas/released";
  private static final int OLD_ID = 100_000;

  private final Map<String, Contract.Type> types = new HashMap<>();

  ReleasedSchemasTest() {
    Contract.types().forEach(type -> types.put(type.subject(), type));
  }

  private record Released(String release, String subject, Schema schema) {}

  @TestFactory
  Stream<DynamicTest> aRecordOfEachReleaseIsRead() throws IOException, URISyntaxException {
    return released().stream()
        .map(old ->
            DynamicTest.dynamicTest(
                old.release() + " " + old.subject(),
                () -> {
                  Contract.Type type = types.get(old.subject());
                  if (type == null) {
                    throw new AssertionError("a released record type is never dropped");
                  }
                  assertThat(read(old, type)).isEqualTo(Samples.expected(type, old.schema()));
                }));
  }

  @Test
  void everyPresentTypeIsReleased() throws IOException, URISyntaxException {
    assertThat(released()).extracting(Released::subject).containsAll(types.keySet());
  }

  private static Object read(Released old, Contract.Type type) {
    NumberedIds present = new NumberedIds();
    SchemaIds ids =
        new SchemaIds() {
          @Override
          public int idOf(String subject, Schema schema) {
            return present.idOf(subject, schema);
          }

          @Override
          public Optional<Schema> byId(int id) {
            return id == OLD_ID ? Optional.of(old.schema()) : present.byId(id);
          }
        };
    GenericRecord record = (GenericRecord) Samples.generic(old.schema());
    byte[] bytes = WireFormat.write(OLD_ID, record, new GenericDatumWriter<>(old.schema()));
    return new Codec(ids).decode(type.topic(), bytes);
  }

  private static List<Released> released() throws IOException, URISyntaxException {
    URI uri = ReleasedSchemasTest.class.getResource(FOLDER).toURI();
    if (uri.getScheme().equals("jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return released(jar.getPath(FOLDER));
      }
    }
    return released(Path.of(uri));
  }

  private static List<Released> released(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".avsc"))
          .map(ReleasedSchemasTest::parse)
          .toList();
    }
  }

  private static Released parse(Path file) {
    try {
      String name = file.getFileName().toString();
      return new Released(
          file.getName(file.getNameCount() - 2).toString(),
          name.substring(0, name.length() - ".avsc".length()),
          new Schema.Parser().parse(Files.readString(file)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
