package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code holdfast simulate}: what it says, and how it ends. */
class SimulateVerbTest {
  private final Shell shell = new Shell(URI.create("http://127.0.0.1:1"));

  @Test
  void aSeedThatHoldsEndsWithZeroAndSaysHowMuchWasTried() {
    Shell.Run run = shell.run("simulate", "--seed", "7", "--steps", "5000");
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("seed 7: ").contains("all held");
  }

  @Test
  void programsGetTheFigures() throws IOException {
    Shell.Run run = shell.run("simulate", "--seed", "7", "--steps", "5000", "-o", "json");
    assertThat(run.code()).isZero();
    JsonNode figures = new ObjectMapper().readTree(run.out());
    assertThat(figures.path("seed").longValue()).isEqualTo(7);
    assertThat(figures.path("steps").longValue()).isGreaterThanOrEqualTo(5_000);
    assertThat(figures.path("held").booleanValue()).isTrue();
  }

  @Test
  void aPlanIsPlayed(@TempDir Path folder) throws IOException {
    Path plan = folder.resolve("some.plan");
    Files.writeString(plan, "world 815\n10 1 boot 0 0 5 # a remark\n600 2 tick 0 0 6\n");
    Shell.Run run = shell.run("simulate", "--plan-file", plan.toString());
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("10 1 boot 0 0 5").endsWith("all held" + System.lineSeparator());
  }

  @Test
  void aPlanThatIsNoneIsRefused(@TempDir Path folder) throws IOException {
    Path plan = folder.resolve("bad.plan");
    Files.writeString(plan, "world 815\n10 1 dance 0 0 5\n");
    Shell.Run run = shell.run("simulate", "--plan-file", plan.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("line 2: 'dance'; allowed: one of");
  }

  @Test
  void noStepsAreRefused() {
    assertThat(shell.run("simulate", "--steps", "0").code()).isEqualTo(2);
  }
}
