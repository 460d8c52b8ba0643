package io.holdfast.cli.verbs;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the inside of a rule lives. */
final class VpcArg {
  @Option(
      names = "--vpc",
      paramLabel = "VPC",
      description = "Where the inside lives (default: default).")
  private @Nullable String vpc;

  @Nullable String vpc() {
    return vpc;
  }
}
