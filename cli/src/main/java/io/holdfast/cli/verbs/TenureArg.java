package io.holdfast.cli.verbs;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which tenure of an address is meant. */
final class TenureArg {
  @Option(
      names = "--tenure",
      paramLabel = "N",
      description = "Refuse unless this is the present tenure.")
  private @Nullable Long tenure;

  void addTo(Fields fields) {
    fields.with("tenure", tenure);
  }
}
