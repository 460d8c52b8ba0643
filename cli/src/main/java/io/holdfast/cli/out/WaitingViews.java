package io.holdfast.cli.out;

import java.util.ArrayList;
import java.util.List;

/** Requests that wait for addresses. */
public record WaitingViews(Views views) {
  public String list(List<Doc> items) {
    Table t =
        new Table(">TICKET", ">POSITION", "OWNER", "WANTS", "FROM", "SINCE", "GIVEN UP", "COMMAND");
    for (Doc d : items) {
      t.row(
          Cell.of(d.text("ticket")),
          Cell.of(d.text("position")),
          Cell.of(Owners.of(d.doc("owner"))),
          Cell.of(wants(d.doc("request"))),
          Cell.of(pools(d)),
          Cell.of(views.times().relative(d.text("since"))),
          Cell.of(views.times().relative(d.text("deadline"))),
          new Cell(d.text("commandId"), Tone.FAINT));
    }
    return t.render(views.colour());
  }

  public String show(Doc d) {
    return new Sheet()
        .line("Ticket", d.text("ticket"))
        .line("Position", d.text("position"))
        .line("Owner", Owners.of(d.doc("owner")))
        .line("Wants", wants(d.doc("request")))
        .line("From", pools(d))
        .line("Gateway", d.text("request.gateway"))
        .line("Node", d.text("request.node"))
        .line("Since", views.times().full(d.text("since")))
        .line("Given up", views.times().full(d.text("deadline")))
        .line("Command", d.text("commandId"))
        .render(views.colour());
  }

  private static String pools(Doc d) {
    String pools = d.text("pools");
    return pools.isEmpty() ? "no pool any more" : pools;
  }

  /** "10.0.0.7", "2 v4", "4 adjacent dual". */
  static String wants(Doc request) {
    List<String> all = new ArrayList<>();
    if (!request.text("ip").isEmpty()) {
      return request.text("ip");
    }
    all.add(request.text("count"));
    all.add(request.is("contiguous") ? "adjacent" : "");
    all.add(Names.people(request.text("family")));
    all.removeIf(String::isEmpty);
    return String.join(" ", all);
  }
}
