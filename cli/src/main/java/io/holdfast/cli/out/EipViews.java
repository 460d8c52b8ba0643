package io.holdfast.cli.out;

import java.util.ArrayList;
import java.util.List;

/** Addresses. */
public record EipViews(Views views) {
  public String list(List<Doc> items) {
    Table t =
        new Table(
            "ADDRESS", "PHASE", "READY", "WHY NOT", "OWNER", "POOL", "GATEWAY", "SINCE", "FREE");
    for (Doc d : items) {
      boolean held = d.text("phase").equals("Allocated");
      t.row(
          Cell.of(d.text("ip")),
          phase(d),
          held ? Ready.cell(d) : Cell.of(""),
          Cell.of(held && !d.is("ready") ? Ready.why(d) : ""),
          Cell.of(Owners.of(d.doc("owner"))),
          Cell.of(d.text("pool")),
          Cell.of(d.text("gateway")),
          Cell.of(views.times().relative(d.text("since"))),
          Cell.of(views.times().relative(d.text("freeAt"))));
    }
    return t.render(views.colour());
  }

  public String show(Doc d) {
    StringBuilder b = new StringBuilder();
    b.append(
        new Sheet()
            .line("Address", d.text("ip"))
            .line("Phase", phase(d), Cell.of(d.is("retained") ? "retained: no pool covers it" : ""))
            .line("Ready", Ready.cell(d), Cell.of(d.is("ready") ? "" : Ready.why(d)))
            .line("Owner", Owners.of(d.doc("owner")))
            .line("Node", d.text("node", "node.node"))
            .line("Pool", d.text("pool"))
            .line("Gateway", d.text("gateway"))
            .line("Tenure", d.text("tenure"))
            .line("Revision", d.text("revision"))
            .line("Lease", views.times().full(d.text("leaseUntil")))
            .line("Tags", tags(d.doc("tags")))
            .line("Offered to", d.doc("offer").text("tenant"))
            .line("Adopted", d.is("adopted") ? "yes: reserved at its end" : "")
            .line("Since", views.times().full(d.text("since")))
            .line("Free", views.times().full(d.text("freeAt")))
            .line("Quarantined until", views.times().full(d.text("quarantinedUntil")))
            .render(views.colour()));
    List<Doc> conditions = d.docs("conditions");
    if (!conditions.isEmpty()) {
      b.append('\n').append(conditions(conditions));
    }
    List<Doc> rules = d.docs("rules");
    if (!rules.isEmpty()) {
      b.append('\n').append(views.rules().all(rules));
    }
    return b.toString();
  }

  /** The service's sentences, one a line. */
  public String explain(Doc d) {
    StringBuilder b = new StringBuilder();
    for (String field : List.of("state", "why", "unblock")) {
      for (String sentence : sentences(d, field)) {
        b.append(Plain.line(sentence)).append('\n');
      }
    }
    return b.isEmpty() ? show(d) : b.toString();
  }

  private static List<String> sentences(Doc d, String field) {
    List<String> all = new ArrayList<>();
    if (d.doc(field).node().isArray()) {
      d.doc(field).node().forEach(n -> all.add(n.asText()));
    } else if (!d.text(field).isEmpty()) {
      all.add(d.text(field));
    }
    return all;
  }

  private String conditions(List<Doc> conditions) {
    Table t = new Table("CONDITION", "STATUS", "REASON", "SINCE", "MESSAGE");
    for (Doc c : conditions) {
      String status = c.text("status");
      t.row(
          Cell.of(c.text("type")),
          new Cell(status, Ready.tone(status)),
          Cell.of(c.text("reason")),
          Cell.of(views.times().relative(c.text("since"))),
          Cell.of(c.text("message")));
    }
    return t.render(views.colour());
  }

  private static String tags(Doc tags) {
    List<String> all = new ArrayList<>();
    tags.node().properties().forEach(e -> all.add(e.getKey() + "=" + e.getValue().asText()));
    return String.join(", ", all);
  }

  private static Cell phase(Doc d) {
    String phase = d.text("phase");
    return new Cell(
        phase,
        switch (phase) {
          case "Releasing", "CoolingDown" -> Tone.WAITING;
          case "Quarantined" -> Tone.BAD;
          default -> Tone.PLAIN;
        });
  }
}
