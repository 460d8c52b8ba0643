package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunMarkerTest {
  @TempDir Path dir;

  @Test
  void onlyARunThatDidNotEndBeforeAnotherBootIsAPowerCut() throws Exception {
    RunMarker marker = new RunMarker(dir);
    assertThat(marker.machineWentDown()).as("first run").isFalse();
    marker.begin();
    assertThat(marker.machineWentDown()).as("killed, same boot").isFalse();
    Files.writeString(dir.resolve("running"), "11111111-2222-3333-4444-555555555555\n");
    assertThat(marker.machineWentDown()).as("another boot").isTrue();
    marker.begin();
    marker.end();
    assertThat(marker.machineWentDown()).as("ended by itself").isFalse();
  }

  @Test
  void whereTheSystemDoesNotTellAnUncleanEndCountsAsAPowerCut() {
    RunMarker marker = new RunMarker(dir, dir.resolve("no such file"));
    assertThat(marker.machineWentDown()).as("first run").isFalse();
    marker.begin();
    assertThat(marker.machineWentDown()).as("killed").isTrue();
    marker.end();
    assertThat(marker.machineWentDown()).as("ended by itself").isFalse();
  }
}
