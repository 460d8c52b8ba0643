package io.holdfast.domain.decide;

import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Place;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command handler says: done (its events are in the draft), or refused. */
sealed interface Verdict {
  Verdict DONE = new Done(List.of(), null, Map.of());

  /** As in {@link io.holdfast.domain.outcome.Outcome.Accepted}. */
  record Done(List<Grant> grants, @Nullable Place waiting, Map<String, String> details)
      implements Verdict {}

  record Refused(Refusal refusal) implements Verdict {}

  static Verdict done(List<Grant> grants) {
    return new Done(grants, null, Map.of());
  }

  /** Done, and what it did, for people and programs. */
  static Verdict details(Map<String, String> details) {
    return new Done(List.of(), null, details);
  }

  /** It is waited for. */
  static Verdict waiting(Place place) {
    return new Done(List.of(), place, Map.of());
  }

  static Verdict refused(Refusal refusal) {
    return new Refused(refusal);
  }

  static Verdict refused(RefusalCode code, String message) {
    return new Refused(Refusal.of(code, message));
  }
}
