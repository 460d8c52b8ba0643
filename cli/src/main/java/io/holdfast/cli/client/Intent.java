package io.holdfast.cli.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What goes with every command.
 *
 * @param id the command's id; sending again with the same id gets the first answer
 * @param actor who asks, for the record
 * @param reason why, for the record; may be empty
 * @param dryRun decide and answer, change nothing
 * @param ifRevision refuse unless what the command is about has this revision; null: whichever
 */
public record Intent(
    String id, String actor, String reason, boolean dryRun, @Nullable Long ifRevision) {

  /** A command with an id of its own and no reason. */
  public static Intent by(String actor) {
    return new Intent(UUID.randomUUID().toString(), actor, "", false, null);
  }

  public Intent because(String why) {
    return new Intent(id, actor, why, dryRun, ifRevision);
  }

  public Intent withId(String other) {
    return new Intent(other, actor, reason, dryRun, ifRevision);
  }
}
