package io.holdfast.cli.verbs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.args.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When a pool believes that an owner is gone. */
final class OwnerCheckArgs {
  @Option(
      names = "--absent-times",
      paramLabel = "N",
      description = "An owner is gone when so many checks did not find it (default: 3)")
  private @Nullable Integer confirmations;

  @Option(
      names = "--absent-over",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "over at least so long (default: 1m).")
  private @Nullable Duration over;

  @Option(
      names = "--recheck-min",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "First wait after a check that could not tell, doubled each time (default: 1s)")
  private @Nullable Duration retryMin;

  @Option(
      names = "--recheck-max",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "up to this (default: 5m).")
  private @Nullable Duration retryMax;

  /** Null: the service's defaults. The record has no defaults of its own, so these are repeated. */
  @Nullable Fields fields() {
    if (confirmations == null && over == null && retryMin == null && retryMax == null) {
      return null;
    }
    return new Fields()
        .with("confirmations", confirmations == null ? Integer.valueOf(3) : confirmations)
        .with("overMs", over == null ? Duration.ofMinutes(1) : over)
        .with("retryMinMs", retryMin == null ? Duration.ofSeconds(1) : retryMin)
        .with("retryMaxMs", retryMax == null ? Duration.ofMinutes(5) : retryMax);
  }

  /** Over what a pool has already. False: nothing is to be changed. */
  boolean putOver(ObjectNode present) {
    ObjectNode changed =
        new Fields()
            .with("confirmations", confirmations)
            .with("overMs", over)
            .with("retryMinMs", retryMin)
            .with("retryMaxMs", retryMax)
            .json();
    present.setAll(changed);
    return !changed.isEmpty();
  }
}
