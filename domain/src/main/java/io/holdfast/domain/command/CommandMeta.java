package io.holdfast.domain.command;

import org.jspecify.annotations.Nullable;

/**
 * What every command carries beside its own fields.
 *
 * @param id unique; a command delivered again with the same id gets its first answer
 * @param actor who asked, for the record
 * @param reason why, for the record; may be empty
 * @param dryRun decide and answer, change nothing
 * @param ifRevision refuse unless the EIP, pool or gateway that it is about has this revision;
 *     null: whichever it has
 */
public record CommandMeta(
    String id, String actor, String reason, boolean dryRun, @Nullable Long ifRevision) {

  /** Whatever the revision is. */
  public CommandMeta(String id, String actor, String reason, boolean dryRun) {
    this(id, actor, reason, dryRun, null);
  }
}
