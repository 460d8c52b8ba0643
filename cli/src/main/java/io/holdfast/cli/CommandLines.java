package io.holdfast.cli;

import io.holdfast.cli.session.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** Puts the command line together. */
public final class CommandLines {
  private CommandLines() {}

  /**
   * The verbs, their errors turned into exit codes and plain lines.
   *
   * @param args what is going to be executed
   */
  public static CommandLine create(Terminal terminal, String... args) {
    CommandLine root = new CommandLine(new Holdfast(terminal));
    for (Class<?> verb : Verbs.named(List.of(args))) {
      root.addSubcommand(verb);
    }
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setAbbreviatedSubcommandsAllowed(false);
    root.setOut(terminal.out());
    root.setErr(terminal.err());
    root.setColorScheme(Help.defaultColorScheme(terminal.colour() ? Help.Ansi.ON : Help.Ansi.OFF));
    root.setHelpFactory(OwnOptionsHelp::new);
    root.setUsageHelpAutoWidth(false);
    root.setUsageHelpWidth(100);
    root.setParameterExceptionHandler(new UsageErrors());
    root.setExecutionExceptionHandler(new Failures(terminal));
    return root;
  }
}
