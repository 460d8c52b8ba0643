package io.holdfast.cli;

import io.holdfast.cli.session.ExitCode;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the command line, what was perhaps meant, and where to read on. */
final class UsageErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String message = Objects.requireNonNullElse(e.getMessage(), "this makes no sense");
    if (message.startsWith("Missing required subcommand")) {
      // A noun without a verb: its help is the answer.
      command.usage(err);
      return ExitCode.USAGE;
    }
    if (e instanceof UnmatchedArgumentException unmatched && isVerb(command, unmatched)) {
      noSuchVerb(command, unmatched.getUnmatched().getFirst(), err);
    } else {
      err.println("holdfast: " + message);
      UnmatchedArgumentException.printSuggestions(e, err);
    }
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static boolean isVerb(CommandLine command, UnmatchedArgumentException e) {
    return !command.getSubcommands().isEmpty() && !e.getUnmatched().getFirst().startsWith("-");
  }

  private static void noSuchVerb(CommandLine command, String typed, PrintWriter err) {
    String name = command.getCommandSpec().qualifiedName();
    Collection<String> verbs =
        command.getParent() == null ? Verbs.names() : command.getSubcommands().keySet();
    String meant =
        Suggestion.of(typed, verbs)
            .map(v -> "Did you mean: " + name + " " + v)
            .orElse("There are: " + String.join(", ", verbs));
    err.println("holdfast: there is no '" + name + " " + typed + "'. " + meant);
  }
}
