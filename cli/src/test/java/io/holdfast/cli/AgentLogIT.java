package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code holdfast agent -o json} says, for programs. */
class AgentLogIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path dir;

  @Test
  void everyLineIsAnObject() throws Exception {
    String[] words = {
      "agent",
      "--node",
      "n1",
      "--exec",
      "/bin/true",
      "--run-dir",
      dir.resolve("run").toString(),
      "--service",
      "http://127.0.0.1:1", // nothing listens there
      "-o",
      "json"
    };
    try (HoldfastProcess agent = HoldfastProcess.start(dir, Map.of(), words)) {
      agent.awaitSaying("127.0.0.1:1");
      agent.terminate();

      assertThat(agent.said().lines())
          .isNotEmpty()
          .allSatisfy(line -> {
            JsonNode object = MAPPER.readTree(line);
            assertThat(object.path("level").asText()).isIn("INFO", "WARN", "ERROR");
            assertThat(object.path("formattedMessage").asText()).isNotBlank();
          });
    }
  }
}
