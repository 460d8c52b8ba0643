package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandaloneIT {
  @TempDir Path dir;

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
      System.err.printf("%5d ms closed%n", (System.nanoTime() - began) / 1_000_000);
    }
  }
}
