package io.holdfast.cli.out;

import io.holdfast.cli.client.CommandAnswer.Accepted;
import io.holdfast.cli.client.Grant;
import java.util.Map;

/** What an accepted command led to. */
public final class AnswerText {
  private AnswerText() {}

  public static String of(Accepted answer, boolean dryRun, boolean colour) {
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
      b.append(t.render(colour));
    }
    Sheet details = new Sheet();
    answer.document().path("details").properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> details.line(e.getKey(), e.getValue().asText()));
    b.append(details.render(colour));
    return b.toString();
  }
}
