package io.holdfast.simulator.client;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.report.Report;

/** What a client wants to be sent. */
public sealed interface Wish {

  /**
   * @param reason for the record; some commands require it
   */
  record Ask(Command command, String reason, boolean dryRun) implements Wish {}

  record Tell(Report report) implements Wish {}

  /** A command that was sent before, with the id it had. */
  record Again() implements Wish {}

  static Wish ask(Command command) {
    return new Ask(command, "", false);
  }
}
