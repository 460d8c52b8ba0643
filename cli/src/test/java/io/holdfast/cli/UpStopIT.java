package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while {@code holdfast up} is still starting. */
class UpStopIT {
  @TempDir Path dir;

  @Test
  void whatIsStoppedWhileItStartsEndsCleanly() throws Exception {
    String[] words = {
      "up",
      "--data",
      "data",
      "--port",
      "0",
      "--kafka-port",
      "0",
      "--registry-port",
      "0",
      "--no-audit"
    };
    try (HoldfastProcess up = HoldfastProcess.start(dir, Map.of(), words)) {
      up.awaitSaying("starting the allocator");
      assertThat(dir.resolve("data/running")).exists();

      up.terminate();

      assertThat(up.said()).endsWith("stopped\n").doesNotContain("ready");
      // It is what an unclean end leaves behind.
      assertThat(dir.resolve("data/running")).doesNotExist();
    }
  }
}
