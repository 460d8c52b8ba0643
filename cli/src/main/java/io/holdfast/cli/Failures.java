package io.holdfast.cli;

import io.holdfast.cli.client.ServiceException;
import io.holdfast.cli.out.Problems;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import io.holdfast.cli.session.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What went wrong, in a line or two; {@code HOLDFAST_DEBUG=1} adds the stack trace. */
final class Failures implements IExecutionExceptionHandler {
  private final Terminal terminal;

  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    if (terminal.environment().containsKey("HOLDFAST_DEBUG")) {
      e.printStackTrace(terminal.err());
    }
    return switch (e) {
      case ServiceException.Refused refused -> refused(refused, command);
      case ServiceException.Unreachable unreachable -> unreachable(unreachable);
      case ServiceException.NoAnswer noAnswer -> say(noAnswer, ExitCode.UNREACHABLE);
      case ServiceException.Unexpected unexpected -> say(unexpected, ExitCode.FAILED);
      case ParameterException usage -> throw usage; // picocli hands it to UsageErrors
      case IllegalArgumentException usage -> say(usage, ExitCode.USAGE);
      default -> say(e, ExitCode.FAILED);
    };
  }

  private int refused(ServiceException.Refused e, CommandLine command) {
    Session session = Session.of(command.getCommandSpec());
    if (session.json()) {
      session.print(e.problem().document());
    } else {
      terminal.err().println(Problems.lines(e.problem()));
    }
    return ExitCode.REFUSED;
  }

  private int unreachable(ServiceException.Unreachable e) {
    say(e, ExitCode.UNREACHABLE);
    terminal
        .err()
        .println(
            "  Nothing was changed. Is it running? --service or $HOLDFAST_SERVICE says where.");
    return ExitCode.UNREACHABLE;
  }

  private int say(Exception e, int exitCode) {
    String message = e.getMessage();
    terminal
        .err()
        .println("holdfast: " + (message == null ? e.getClass().getSimpleName() : message));
    return exitCode;
  }
}
