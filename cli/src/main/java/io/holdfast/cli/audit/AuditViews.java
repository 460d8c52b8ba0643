package io.holdfast.cli.audit;

import io.holdfast.cli.out.Cell;
import io.holdfast.cli.out.Doc;
import io.holdfast.cli.out.Table;
import io.holdfast.cli.out.Tone;
import java.util.ArrayList;
import java.util.List;

/**
 * How answers of the audit look. Every line cites its events: {@code #12} is event 12 of the
 * network.
 */
record AuditViews(boolean colour) {

  String tenures(Doc answer) {
    Table t =
        new Table(
            "ADDRESS", "PHASE", "OWNER", ">TENURE", "SINCE", "UNTIL", "RULES", "BY", "EVENTS");
    for (Doc d : answer.docs("items")) {
      String began = cite(d.text("began.sequence"));
      String ended = cite(d.text("ended.sequence"));
      t.row(
          Cell.of(d.text("ip")),
          phase(d),
          Cell.of(owner(d.doc("owner"))),
          Cell.of(d.text("tenure")),
          Cell.of(d.text("since")),
          Cell.of(d.text("until")),
          Cell.of(rules(d)),
          Cell.of(d.text("began.actor")),
          new Cell(ended.isEmpty() ? began : began + " to " + ended, Tone.FAINT));
    }
    return answer.docs("items").isEmpty() ? "Nobody, nothing.\n" : t.render(colour) + asOf(answer);
  }

  String events(Doc answer) {
    Table t = new Table(">EVENT", "AT", "TYPE", "ADDRESS", "GATEWAY", "BY", "WHY", "WHAT");
    for (Doc d : answer.docs("items")) {
      t.row(
          Cell.of(cite(d.text("sequence"))),
          Cell.of(d.text("at")),
          new Cell(d.text("type"), Tone.HEADING),
          Cell.of(d.text("ip")),
          Cell.of(d.text("gateway")),
          Cell.of(d.text("actor")),
          Cell.of(d.text("reason")),
          new Cell(what(d.doc("event")), Tone.FAINT));
    }
    return answer.docs("items").isEmpty() ? "No events.\n" : t.render(colour) + asOf(answer);
  }

  String state(Doc answer) {
    Table t =
        new Table(
            "ADDRESS", "POOL", "PHASE", "OWNER", "GATEWAY", "NODE", "READY", "RULES", "SINCE",
            "EVENTS");
    for (Doc d : answer.docs("items")) {
      t.row(
          Cell.of(d.text("ip")),
          Cell.of(d.text("pool")),
          phase(d),
          Cell.of(owner(d.doc("owner"))),
          Cell.of(d.text("gateway")),
          Cell.of(d.text("node")),
          d.text("gateway").isEmpty()
              ? Cell.of("")
              : d.is("ready") ? new Cell("yes", Tone.GOOD) : new Cell("no", Tone.WAITING),
          Cell.of(rules(d)),
          Cell.of(d.text("since")),
          new Cell(
              String.join(
                  " ",
                  cited(d.text("events.began"), d.text("events.attached"), d.text("events.ready"))),
              Tone.FAINT));
    }
    return answer.docs("items").isEmpty()
        ? "All addresses were free.\n"
        : t.render(colour) + asOf(answer);
  }

  String diff(Doc answer) {
    StringBuilder out = new StringBuilder();
    for (Doc d : answer.docs("gateways")) {
      out.append(
          "gateway %s: %s -> %s%n"
              .formatted(d.text("gateway"), place(d.doc("before")), place(d.doc("after"))));
    }
    for (Doc d : answer.docs("items")) {
      out.append("%s%n".formatted(d.text("ip")));
      out.append("  - ").append(line(d.doc("before"))).append('\n');
      out.append("  + ").append(line(d.doc("after"))).append('\n');
    }
    return out.isEmpty() ? "Nothing differs.\n" : out + asOf(answer);
  }

  private static String place(Doc d) {
    return d.text("node").isEmpty()
        ? "nowhere"
        : d.text("node") + " (epoch " + d.text("epoch") + ", " + cite(d.text("sequence")) + ")";
  }

  private static String line(Doc d) {
    if (d.text("phase").isEmpty()) {
      return "Free";
    }
    List<String> parts = new ArrayList<>(List.of(d.text("phase")));
    if (!owner(d.doc("owner")).isEmpty()) {
      parts.add(owner(d.doc("owner")));
    }
    if (!d.text("gateway").isEmpty()) {
      parts.add("on " + d.text("gateway") + (d.is("ready") ? " ready" : " not ready"));
    }
    if (!rules(d).isEmpty()) {
      parts.add(rules(d));
    }
    parts.add(
        "("
            + String.join(
                " ",
                cited(d.text("events.began"), d.text("events.attached"), d.text("events.ready")))
            + ")");
    return String.join(" ", parts);
  }

  String refusals(Doc answer) {
    Table t = new Table("AT", "COMMAND", "CODE", "BY", "MESSAGE", "ID", "AFTER EVENT");
    for (Doc d : answer.docs("items")) {
      t.row(
          Cell.of(d.text("at")),
          Cell.of(d.text("command")),
          new Cell(d.text("code"), Tone.BAD),
          Cell.of(d.text("actor")),
          Cell.of(d.text("message")),
          new Cell(d.text("commandId"), Tone.FAINT),
          new Cell(cite(d.text("sequence")), Tone.FAINT));
    }
    return answer.docs("items").isEmpty() ? "None was refused.\n" : t.render(colour);
  }

  String status(Doc answer) {
    Table t = new Table("NETWORK", ">EVENT", "AT", "DIGEST", "STATE");
    for (Doc d : answer.docs("networks")) {
      boolean stopped = d.has("stoppedAt");
      t.row(
          Cell.of(d.text("network")),
          Cell.of(cite(d.text("sequence"))),
          Cell.of(d.text("at")),
          new Cell(d.text("digest"), Tone.FAINT),
          stopped
              ? new Cell("STOPPED: " + d.text("stoppedWhy"), Tone.BAD)
              : new Cell("ok", Tone.GOOD));
    }
    StringBuilder out = new StringBuilder(t.render(colour));
    out.append("Lag: ").append(answer.text("projector.lag")).append(" records\n");
    if (!answer.text("projector.waitsFor").isEmpty()) {
      out.append("Waits: ").append(answer.text("projector.waitsFor")).append('\n');
    }
    for (Doc d : answer.docs("networks")) {
      if (d.has("stoppedAt")) {
        out.append("Once the log is known to be right: holdfast project --rebuild-network ");
        out.append(d.text("network")).append('\n');
      }
    }
    for (Doc d : answer.docs("alarms")) {
      out.append(
          "ALARM %s %s %s%s: %s%n"
              .formatted(
                  d.text("raisedAt"),
                  d.text("kind"),
                  d.text("network"),
                  cite(d.text("sequence")),
                  d.text("message")));
    }
    return out.toString();
  }

  private static Cell phase(Doc d) {
    String phase = d.text("phase");
    return new Cell(phase, phase.equals("Quarantined") ? Tone.BAD : Tone.PLAIN);
  }

  private static String owner(Doc o) {
    if (o.text("tenant").isEmpty()) {
      return "";
    }
    String namespace = o.text("namespace");
    String uid = o.text("uid");
    return o.text("tenant")
        + "/"
        + o.text("kind")
        + "/"
        + (namespace.isEmpty() ? "" : namespace + "/")
        + o.text("name")
        + (uid.isEmpty() ? "" : "#" + uid);
  }

  private static String rules(Doc d) {
    List<String> all = new ArrayList<>();
    for (Doc rule : d.docs("rules")) {
      String target = rule.text("target");
      all.add(
          rule.text("rule")
              + (target.isEmpty() ? "" : "->" + target)
              + " "
              + cite(rule.text("began.sequence", "sequence"))
              + (rule.is("leaving") ? " (leaving)" : ""));
    }
    return String.join(", ", all);
  }

  private static String what(Doc event) {
    List<String> all = new ArrayList<>();
    event
        .node()
        .properties()
        .forEach(e -> {
          boolean said = List.of("ip", "gateway").contains(e.getKey());
          if (!said && e.getValue().isValueNode() && !e.getValue().isNull()) {
            all.add(e.getKey() + "=" + e.getValue().asText());
          }
        });
    String owner = owner(event.doc("owner"));
    if (!owner.isEmpty()) {
      all.add("owner=" + owner);
    }
    return String.join(" ", all);
  }

  private static List<String> cited(String... sequences) {
    List<String> all = new ArrayList<>();
    for (String s : sequences) {
      if (!s.isEmpty()) {
        all.add(cite(s));
      }
    }
    return all;
  }

  private static String cite(String sequence) {
    return sequence.isEmpty() ? "" : "#" + sequence;
  }

  private String asOf(Doc answer) {
    return "As of event %s of network %s, %s.%n"
        .formatted(
            cite(answer.text("asOf.sequence")), answer.text("network"), answer.text("asOf.at"));
  }
}
