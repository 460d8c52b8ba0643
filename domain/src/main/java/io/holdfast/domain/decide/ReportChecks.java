package io.holdfast.domain.decide;

import io.holdfast.domain.outcome.Excerpt;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.report.ReportMeta;
import org.jspecify.annotations.Nullable;

/**
 * What of a report ends in events and rows is of bounded length, whatever the state is: null, or
 * what is wrong. Names that must be known to count need no check; texts for people are cut.
 */
final class ReportChecks {
  private ReportChecks() {}

  static Disposition.@Nullable Invalid meta(ReportMeta meta) {
    return invalid(
        Check.first(
            Check.length("meta.id", meta.id(), Check.TEXT),
            Check.length("meta.source", meta.source(), Check.TEXT)));
  }

  static Disposition.@Nullable Invalid body(Report report) {
    return invalid(
        switch (report) {
          case Report.NodeHeartbeat r ->
              Check.first(Check.name("node", r.node()), Check.name("bootId", r.bootId()));
          case Report.InstanceStarted r ->
              Check.first(
                  Check.required("instance", r.instance()),
                  Check.range("uptimeMs", r.uptimeMs(), 0, Long.MAX_VALUE));
          // An address seen where it is not to be is drift on the node that the report names.
          case Report.Observation r -> Check.name("node", r.node());
          case Report.ConflictSeen r -> Check.required("by", Excerpt.of(r.by(), Check.TEXT));
          case Report.ProbeResult _, Report.OwnerCheck _, Report.OwnerInventory _ -> null;
        });
  }

  private static Disposition.@Nullable Invalid invalid(@Nullable Refusal refusal) {
    return refusal == null
        ? null
        : new Disposition.Invalid(
            text(refusal.field()), text(refusal.value()), text(refusal.allowed()));
  }

  private static String text(@Nullable String part) {
    return part == null ? "" : part;
  }
}
