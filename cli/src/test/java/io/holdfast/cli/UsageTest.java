package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.session.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a wrong command line leads to, and what help says. */
class UsageTest {
  private final Shell shell = new Shell(URI.create("http://127.0.0.1:1"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          epi list                                        | Did you mean: holdfast eip
          eip lst                                         | Did you mean: holdfast eip list
          eip frobnicate                                  | list, allocate, bundle, attach
          eip list --phaze free                           | Possible solutions: --phase
          eip allocate                                    | whose is it to be?
          eip allocate --owner t/Pod                      | is not tenant/kind/[namespace/]name[#uid]
          eip allocate --owner t/Pod/n --tenant t         | by --owner or by its parts, not both
          eip allocate --tenant t --name n                | an owner needs --kind too
          eip release                                     | Missing required parameter: 'IP'
          pool define p 10.0.0.0/24 --cooldown 5          | '5' is not a duration
          eip list --phase gone                           | cooling-down
          eip list --ready --not-ready                    | mutually exclusive
          dnat add 10.0.0.5 tcp443 10.0.0.6               | 'tcp443' is not a protocol and a port
          dnat add 10.0.0.5 tcp/443 inside                | 'inside' is not an address with a port
          --service ftp://x eip list                      | 'ftp://x' is not the URL of a service
          eip list -o yaml                                | expected one of [TABLE, JSON]
          """)
  void wrong(String typed, String said) {
    Shell.Run run = shell.run(typed.split(" +", -1));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(said).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void nounWithoutVerbGetsItsHelp() {
    Shell.Run run = shell.run("eip");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("Usage: holdfast eip").contains("force-release");
  }

  @Test
  void helpOfTheRootListsAllVerbsAndTheSharedOptions() {
    Shell.Run run = shell.run("--help");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("network", "pool", "eip", "fip", "dnat", "snat", "gateway", "node", "outcome")
        .contains("events", "completion", "version", "--dry-run", "HOLDFAST_SERVICE");
  }

  @Test
  void whatIsEasilyOverlookedStandsInTheHelp() {
    assertThat(shell.run("pool", "define", "--help").out())
        .contains("or set all its settings", "What is not named gets its default");
    assertThat(shell.run("network", "import", "--help").out())
        .contains("Reservations need --reason");
  }

  @Test
  void helpOfAVerbIsAboutThatVerb() {
    Shell.Run run = shell.run("snat", "add", "--help");

    assertThat(run)
        .isEqualTo(
            new Shell.Run(
                0,
                """
                Usage: holdfast snat add [OPTIONS] IP PREFIX
                Let an internal prefix leave with this address as its source.
                      IP           The address.
                      PREFIX       Source prefix inside.
                      --vpc=VPC    Where the inside lives (default: default).
                      --tenure=N   Refuse unless this is the present tenure.

                Options of all verbs (-n, -o json, --dry-run ...): holdfast --help

                Example:
                  holdfast snat add 203.0.113.7 10.0.0.0/24 --vpc shop
                """,
                ""));
  }

  @Test
  void everyVerbHasADescriptionAndAnExample() {
    for (CommandLine verb : leaves(root())) {
      String name = verb.getCommandSpec().qualifiedName();
      assertThat(verb.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
      String[] footer = verb.getCommandSpec().usageMessage().footer();
      assertThat(footer).as(name).hasSizeGreaterThanOrEqualTo(3);
      assertThat(footer[2]).as(name).contains(name);
    }
  }

  @Test
  void everyExampleParses() {
    for (CommandLine verb : leaves(root())) {
      String example = verb.getCommandSpec().usageMessage().footer()[2];
      if (example.startsWith("  holdfast ")) {
        String[] words = example.strip().replaceAll("'[^']*'", "text").split(" +", -1);
        root().parseArgs(List.of(words).subList(1, words.length).toArray(new String[0]));
      }
    }
  }

  private static List<CommandLine> leaves(CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      return List.of(command);
    }
    List<CommandLine> all = new ArrayList<>();
    command.getSubcommands().values().forEach(c -> all.addAll(leaves(c)));
    return all;
  }

  private static CommandLine root() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return CommandLines.create(
        new Terminal(nowhere, nowhere, false, false, InstantSource.system(), Map.of(), "alice"));
  }
}
