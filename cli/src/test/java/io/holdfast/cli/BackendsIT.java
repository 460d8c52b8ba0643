package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code holdfast backends}: what it prints is all that {@code holdfast serve} needs. */
class BackendsIT {
  @TempDir Path dir;

  @Test
  void serveRunsWithWhatIsPrinted() throws Exception {
    try (HoldfastProcess backends =
        HoldfastProcess.start(dir.resolve("backends"), Map.of(), "backends")) {
      backends.awaitSaying("ready\n");
      Map<String, String> environment = printed(backends);
      assertThat(environment).containsEntry("HOLDFAST_FLUSH", "true");
      environment.put("HOLDFAST_PORT", freePort());
      environment.put("HOLDFAST_PARTITIONS", "2");

      try (HoldfastProcess serve =
          HoldfastProcess.start(dir.resolve("serve"), environment, "serve")) {
        serve.awaitSaying("ready\n");
        serve.terminate();
      }
      backends.terminate();
    }
  }

  private static Map<String, String> printed(HoldfastProcess backends) throws IOException {
    Map<String, String> environment = new TreeMap<>();
    for (String line : backends.said().lines().toList()) {
      if (line.startsWith("HOLDFAST_")) {
        int equals = line.indexOf('=');
        environment.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return environment;
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
