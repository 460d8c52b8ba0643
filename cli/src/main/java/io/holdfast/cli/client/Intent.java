package io.holdfast.cli.client;

import java.util.UUID;

/**
 * What goes with every command.
 *
 * @param id the command's id; sending again with the same id gets the first answer
 * @param actor who asks, for the record
 * @param reason why, for the record; may be empty
 * @param dryRun decide and answer, change nothing
 */
public record Intent(String id, String actor, String reason, boolean dryRun) {

  /** A command with an id of its own and no reason. */
  public static Intent by(String actor) {
    return new Intent(UUID.randomUUID().toString(), actor, "", false);
  }

  public Intent because(String why) {
    return new Intent(id, actor, why, dryRun);
  }

  public Intent withId(String other) {
    return new Intent(other, actor, reason, dryRun);
  }
}
