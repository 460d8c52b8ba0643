package io.holdfast.simulator.check;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import java.util.List;
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
   * @param commandsFrom since when commands are heard without delay, epoch milliseconds
   * @param unread renewals that are in the log and not read yet
   */
  record Passed(long heardFrom, long commandsFrom, List<Renewal> unread) implements Stimulus {}

  /**
   * @param appendedAt epoch milliseconds
   */
  record Renewal(Command.RenewLease command, long appendedAt) {}
}
