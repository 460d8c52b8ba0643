package io.holdfast.cli.out;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Pools. */
public record PoolViews(Views views) {
  public String list(List<Doc> items) {
    Table t =
        new Table(
            "POOL",
            "FAMILY",
            ">SIZE",
            ">FREE",
            ">ALLOCATED",
            ">RELEASING",
            ">COOLING",
            ">QUARANTINED",
            ">RETAINED",
            "NEXT FREE");
    for (Doc d : items) {
      t.row(
          Cell.of(d.text("pool", "name")),
          Cell.of(spec(d, "family")),
          Cell.of(d.text("size")),
          free(d),
          Cell.of(d.text("allocated")),
          Cell.of(d.text("releasing")),
          Cell.of(d.text("coolingDown")),
          count(d.text("quarantined")),
          Cell.of(d.text("retained")),
          Cell.of(views.times().relative(d.text("nextFreeAt"))));
    }
    return t.render(views.colour());
  }

  public String show(Doc d) {
    return new Sheet()
        .line("Pool", d.text("pool", "name"))
        .line("Family", spec(d, "family"))
        .line("Ranges", spec(d, "ranges"))
        .line("Exclusions", spec(d, "exclusions"))
        .line("Subnet", spec(d, "subnet"))
        .line("Next hop", spec(d, "gatewayAddress"))
        .line("Cool-down", span(spec(d, "cooldownMs")))
        .line("Labels", labels(d))
        .line("Owner gone", ownerCheck(d))
        .line("Revision", d.text("revision"))
        .line("Size", d.text("size"))
        .line("Free", free(d))
        .line("Allocated", d.text("allocated"))
        .line("Releasing", d.text("releasing"))
        .line("Cooling down", d.text("coolingDown"))
        .line("Quarantined", count(d.text("quarantined")))
        .line("Retained", d.text("retained"))
        .line("Next free", views.times().full(d.text("nextFreeAt")))
        .render(views.colour());
  }

  /** The definition may stand in the answer itself or in an object of its own. */
  private static String spec(Doc d, String field) {
    return d.text(field, "definition." + field, "spec." + field);
  }

  private static Cell free(Doc d) {
    String free = d.text("free");
    return new Cell(free, free.equals("0") ? Tone.BAD : Tone.PLAIN);
  }

  private static Cell count(String alarming) {
    return new Cell(alarming, alarming.equals("0") ? Tone.PLAIN : Tone.BAD);
  }

  private static String span(String ms) {
    return ms.isEmpty() ? "" : Times.span(Duration.ofMillis(Long.parseLong(ms)));
  }

  private static String labels(Doc d) {
    List<String> all = new ArrayList<>();
    for (String place : List.of("labels", "definition.labels", "spec.labels")) {
      d.doc(place)
          .node()
          .properties()
          .forEach(e -> all.add(e.getKey() + "=" + e.getValue().asText()));
    }
    return String.join(", ", all);
  }

  private static String ownerCheck(Doc d) {
    String times = spec(d, "ownerCheck.confirmations");
    return times.isEmpty()
        ? ""
        : "when absent " + times + " times over " + span(spec(d, "ownerCheck.overMs"));
  }
}
