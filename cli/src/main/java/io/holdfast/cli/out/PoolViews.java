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
            ">RESERVED",
            ">RETAINED",
            ">WAITING",
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
          Cell.of(ifAny(d.text("reserved"))),
          Cell.of(d.text("retained")),
          new Cell(ifAny(d.text("waiting")), Tone.WAITING),
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
        .line("Policy", Names.people(spec(d, "policy")))
        .line("Cool-down", cooldown(d))
        .line("Priority", ifAny(spec(d, "priority")))
        .line(
            "Opt-in", spec(d, "optIn").equals("true") ? "yes: only who names it or its labels" : "")
        .line("Lease", lease(spec(d, "leaseMs")))
        .line("Probation", probation(spec(d, "probationMs")))
        .line("Labels", labels(d))
        .line("Owner gone", ownerCheck(d))
        .line("Revision", d.text("revision"))
        .line("Size", d.text("size"))
        .line("Free", free(d))
        .line("Allocated", d.text("allocated"))
        .line("Releasing", d.text("releasing"))
        .line("Cooling down", d.text("coolingDown"))
        .line("Quarantined", count(d.text("quarantined")))
        .line("Reserved", d.text("reserved"))
        .line("Retained", d.text("retained"))
        .line("Waiting", new Cell(ifAny(d.text("waiting")), Tone.WAITING))
        .line("Next free", views.times().full(d.text("nextFreeAt")))
        .line("Available", available(d))
        .render(views.colour());
  }

  /** The settings of a definition on one line, as options are called. */
  static String settings(Doc d) {
    StringBuilder b = new StringBuilder("policy " + Names.people(d.text("policy")));
    b.append(", cooldown ").append(cooldown(d));
    part(b, "priority ", ifAny(d.text("priority")));
    part(b, "opt-in", d.is("optIn") ? " " : "");
    part(b, "lease ", lease(d.text("leaseMs")));
    part(b, "labels ", labels(d));
    return b.toString().stripTrailing();
  }

  private static void part(StringBuilder b, String label, String value) {
    if (!value.isEmpty()) {
      b.append(", ").append((label + value).strip());
    }
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
    return switch (ms) {
      case "" -> "";
      case "0" -> "none";
      default -> Times.span(Duration.ofMillis(Long.parseLong(ms)));
    };
  }

  private static Cell[] available(Doc d) {
    for (Doc c : d.docs("conditions")) {
      if (c.text("type").equals("Available")) {
        return c.text("status").equals("True")
            ? new Cell[] {new Cell("yes", Tone.GOOD)}
            : new Cell[] {new Cell("no", Tone.BAD), Cell.of(c.text("message"))};
      }
    }
    return new Cell[0];
  }

  /** Nothing where there is nothing to tell. */
  private static String ifAny(String count) {
    return count.equals("0") ? "" : count;
  }

  private static String cooldown(Doc d) {
    String same = span(spec(d, "cooldownMs"));
    String across = ifAny(spec(d, "crossTenantCooldownMs"));
    return across.isEmpty() ? same : same + "; for another tenant " + span(across);
  }

  private static String lease(String ms) {
    return ifAny(ms).isEmpty() ? "" : span(ms) + " unless renewed";
  }

  private static String probation(String ms) {
    return ms.equals("0") ? "ended by an operator only" : span(ms);
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
