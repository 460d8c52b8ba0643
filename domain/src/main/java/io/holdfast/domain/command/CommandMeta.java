package io.holdfast.domain.command;

/**
 * What every command carries beside its own fields.
 *
 * @param id unique; a command delivered again with the same id gets its first answer
 * @param actor who asked, for the record
 * @param reason why, for the record; may be empty
 * @param dryRun decide and answer, change nothing
 */
public record CommandMeta(String id, String actor, String reason, boolean dryRun) {}
