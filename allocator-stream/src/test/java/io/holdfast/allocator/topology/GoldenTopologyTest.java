package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.decide.Settings;
import io.holdfast.wire.Codec;
import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.NumberedIds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Changelog topics are called after stores and sub-topologies: a release whose topology does not
 * begin with that of the release before loses the state in them. One file a release; new sources
 * and processors come after old ones.
 */
final class GoldenTopologyTest {
  @Test
  void theTopologyIsThatOfTheRelease() throws IOException {
    TopologyParts parts =
        new TopologyParts(
            new Codec(new NumberedIds()),
            Settings.DEFAULT,
            new NoLog(),
            new NoPartitions(),
            new SimpleMeterRegistry(),
            1,
            1_000);
    try (InputStream golden = getClass().getResourceAsStream("topology-1.txt")) {
      assertThat(golden).isNotNull();
      assertThat(sorted(AllocatorTopology.build(parts).describe().toString()).strip())
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }

  /** Streams lists stores in no particular order. */
  private static String sorted(String description) {
    return Pattern.compile("stores: \\[(.*)]")
        .matcher(description)
        .replaceAll(m ->
            "stores: ["
                + Arrays.stream(m.group(1).split(", ", -1))
                    .sorted()
                    .collect(Collectors.joining(", "))
                + "]");
  }

  private static final class NoLog implements EventLog {
    @Override
    public Optional<Entry> lastEvent(int partition) {
      return Optional.empty();
    }

    @Override
    public Optional<Entry> lastOutcome(int partition) {
      return Optional.empty();
    }

    @Override
    public Portions events(int partition, long since) {
      throw new AssertionError("there are none");
    }

    @Override
    public Portions outcomes(int partition, long since) {
      throw new AssertionError("there are none");
    }
  }

  private static final class NoPartitions implements Partitions {
    @Override
    public void ready(int partition, Map<String, NetworkHead> networks, long now) {}

    @Override
    public void closed(int partition) {}

    @Override
    public StampedLock lock(int partition) {
      return new StampedLock();
    }
  }
}
