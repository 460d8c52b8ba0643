package io.holdfast.cli.verbs;

import io.holdfast.cli.args.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a tenure lasts unless it is renewed. */
final class LeaseArg {
  @Option(
      names = "--lease",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "The tenure ends after this long unless it is renewed; 0s: without end. Left out: as it"
              + " was, or as the pool has it.")
  private @Nullable Duration lease;

  void addTo(Fields fields) {
    fields.with("leaseMs", lease);
  }
}
