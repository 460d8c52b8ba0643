package io.holdfast.cli.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.client.Json;
import io.holdfast.cli.out.Cell;
import io.holdfast.cli.out.Doc;
import io.holdfast.cli.out.Table;
import io.holdfast.cli.out.Times;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.projector.whatif.Change;
import io.holdfast.projector.whatif.Figures;
import io.holdfast.projector.whatif.WhatIf;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A what-if report as JSON, and that as text. */
final class WhatIfViews {
  private WhatIfViews() {}

  /**
   * @param kept how long the topic keeps commands; empty: for ever
   */
  static ObjectNode document(WhatIf.Report r, Change change, Optional<Duration> kept) {
    ObjectNode document = Json.object();
    document.put("network", r.network());
    ObjectNode cooldown = document.putObject("cooldown");
    ofPools(change.cooldowns(), ms -> Duration.ofMillis(ms).toString(), cooldown);
    ofPools(change.policies(), WhatIfViews::name, document.putObject("policy"));
    ObjectNode quotas = document.putObject("quota");
    change
        .quotas()
        .forEach((tenant, limit) -> quotas.put(tenant, limit.map(String::valueOf).orElse("none")));
    ObjectNode window = document.putObject("window");
    window.put("commands", r.wishes());
    if (r.wishes() > 0) {
      window.put("from", time(r.from())).put("to", time(r.to()));
    }
    kept.ifPresent(k -> window.put("commandsAreKeptFor", k.toString()));
    document.set("recorded", figures(r.recorded(), false));
    document.set("asItWas", figures(r.asItWas(), true));
    document.set("whatIf", figures(r.whatIf(), true));
    document.put("modelDiffersFromRecord", r.modelDiffers());
    document.put("allocationsWithoutCommand", r.withoutCommand());
    document.put("differing", r.differing());
    ArrayNode differences = document.putArray("differences");
    for (WhatIf.Difference d : r.differences()) {
      differences
          .addObject()
          .put("time", time(d.time()))
          .put("commandId", d.commandId())
          .put("actor", d.actor())
          .put("owner", d.owner())
          .put("was", d.was())
          .put("wouldBe", d.wouldBe());
    }
    ArrayNode notes = document.putArray("notes");
    r.notes().forEach(notes::add);
    return document;
  }

  private static <T> void ofPools(
      Change.OfPools<T> change, Function<T, String> text, ObjectNode to) {
    T all = change.all();
    if (all != null) {
      to.put("*", text.apply(all));
    }
    change.byPool().forEach((pool, value) -> to.put(pool, text.apply(value)));
  }

  /** A policy as the command line spells it. */
  static String name(PoolPolicy policy) {
    return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ObjectNode figures(Figures f, boolean modelled) {
    ObjectNode figures = Json.object();
    figures.put("accepted", f.granted());
    ObjectNode refused = figures.putObject("refused");
    new TreeSet<>(f.refused().keySet())
        .forEach(code -> refused.put(code.name(), f.refused().getOrDefault(code, 0L)));
    if (f.firstExhausted() > 0) {
      figures.put("firstExhausted", time(f.firstExhausted()));
    }
    waiting(f.waiting(), figures.putObject("waiting"));
    if (modelled) {
      figures.put("reused", f.reused()).put("endsAssumed", f.assumed());
      if (f.reused() > 0) {
        figures.put("shortestReuse", Duration.ofMillis(f.shortestReuseMs()).toString());
        figures.put("medianReuse", Duration.ofMillis(f.medianReuseMs()).toString());
      }
      ObjectNode peaks = figures.putObject("peakUse");
      new TreeSet<>(f.peaks().keySet())
          .forEach(pool -> peaks.put(pool, f.peaks().getOrDefault(pool, 0L)));
    }
    return figures;
  }

  private static void waiting(Figures.Waiting w, ObjectNode to) {
    to.put("requests", w.requests()).put("served", w.served());
    to.put("expired", w.expired()).put("open", w.open());
    if (w.served() > 0) {
      to.put("medianWait", Duration.ofMillis(w.medianMs()).toString());
      to.put("longestWait", Duration.ofMillis(w.longestMs()).toString());
    }
  }

  private static String time(long ms) {
    return Instant.ofEpochMilli(ms).toString();
  }

  private static String changed(Doc change, String what, UnaryOperator<String> shown) {
    StringBuilder out = new StringBuilder();
    change
        .node()
        .properties()
        .forEach(c ->
            out.append(out.isEmpty() ? what : "")
                .append(' ')
                .append(c.getKey().equals("*") ? "" : c.getKey() + "=")
                .append(shown.apply(c.getValue().asText())));
    return out.isEmpty() ? "" : out.append(';').toString();
  }

  static String text(Doc d, boolean colour) {
    Doc window = d.doc("window");
    StringBuilder out = new StringBuilder();
    out.append("Network ").append(d.text("network")).append(", if");
    out.append(changed(d.doc("cooldown"), " the cool-down had been", WhatIfViews::shown));
    out.append(changed(d.doc("policy"), " the policy had been", text -> text));
    out.append(changed(d.doc("quota"), " the quota had been", text -> text));
    out.setLength(out.length() - 1);
    out.append('\n');
    out.append(window.text("commands")).append(" AllocateEip and AllocateBundle");
    if (!window.text("from").isEmpty()) {
      out.append(" from ").append(window.text("from")).append(" to ").append(window.text("to"));
    }
    String kept = window.text("commandsAreKeptFor");
    out.append("; commands are kept ");
    out.append(kept.isEmpty() ? "for ever" : "for " + Times.span(Duration.parse(kept)));
    out.append(" (retention.ms of their topic)\n\n");
    out.append(columns(d).render(colour)).append('\n');
    out.append("Answers that would have differed: ").append(d.text("differing")).append('\n');
    if (!d.docs("differences").isEmpty()) {
      out.append(differences(d).render(colour));
    }
    if (!d.text("modelDiffersFromRecord").equals("0")) {
      out.append("The model as it was gives another answer than the record to ");
      out.append(d.text("modelDiffersFromRecord")).append(" of them: take it as a rough one.\n");
    }
    if (!d.text("allocationsWithoutCommand").equals("0")) {
      out.append(d.text("allocationsWithoutCommand"));
      out.append(" allocations are left out: their commands are not in the log any more.\n");
    }
    d.node().path("notes").forEach(note -> out.append(note.asText()).append('\n'));
    return out.toString();
  }

  private static Table columns(Doc d) {
    Table t = new Table("", ">AS RECORDED", ">MODEL, AS IT WAS", ">WHAT IF");
    row(t, d, "accepted", "accepted");
    Set<String> codes = new TreeSet<>();
    Set<String> pools = new TreeSet<>();
    for (String column : new String[] {"recorded", "asItWas", "whatIf"}) {
      d.doc(column).doc("refused").node().fieldNames().forEachRemaining(codes::add);
      d.doc(column).doc("peakUse").node().fieldNames().forEachRemaining(pools::add);
    }
    for (String code : codes) {
      t.row(
          Cell.of("refused: " + code),
          Cell.of(zero(d.doc("recorded").doc("refused").text(code))),
          Cell.of(zero(d.doc("asItWas").doc("refused").text(code))),
          Cell.of(zero(d.doc("whatIf").doc("refused").text(code))));
    }
    row(t, d, "first exhausted", "firstExhausted");
    if (isAboutWaiting(d)) {
      waiting(t, d, "had to wait", "requests");
      waiting(t, d, "served later", "served");
      waiting(t, d, "waited in vain", "expired");
      waiting(t, d, "still waiting", "open");
      waiting(t, d, "median wait until served", "medianWait");
      waiting(t, d, "longest wait until served", "longestWait");
    }
    row(t, d, "addresses used again", "reused");
    row(t, d, "shortest time before that", "shortestReuse");
    row(t, d, "median time before that", "medianReuse");
    row(t, d, "tenures whose end is assumed", "endsAssumed");
    for (String pool : pools) {
      t.row(
          Cell.of("most in use of " + pool),
          Cell.of(""),
          Cell.of(d.doc("asItWas").doc("peakUse").text(pool)),
          Cell.of(d.doc("whatIf").doc("peakUse").text(pool)));
    }
    return t;
  }

  private static boolean isAboutWaiting(Doc d) {
    return Stream.of("recorded", "asItWas", "whatIf")
        .anyMatch(column -> !d.doc(column).doc("waiting").text("requests").equals("0"));
  }

  private static void waiting(Table t, Doc d, String label, String field) {
    row(t, label, column -> d.doc(column).doc("waiting").text(field));
  }

  private static void row(Table t, Doc d, String label, String field) {
    row(t, label, column -> d.doc(column).text(field));
  }

  private static void row(Table t, String label, UnaryOperator<String> ofColumn) {
    t.row(
        Cell.of(label),
        Cell.of(shown(ofColumn.apply("recorded"))),
        Cell.of(shown(ofColumn.apply("asItWas"))),
        Cell.of(shown(ofColumn.apply("whatIf"))));
  }

  private static String shown(String value) {
    return value.startsWith("PT") ? Times.span(Duration.parse(value)) : value;
  }

  private static String zero(String value) {
    return value.isEmpty() ? "0" : value;
  }

  private static Table differences(Doc d) {
    Table t = new Table("TIME", "COMMAND", "ACTOR", "OWNER", "WAS", "WOULD HAVE BEEN");
    for (Doc x : d.docs("differences")) {
      t.row(
          Cell.of(x.text("time")),
          Cell.of(x.text("commandId")),
          Cell.of(x.text("actor")),
          Cell.of(x.text("owner")),
          Cell.of(x.text("was")),
          Cell.of(x.text("wouldBe")));
    }
    return t;
  }
}
