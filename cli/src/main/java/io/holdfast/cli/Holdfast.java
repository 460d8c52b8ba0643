package io.holdfast.cli;

import io.holdfast.cli.session.HasSession;
import io.holdfast.cli.session.Session;
import io.holdfast.cli.session.Settings;
import io.holdfast.cli.session.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command. Its subcommands are listed in {@link Verbs}. */
@Command(
    name = "holdfast",
    versionProvider = Version.class,
    description = "Hands out addresses, and never loses track of one.",
    footer = {
      "",
      "Exit codes: 0 done, 2 usage, 3 refused, 4 service unreachable, 1 anything else.",
      "",
      "Example:",
      "  holdfast eip allocate --pool public --owner acme/Pod/shop/front-0",
      "  holdfast eip explain 203.0.113.7"
    })
public final class Holdfast implements HasSession {
  private final Terminal terminal;

  @Mixin private final Settings settings = new Settings();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explain this verb.")
  @SuppressWarnings("unused") // picocli asks the option, not the field
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Say which version this is.")
  @SuppressWarnings("unused")
  private boolean version;

  Holdfast(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Session session() {
    return new Session(settings, terminal);
  }
}
