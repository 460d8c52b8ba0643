package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** {@code holdfast bench}: what it refuses. What it measures is tested in bench. */
class BenchVerbTest {
  private final Shell shell = new Shell(URI.create("http://127.0.0.1:1"));

  @Test
  void anUnknownWordIsRefusedAndTheAllowedOnesAreNamed() {
    Shell.Run run = shell.run("bench", "--only", "backlog,latenzy");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("--only: there is no benchmark 'latenzy'; allowed: domain, ")
        .contains("backlog, bound, latency")
        .doesNotContain("Exception");
  }

  @Test
  void aRunIsQuickOrLarge() {
    Shell.Run run = shell.run("bench", "--quick", "--large");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("mutually exclusive");
  }
}
