package io.holdfast.domain.decide;

import io.holdfast.domain.event.Choice;
import io.holdfast.domain.event.Choice.Skipped;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The pools of one family that a request is tried on, in order, and what was passed over so far.
 *
 * @param skipped grows while the pools are tried
 */
record Selection(List<String> pools, List<Skipped> skipped) {
  private record Candidate(String name, int priority) {}

  /**
   * Those that were named, in that order; else all that the labels select, by priority and name.
   */
  static Selection of(State state, EipRequest request, IpFamily family) {
    Selection selection = new Selection(new ArrayList<>(), new ArrayList<>());
    if (!request.pools().isEmpty()) {
      for (String name : request.pools()) {
        Pool pool = state.pools().get(name);
        if (pool != null && pool.spec().family() == family) {
          selection.consider(name, pool.spec(), request);
        }
      }
      return selection;
    }
    List<Candidate> all = new ArrayList<>();
    state
        .pools()
        .scan(
            "",
            TableId.LAST_NAME,
            (name, pool) -> {
              if (pool.spec().family() == family) {
                all.add(new Candidate(name, pool.spec().priority()));
              }
              return true;
            });
    all.sort(
        Comparator.comparingInt(Candidate::priority).reversed().thenComparing(Candidate::name));
    for (Candidate candidate : all) {
      PoolSpec spec = PoolDecisions.pool(state, candidate.name()).spec();
      selection.consider(candidate.name(), spec, request);
    }
    return selection;
  }

  private void consider(String name, PoolSpec spec, EipRequest request) {
    if (request.accepts(name, spec)) {
      pools.add(name);
    } else {
      boolean isLabelled = spec.labels().entrySet().containsAll(request.labels().entrySet());
      skip(name, isLabelled ? "only for who names it or its labels" : "its labels differ");
    }
  }

  void skip(String what, String because) {
    if (skipped.size() < Choice.MOST_SKIPPED) {
      skipped.add(new Skipped(what, because));
    }
  }
}
