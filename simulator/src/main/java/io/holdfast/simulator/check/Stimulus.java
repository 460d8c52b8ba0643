package io.holdfast.simulator.check;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import org.jspecify.annotations.Nullable;

/** What reached the network, and what it answered. */
public sealed interface Stimulus {

  /**
   * @param before the answer that the same command got when it came first; null: it is the first
   */
  record Asked(CommandMeta meta, Command command, Outcome outcome, @Nullable Outcome before)
      implements Stimulus {}

  record Told(Report report, Disposition disposition) implements Stimulus {}

  /**
   * Time passed.
   *
   * @param heardFrom since when heartbeats could have been heard, epoch milliseconds
   */
  record Passed(long heardFrom) implements Stimulus {}
}
