package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandaloneIT {
  @TempDir Path dir;

  @Test
  void aRunInWhichAPartDidNotStopCountsAsCutOff() {
    Path marker = dir.resolve("running");
    Standalone standalone = Standalone.start(StandaloneOptions.in(dir), line -> {});
    var _ =
        standalone.opened(() -> {
          throw new IllegalStateException("it does not stop");
        });
    assertThat(marker).exists();
    standalone.close();

    assertThat(marker).exists();
    assertThatThrownBy(() -> connect(standalone.bootstrapServers()))
        .as("the other parts were stopped")
        .isInstanceOf(ConnectException.class);
  }

  private static void connect(String hostPort) throws IOException {
    int colon = hostPort.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              hostPort.substring(0, colon), Integer.parseInt(hostPort.substring(colon + 1))),
          1_000);
    }
  }

  @Test
  void startsAgainOnItsData() {
    for (int run = 1; run <= 2; run++) {
      long began = System.nanoTime();
      try (Standalone standalone =
          Standalone.start(
              StandaloneOptions.in(dir),
              line ->
                  System.err.printf(
                      "%5d ms %s%n", (System.nanoTime() - began) / 1_000_000, line))) {
        assertThat(standalone.allocator().notReady()).isEmpty();
        System.err.printf("%5d ms ready%n", (System.nanoTime() - began) / 1_000_000);
      }
      assertThat(dir.resolve("running")).doesNotExist();
      System.err.printf("%5d ms closed%n", (System.nanoTime() - began) / 1_000_000);
    }
  }
}
