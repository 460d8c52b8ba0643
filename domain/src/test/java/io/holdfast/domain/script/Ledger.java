package io.holdfast.domain.script;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.oracle.Oracle;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.State;
import java.util.List;

/**
 * A network as the service runs it: state, head, log, clock. Everything that happens is shown to
 * the oracle.
 */
public interface Ledger {
  /** When every network begins: 2026-01-01T00:00:00Z, epoch milliseconds. */
  long START = 1_767_225_600_000L;

  /**
   * What became of a command or report.
   *
   * @param events that followed from it, in order
   */
  record Reply<T>(T answer, List<Recorded> events) {}

  /** As it is now; of no use after anything more has happened. */
  State state();

  Head head();

  /** The network's time, epoch milliseconds. */
  long now();

  Oracle oracle();

  /** All events, in order. */
  List<Recorded> log();

  /** The clock moves on, by milliseconds; nothing looks at it yet. */
  void pass(long millis);

  Reply<Outcome> ask(CommandMeta meta, Command command);

  Reply<Disposition> tell(Report report);

  /** Fires what is due and looks for lost nodes; the events that followed since the last look. */
  List<Recorded> look();

  /**
   * The service stops and starts again: everything but soft state is as it was, and no event
   * follows.
   */
  void restart();

  /** A command was worked off that had waited: others may wait still. */
  void delayed();

  /** Throws if the tables do not fit together, or are not what the oracle expects. */
  default void audit() {
    StateAudit.check(state(), head(), oracle());
  }
}
