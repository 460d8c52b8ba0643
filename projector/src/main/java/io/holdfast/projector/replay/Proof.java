package io.holdfast.projector.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.projector.log.Entry;
import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.log.LogScan;
import io.holdfast.projector.log.Place;
import io.holdfast.schemas.wire.WireFormat;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.SchemaIds;
import io.holdfast.wire.Sha256;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A network's whole record as a file that can be checked with nothing else: one JSON object a line,
 * a head, the schemas as they are used, every event byte for byte, and an end that says how many
 * there are and the hash of the last. What it proves is told by that hash: whoever had it from
 * another source (a live service, a letter) knows that nothing before it was changed.
 */
public final class Proof {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "holdfast-proof-1";

  private Proof() {}

  /** What a proof is about. */
  public record Summary(
      String network, long events, String digest, String hash, @Nullable Fault fault) {}

  /**
   * Writes the events of a network from its first on.
   *
   * @param schemas the writer's schema of an id
   */
  public static Summary export(
      LogScan log,
      String network,
      Replay.Until until,
      IntFunction<Schema> schemas,
      EntryReader reader,
      Path file,
      LogScan.Progress progress)
      throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Folding folding = new Folding(network, false);
    Map<Integer, Boolean> known = new HashMap<>();
    try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
      line(out, JSON.createObjectNode().put("format", FORMAT).put("network", network));
      log.raw(
          Contract.EVENTS,
          Optional.of(network),
          progress,
          (place, key, value) -> {
            Entry entry = reader.read(place, key, value);
            boolean past = entry instanceof Entry.OfEvent e && until.isPast(e);
            if (past || !folding.take(entry)) {
              return false;
            }
            int id = WireFormat.schemaId(value);
            if (known.put(id, true) == null) {
              line(
                  out,
                  JSON.createObjectNode()
                      .put("schema", id)
                      .put("avsc", schemas.apply(id).toString()));
            }
            line(
                out,
                JSON.createObjectNode()
                    .put("event", folding.sequence())
                    .put("record", Base64.getEncoder().encodeToString(value)));
            return true;
          });
      folding.end();
      line(
          out,
          JSON.createObjectNode()
              .put("end", folding.sequence())
              .put("digest", Folding.hex(folding.digest()))
              .put("hash", folding.hash().toString()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return summary(folding, folding.fault());
  }

  private static void line(BufferedWriter out, ObjectNode node) {
    try {
      out.write(node.toString());
      out.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks a file: that it is whole, and all that {@link Verifier} checks of a log.
   *
   * @throws IOException if it cannot be read, or is no proof
   */
  public static Summary verify(Path file) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      JsonNode head = next(in, file);
      if (!FORMAT.equals(head.path("format").asText())) {
        throw new IOException(file + " is no proof of the format " + FORMAT);
      }
      String network = head.path("network").asText();
      FileSchemas schemas = new FileSchemas();
      EntryReader reader = new EntryReader(new Codec(schemas));
      byte[] key = network.getBytes(StandardCharsets.UTF_8);
      Folding folding = new Folding(network, true);
      JsonNode line = next(in, file);
      while (line.has("schema") || line.has("event")) {
        if (line.has("schema")) {
          int id = line.path("schema").asInt();
          schemas.byId.put(id, new Schema.Parser().parse(line.path("avsc").asText()));
        } else {
          byte[] value = line.path("record").binaryValue();
          Place place = new Place(Contract.EVENTS, 0, line.path("event").asLong());
          if (!folding.take(reader.read(place, key, value))) {
            return summary(folding, folding.fault());
          }
        }
        line = next(in, file);
      }
      folding.end();
      return summary(folding, folding.fault() != null ? folding.fault() : end(folding, line));
    }
  }

  private static @Nullable Fault end(Folding folding, JsonNode end) {
    boolean same =
        end.path("end").asLong() == folding.sequence()
            && end.path("hash").asText().equals(folding.hash().toString());
    return same
        ? null
        : new Fault(
            folding.network(),
            folding.sequence(),
            null,
            Fault.Kind.HASH,
            "the file's end speaks of event "
                + end.path("end").asLong()
                + " with the hash "
                + end.path("hash").asText()
                + ", its last event has "
                + folding.hash());
  }

  private static Summary summary(Folding folding, @Nullable Fault fault) {
    Sha256 hash = folding.hash();
    return new Summary(
        folding.network(),
        folding.sequence(),
        Folding.hex(folding.digest()),
        hash.toString(),
        fault);
  }

  private static JsonNode next(BufferedReader in, Path file) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException(file + " is cut off: its end is missing");
    }
    return JSON.readTree(line);
  }

  /** Only reading is needed: ids for writing are made up, beside those of any registry. */
  private static final class FileSchemas implements SchemaIds {
    private final Map<Integer, Schema> byId = new HashMap<>();
    private int madeUp;

    @Override
    public int idOf(String subject, Schema schema) {
      return --madeUp;
    }

    @Override
    public Optional<Schema> byId(int id) {
      return Optional.ofNullable(byId.get(id));
    }
  }
}
