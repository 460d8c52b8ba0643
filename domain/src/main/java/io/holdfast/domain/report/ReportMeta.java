package io.holdfast.domain.report;

/**
 * What every report carries beside its own fields.
 *
 * @param id unique
 * @param source which agent or checker
 */
public record ReportMeta(String id, String source) {}
