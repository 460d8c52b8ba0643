package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    TopologyParts parts = DrivenTopology.parts(RecordedLog.EMPTY);
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
}
