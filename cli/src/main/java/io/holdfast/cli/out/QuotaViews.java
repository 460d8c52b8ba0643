package io.holdfast.cli.out;

import java.util.List;

/** How much tenants may have. */
public record QuotaViews(Views views) {
  public String list(List<Doc> items) {
    Table t = new Table("TENANT", ">USED", ">LIMIT");
    for (Doc d : items) {
      t.row(Cell.of(d.text("tenant")), used(d), Cell.of(d.text("limit")));
    }
    return t.render(views.colour());
  }

  public String show(Doc d) {
    return new Sheet()
        .line("Tenant", d.text("tenant"))
        .line("Used", used(d))
        .line("Limit", d.text("limit"))
        .render(views.colour());
  }

  private static Cell used(Doc d) {
    boolean full = d.node().path("used").asLong() >= d.node().path("limit").asLong();
    return new Cell(d.text("used"), full ? Tone.BAD : Tone.PLAIN);
  }
}
