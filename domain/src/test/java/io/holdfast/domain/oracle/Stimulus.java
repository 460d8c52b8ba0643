package io.holdfast.domain.oracle;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;

/** What reached the network, and what it answered. */
public sealed interface Stimulus {
  record Asked(CommandMeta meta, Command command, Outcome outcome) implements Stimulus {}

  record Told(Report report, Disposition disposition) implements Stimulus {}

  /**
   * Time passed.
   *
   * @param heardFrom since when heartbeats could have been heard, epoch milliseconds
   * @param commandsFrom since when commands are heard without delay, epoch milliseconds
   */
  record Passed(long heardFrom, long commandsFrom) implements Stimulus {}
}
