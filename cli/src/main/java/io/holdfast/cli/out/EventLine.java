package io.holdfast.cli.out;

import io.holdfast.cli.client.ServerEvent;
import java.util.ArrayList;
import java.util.List;

/** An event on one line: sequence, time, what happened to what, who and why. */
public final class EventLine {
  private EventLine() {}

  public static String of(ServerEvent event, boolean colour) {
    Doc d = new Doc(event.data());
    Doc meta = d.has("meta") ? d.doc("meta") : d;
    StringBuilder b = new StringBuilder();
    b.append("%6d  ".formatted(event.sequence()));
    b.append(Tone.FAINT.paint(second(meta.text("time")), colour)).append("  ");
    b.append(Tone.HEADING.paint("%-21s".formatted(event.type()), colour));
    String what = subject(event.type(), d);
    if (!what.isEmpty()) {
      b.append("  ").append(what);
    }
    String by = meta.text("actor");
    if (!by.isEmpty()) {
      String why = meta.text("reason");
      b.append("  ").append(Tone.FAINT.paint(Plain.line(by(by, why)), colour));
    }
    return b.toString().stripTrailing();
  }

  private static String by(String actor, String reason) {
    return "(" + actor + (reason.isEmpty() ? "" : ": " + reason) + ")";
  }

  // The millisecond is in -o json; a person reads the second.
  private static String second(String iso) {
    int dot = iso.indexOf('.');
    return dot > 0 && iso.endsWith("Z") ? iso.substring(0, dot) + "Z" : iso;
  }

  /** Empty if there is none, or only an operator's word brings it. */
  private static String end(String iso) {
    // The greatest moment is in a year of more than four digits.
    return iso.startsWith("+") ? "" : second(iso);
  }

  private static String tags(Doc tags) {
    List<String> all = new ArrayList<>();
    tags.node().properties().forEach(e -> all.add(e.getKey() + "=" + e.getValue().asText()));
    return all.isEmpty() ? "none" : String.join(", ", all);
  }

  private static String subject(String type, Doc d) {
    List<String> all = new ArrayList<>();
    add(all, "ticket ", d.text("ticket"));
    add(all, "", d.text("ip"));
    add(all, "", d.text("rule"));
    add(all, "", d.text("protocol").isEmpty() ? "" : d.text("protocol") + "/" + d.text("port"));
    add(all, "from ", d.text("source"));
    add(all, "to ", d.text("internalIp"));
    add(all, "for ", Owners.of(d.doc("owner")));
    add(all, "from ", Owners.of(d.doc("fromOwner")));
    if (d.has("request")) {
      add(all, "for ", Owners.of(d.doc("request.owner")));
      add(all, "wants ", WaitingViews.wants(d.doc("request")));
      add(all, "from ", d.text("request.pools"));
      add(all, "until ", second(d.text("deadline")));
    }
    add(all, "pool ", d.text("pool"));
    add(all, "chosen: ", choice(d.doc("choice")));
    switch (type) {
      case "QuotaSet" -> {
        all.add("tenant " + d.text("tenant"));
        all.add(d.has("limit") ? "limit " + d.text("limit") : "no limit any more");
      }
      case "PoolChanged" -> all.add(PoolViews.settings(d.doc("spec")));
      case "LeaseSet", "LeaseExpiring" -> add(all, "until ", end(d.text("leaseUntil")));
      case "TransferOffered" -> {
        add(all, "to tenant ", d.text("tenant"));
        add(all, "until ", end(d.text("until")));
      }
      case "EipTagged" -> all.add("tags " + tags(d.doc("tags")));
      case "ConflictDetected" -> {
        add(all, "by ", d.text("by"));
        add(all, "until ", end(d.text("until")));
      }
      case "IpQuarantined" -> {
        add(all, "", d.text("reason"));
        add(all, "until ", end(d.text("until")));
      }
      default -> {}
    }
    add(all, "gateway ", d.text("gateway"));
    add(all, "node ", d.text("node", "node.node", "toNode"));
    add(all, "epoch ", d.text("epoch"));
    add(all, "", d.text("cause"));
    add(all, "", d.text("evidence"));
    return Plain.line(String.join(" ", all));
  }

  /** Why this address, and what would have come first: "never used, not q (its labels differ)". */
  private static String choice(Doc choice) {
    StringBuilder b = new StringBuilder(Names.words(choice.text("why")));
    choice
        .docs("skipped")
        .forEach(s ->
            b.append(", not ")
                .append(s.text("what"))
                .append(" (")
                .append(s.text("because"))
                .append(')'));
    return b.toString();
  }

  private static void add(List<String> all, String label, String value) {
    if (!value.isEmpty() && !value.equals("0")) {
      all.add(label + value);
    }
  }
}
