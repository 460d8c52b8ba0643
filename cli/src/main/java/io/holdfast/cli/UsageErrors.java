package io.holdfast.cli;

import io.holdfast.cli.session.ExitCode;
import java.io.PrintWriter;
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
    err.println("holdfast: " + message);
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }
}
