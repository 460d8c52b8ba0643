package io.holdfast.cli.verbs;

import io.holdfast.cli.session.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast completion}. */
@Command(
    name = "completion",
    description = "Print a script that completes verbs and options in your shell.",
    footer = {
      "",
      "Example:",
      "  eval \"$(holdfast completion bash)\"      (in ~/.bashrc)",
      "  eval \"$(holdfast completion zsh)\"       (in ~/.zshrc)"
    })
public final class CompletionVerb extends VerbGroup implements Callable<Integer> {
  /** Shells that can. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return this == BASH ? "bash" : "zsh";
    }
  }

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("NullAway.Init") // required, so picocli sets it
  private Shell shell;

  @Override
  public Integer call() {
    PrintWriter out = session().terminal().out();
    if (shell == Shell.ZSH) {
      // The script completes through zsh's bash emulation, which needs the completion system first.
      out.println("autoload -U +X compinit && compinit -i");
    }
    out.print(AutoComplete.bash("holdfast", spec().root().commandLine()));
    out.flush();
    return ExitCode.DONE;
  }
}
