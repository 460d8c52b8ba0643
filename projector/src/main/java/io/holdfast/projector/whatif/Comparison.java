package io.holdfast.projector.whatif;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.outcome.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Both worlds side by side, and the record. */
final class Comparison implements Recording.Taker {
  private final World asItWas = new World(Change.NONE);
  private final World whatIf;
  private final int limit;
  private final Figures.Count recorded = new Figures.Count();
  private final List<WhatIf.Difference> differences = new ArrayList<>();

  /** Answers that are not known before it is known what came of waiting. */
  private final List<Waited> waited = new ArrayList<>();

  private long differing;
  private long modelDiffers;
  private long wishes;
  private long first;
  private long last;

  private record Waited(Demand.Asked asked, Outcome was, Outcome wouldBe) {}

  Comparison(Change change, int limit) {
    this.whatIf = new World(change);
    this.limit = limit;
  }

  @Override
  public void before(EventHeader header, Event event) {
    asItWas.fold(header, event);
    whatIf.fold(header, event);
  }

  @Override
  public void begin() {
    asItWas.begin();
    whatIf.begin();
  }

  @Override
  public void within(Demand demand) {
    Outcome was = asItWas.take(demand);
    Outcome wouldBe = whatIf.take(demand);
    if (demand instanceof Demand.Asked asked && was != null && wouldBe != null) {
      wishes++;
      first = first == 0 ? asked.time() : first;
      last = asked.time();
      recorded.answered(asked, asked.answer());
      if (isWaiting(asked.answer()) || isWaiting(was) || isWaiting(wouldBe)) {
        waited.add(new Waited(asked, was, wouldBe));
      } else {
        compare(asked, text(asked.answer()), text(was), text(wouldBe));
      }
    }
  }

  Set<String> pools() {
    return whatIf.pools();
  }

  WhatIf.Report report(String network, Recording recording) {
    for (Waited w : waited) {
      compare(
          w.asked(),
          text(w.asked().answer(), recording.waits()),
          text(w.was(), asItWas.waits()),
          text(w.wouldBe(), whatIf.waits()));
    }
    keepFirst();
    return new WhatIf.Report(
        network,
        first,
        last,
        wishes,
        recorded.figures(recording.waits()),
        asItWas.figures(),
        whatIf.figures(),
        modelDiffers,
        differing,
        List.copyOf(differences),
        recording.withoutCommand(),
        whatIf.notes());
  }

  private void compare(Demand.Asked asked, String recordedAs, String was, String wouldBe) {
    modelDiffers += recordedAs.equals(was) ? 0 : 1;
    if (was.equals(wouldBe)) {
      return;
    }
    differing++;
    differences.add(
        new WhatIf.Difference(
            asked.time(), asked.id(), asked.actor(), owners(asked), was, wouldBe));
    if (differences.size() > 2L * limit + 1_000) {
      keepFirst();
    }
  }

  /** Those of who waited are known last, and may be among the first. */
  private void keepFirst() {
    differences.sort(Comparator.comparingLong(WhatIf.Difference::time));
    differences.subList(Math.min(limit, differences.size()), differences.size()).clear();
  }

  private static String owners(Demand.Asked asked) {
    List<Owner> owners = Wish.owners(asked.command());
    String others = owners.size() > 1 ? " and " + (owners.size() - 1) + " more" : "";
    return owners.getFirst() + others;
  }

  private static boolean isWaiting(Outcome outcome) {
    return outcome instanceof Outcome.Accepted a && a.waiting() != null;
  }

  private static String text(Outcome outcome, Waits waits) {
    return outcome instanceof Outcome.Accepted a && a.waiting() != null
        ? waits.fate(a.waiting().ticket())
        : text(outcome);
  }

  private static String text(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _ -> "accepted";
      case Outcome.Rejected r -> r.refusal().code().name();
    };
  }
}
