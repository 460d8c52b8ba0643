package io.holdfast.cli.out;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gateways and what they are to carry. */
public record GatewayViews(Views views) {
  public String list(List<Doc> items) {
    Table t =
        new Table(
            "GATEWAY",
            "STATE",
            "NODE",
            ">EPOCH",
            ">EIPS READY",
            ">RULES READY",
            "WAITS FOR",
            "PROBE",
            ">DRIFTS");
    for (Doc d : items) {
      t.row(
          Cell.of(d.text("gateway", "name")),
          state(d),
          Cell.of(d.text("node")),
          Cell.of(d.text("epoch")),
          ready(d, "eips"),
          ready(d, "rules"),
          new Cell(unfenced(d), Tone.WAITING),
          probe(d),
          drifts(d));
    }
    return t.render(views.colour());
  }

  public String show(Doc d) {
    String fenceAfter = d.text("fenceAfterMs", "spec.fenceAfterMs", "definition.fenceAfterMs");
    String sheet =
        new Sheet()
            .line("Gateway", d.text("gateway", "name"))
            .line("State", state(d))
            .line("Node", d.text("node"))
            .line("Candidates", d.text("candidates", "spec.candidates", "definition.candidates"))
            .line("Epoch", d.text("epoch"))
            .line("Revision", d.text("revision"))
            .line("Placed", views.times().full(d.text("placedAt")))
            .line("EIPs ready", ready(d, "eips"))
            .line("Rules ready", ready(d, "rules"))
            .line("Waits for", new Cell(unfenced(d), Tone.WAITING))
            .line("Failover", d.text("failover", "spec.failover", "definition.failover"))
            .line("Fence after", fenceAfter.isEmpty() ? "" : span(fenceAfter))
            .line("Probe", probe(d))
            .line("Drifts", drifts(d))
            .render(views.colour());
    List<Doc> conditions = d.docs("conditions");
    return conditions.isEmpty() ? sheet : sheet + '\n' + views.conditions(conditions);
  }

  public String desired(Doc d) {
    StringBuilder b = new StringBuilder();
    b.append(
        new Sheet()
            .line("Gateway", d.text("gateway"))
            .line("Node", d.text("node"))
            .line("Epoch", d.text("epoch"))
            .line("Revision", d.text("revision"))
            .line("Held back", new Cell(d.text("held"), Tone.WAITING))
            .render(views.colour()));
    Table addresses = new Table("ADDRESS", ">TENURE", ">REVISION");
    d.docs("addresses")
        .forEach(a ->
            addresses.row(
                Cell.of(a.text("ip") + "/" + a.text("prefixLength")),
                Cell.of(a.text("tenure")),
                Cell.of(a.text("revision"))));
    Table rules = new Table("RULE", "ADDRESS", "TARGET", "VPC", ">TENURE", ">REVISION");
    d.docs("rules")
        .forEach(r ->
            rules.row(
                Cell.of(r.text("rule")),
                Cell.of(r.text("ip")),
                Cell.of(r.text("target")),
                Cell.of(r.text("vpc")),
                Cell.of(r.text("tenure")),
                Cell.of(r.text("revision"))));
    Table waiting = new Table("WAITING", ">TENURE", "WHY");
    d.docs("waiting")
        .forEach(w ->
            waiting.row(
                Cell.of(w.text("ip") + "/" + w.text("prefixLength")),
                Cell.of(w.text("tenure")),
                Cell.of(w.text("reason"))));
    Table withdraw = new Table("WITHDRAW", "RULE", ">TENURE", "REASON");
    d.docs("withdraw")
        .forEach(w ->
            withdraw.row(
                Cell.of(
                    w.text("rule").isEmpty()
                        ? w.text("ip") + "/" + w.text("prefixLength")
                        : w.text("ip")),
                Cell.of(w.text("rule")),
                Cell.of(w.text("tenure")),
                Cell.of(w.text("reason"))));
    part(b, d, "addresses", addresses);
    part(b, d, "rules", rules);
    part(b, d, "waiting", waiting);
    part(b, d, "withdraw", withdraw);
    return b.toString();
  }

  private void part(StringBuilder b, Doc d, String field, Table t) {
    if (!d.docs(field).isEmpty()) {
      b.append('\n').append(t.render(views.colour()));
    }
  }

  private static Cell state(Doc d) {
    if (d.is("retired")) {
      return new Cell("retired", Tone.FAINT);
    }
    if (d.is("retiring")) {
      return new Cell("retiring", Tone.WAITING);
    }
    if (!d.has("active")) {
      return Cell.of("");
    }
    if (d.is("active")) {
      return new Cell("active", Tone.GOOD);
    }
    return d.text("node").isEmpty()
        ? new Cell("unplaced", Tone.BAD)
        : new Cell("held", Tone.WAITING);
  }

  private static Cell ready(Doc d, String what) {
    String total = d.text(what + ".total", what);
    String ready = d.text(what + ".ready", what + "Ready");
    if (total.isEmpty()) {
      return Cell.of("");
    }
    return new Cell(ready + "/" + total, ready.equals(total) ? Tone.GOOD : Tone.BAD);
  }

  /**
   * Earlier instances that may still carry addresses, and when they surely no longer do: "node-1
   * (epoch 3, fenced in 8s)".
   */
  private String unfenced(Doc d) {
    List<String> all = new ArrayList<>();
    for (Doc u : d.docs("unfenced")) {
      String when = views.times().relative(u.text("fenceAt"));
      all.add(
          u.text("node")
              + " (epoch "
              + u.text("epoch")
              + (when.isEmpty() ? "" : ", fenced " + when)
              + ")");
    }
    return String.join(", ", all);
  }

  private static Cell probe(Doc d) {
    if (!d.has("probe")) {
      return Cell.of("");
    }
    String failures = d.text("probe.failures");
    String status = failures.isEmpty() ? d.text("probe") : failures + " failed";
    return new Cell(status, failures.isEmpty() ? Tone.PLAIN : Tone.BAD);
  }

  private static Cell drifts(Doc d) {
    String n =
        d.doc("drifts").node().isArray()
            ? Integer.toString(d.docs("drifts").size())
            : d.text("drifts");
    return new Cell(n, n.equals("0") ? Tone.PLAIN : Tone.BAD);
  }

  private static String span(String ms) {
    return Times.span(Duration.ofMillis(Long.parseLong(ms)));
  }
}
