package io.holdfast.cli.out;

import java.util.List;
import java.util.Locale;

/** FIP, DNAT and SNAT rules. */
public record RuleViews(Views views) {
  public String fips(List<Doc> items) {
    Table t = new Table("ADDRESS", "INTERNAL", "VPC", "GATEWAY", "READY", "WHY NOT");
    for (Doc d : items) {
      t.row(
          Cell.of(d.text("ip")),
          Cell.of(d.text("internalIp", "target")),
          Cell.of(d.text("vpc")),
          Cell.of(d.text("gateway")),
          Ready.cell(d),
          why(d));
    }
    return t.render(views.colour());
  }

  public String dnats(List<Doc> items) {
    Table t =
        new Table("ADDRESS", "PROTOCOL", ">PORT", "TARGET", "VPC", "GATEWAY", "READY", "WHY NOT");
    for (Doc d : items) {
      String[] place = d.text("rule").split("/", -1); // dnat/tcp/443
      t.row(
          Cell.of(d.text("ip")),
          Cell.of(place.length == 3 ? place[1] : d.text("protocol").toLowerCase(Locale.ROOT)),
          Cell.of(place.length == 3 ? place[2] : d.text("port")),
          Cell.of(d.text("target")),
          Cell.of(d.text("vpc")),
          Cell.of(d.text("gateway")),
          Ready.cell(d),
          why(d));
    }
    return t.render(views.colour());
  }

  public String snats(List<Doc> items) {
    Table t = new Table("ADDRESS", "SOURCE", "VPC", "GATEWAY", "READY", "WHY NOT");
    for (Doc d : items) {
      String rule = d.text("rule");
      t.row(
          Cell.of(d.text("ip")),
          Cell.of(rule.startsWith("snat/") ? rule.substring("snat/".length()) : d.text("source")),
          Cell.of(d.text("vpc")),
          Cell.of(d.text("gateway")),
          Ready.cell(d),
          why(d));
    }
    return t.render(views.colour());
  }

  /** The rules of one address, whatever their kind. */
  String all(List<Doc> items) {
    Table t = new Table("RULE", "TARGET", "VPC", "READY", "WHY NOT");
    for (Doc d : items) {
      t.row(
          Cell.of(d.text("rule")),
          Cell.of(d.text("target")),
          Cell.of(d.text("vpc")),
          Ready.cell(d),
          why(d));
    }
    return t.render(views.colour());
  }

  private static Cell why(Doc d) {
    if (d.has("wanted") && !d.is("wanted")) {
      return new Cell("being removed", Tone.WAITING);
    }
    return Cell.of(d.is("ready") ? "" : Ready.why(d));
  }
}
