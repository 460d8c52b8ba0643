package io.holdfast.projector.whatif;

import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.log.LogScan;
import io.holdfast.projector.support.Parts;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What-if, asked of a network's log. */
final class Asked {
  private static final int MOST = 20;

  private Asked() {}

  /**
   * @param from where the window begins; null: with the log
   */
  static WhatIf.Report of(Parts parts, String network, Change change, @Nullable Instant from) {
    LogScan log = new LogScan(parts.consumers(), new EntryReader(parts.codec()));
    return new WhatIf(log, parts.codec()).run(network, change, from, MOST, (done, total) -> {});
  }

  /** Another cool-down of all pools. */
  static Change cooldown(long seconds) {
    return new Change(
        new Change.OfPools<>(seconds * 1_000, Map.of()), Change.OfPools.none(), Map.of());
  }
}
