package io.holdfast.cli.out;

import java.util.List;

/** Nodes. */
public record NodeViews(Views views) {
  public String list(List<Doc> items) {
    Table t = new Table("NODE", "UP", "SINCE", "LAST SEEN", "OWNER INVENTORY", "BOOT");
    for (Doc d : items) {
      t.row(
          Cell.of(d.text("node", "name")),
          up(d),
          Cell.of(views.times().relative(d.text("since"))),
          Cell.of(views.times().relative(d.text("lastSeen"))),
          inventory(d),
          new Cell(d.text("bootId"), Tone.FAINT));
    }
    return t.render(views.colour());
  }

  public String show(Doc d) {
    return new Sheet()
        .line("Node", d.text("node", "name"))
        .line("Up", up(d))
        .line("Since", views.times().full(d.text("since")))
        .line("Last seen", views.times().full(d.text("lastSeen")))
        .line("Boot", d.text("bootId"))
        .line("Owner inventory", inventory(d))
        .render(views.colour());
  }

  private static Cell up(Doc d) {
    return d.is("up") ? new Cell("yes", Tone.GOOD) : new Cell("no", Tone.BAD);
  }

  private static Cell inventory(Doc d) {
    if (d.is("overdue")) {
      return new Cell("overdue", Tone.BAD);
    }
    return d.text("awaitedInventory").isEmpty() ? Cell.of("") : new Cell("awaited", Tone.WAITING);
  }
}
