package io.holdfast.cli.out;

import java.util.List;

/** Networks. */
public record NetworkViews(Views views) {
  public String list(List<Doc> items) {
    Table t = new Table("NETWORK", ">SEQUENCE", "LAST EVENT", "DIGEST");
    for (Doc d : items) {
      t.row(
          Cell.of(d.text("network", "name")),
          Cell.of(d.text("sequence")),
          Cell.of(views.times().relative(d.text("time", "lastEventAt"))),
          new Cell(d.text("digest"), Tone.FAINT));
    }
    return t.render(views.colour());
  }

  public String show(Doc d) {
    return new Sheet()
        .line("Network", d.text("network", "name"))
        .line("Sequence", d.text("sequence"))
        .line("Last event", views.times().full(d.text("time", "lastEventAt")))
        .line("Digest", d.text("digest"))
        .line("Hash", d.text("hash"))
        .render(views.colour());
  }
}
