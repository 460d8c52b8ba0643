package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The completion scripts. */
class CompletionTest {
  private final Shell shell = new Shell(URI.create("http://127.0.0.1:1"));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void isAScriptThatKnowsTheVerbs(String name) throws Exception {
    Shell.Run run = shell.run("completion", name);

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("force-release").contains("cooling-down").contains("--dry-run");
    check("bash", run.out());
  }

  @Test
  void bashOffersVerbs() throws Exception {
    String script =
        shell.run("completion", "bash").out()
            + """

            compopt() { :; } # there is no completion going on
            COMP_WORDS=(holdfast eip al)
            COMP_CWORD=2
            COMPREPLY=()
            _complete_holdfast
            echo "offered: ${COMPREPLY[*]}"
            """;

    assertThat(output("bash", Files.writeString(folder.resolve("offer.sh"), script).toString()))
        .isEqualTo("offered: allocate\n");
  }

  private void check(String interpreter, String script) throws Exception {
    Path file = Files.writeString(folder.resolve("completion.sh"), script);
    assertThat(output(interpreter, "-n", file.toString())).isEmpty();
  }

  private static String output(String... command) throws Exception {
    Process p;
    try {
      p = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException notHere) {
      assumeTrue(false, command[0] + " is not here");
      throw notHere;
    }
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(p.waitFor()).as(out).isZero();
    return out;
  }
}
