package io.holdfast.cli.out;

import io.holdfast.cli.client.CommandAnswer.Accepted;
import io.holdfast.cli.client.Grant;
import java.util.Map;

/** What an accepted command led to. */
public final class AnswerText {
  private AnswerText() {}

  public static String of(Accepted answer, boolean dryRun, Views views) {
    StringBuilder b = new StringBuilder();
    if (dryRun) {
      b.append("Dry run: it would be accepted. Nothing was changed.\n");
    } else if (answer.changed()) {
      b.append("Done at sequence ").append(answer.sequence()).append(".\n");
    } else {
      b.append("Nothing to do: all was as wished (sequence ")
          .append(answer.sequence())
          .append(").\n");
    }
    if (!answer.grants().isEmpty()) {
      Table t = new Table("ADDRESS", "POOL", ">TENURE");
      for (Grant g : answer.grants()) {
        t.row(Cell.of(g.ip()), Cell.of(g.pool()), Cell.of(Long.toString(g.tenure())));
      }
      b.append(t.render(views.colour()));
    }
    Doc d = new Doc(answer.document());
    if (d.has("waiting")) {
      b.append(waiting(d.doc("waiting"), dryRun, views.times()));
    }
    Sheet details = new Sheet();
    answer.document().path("details").properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> details.line(e.getKey(), e.getValue().asText()));
    b.append(details.render(views.colour()));
    return b.toString();
  }

  private static String waiting(Doc place, boolean dryRun, Times times) {
    String position = place.text("position");
    String until = "given up at " + times.full(place.text("deadline"));
    return dryRun
        ? "It would wait for addresses, at position " + position + ".\n"
        : "Nothing is free: it waits, at position "
            + position
            + " (ticket "
            + place.text("ticket")
            + "), "
            + until
            + ".\n";
  }
}
