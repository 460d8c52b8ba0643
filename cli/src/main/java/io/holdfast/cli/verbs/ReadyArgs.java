package io.holdfast.cli.verbs;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Only what works, or only what does not. */
final class ReadyArgs {
  @ArgGroup private @Nullable Choice choice;

  /** One of the two, not both. */
  static final class Choice {
    @Option(names = "--ready", description = "Only what is ready.")
    private boolean ready;

    @Option(names = "--not-ready", description = "Only what is not.")
    private boolean notReady;
  }

  /** Null: both. */
  @Nullable Boolean wanted() {
    return choice == null ? null : choice.ready && !choice.notReady;
  }
}
