package io.holdfast.domain.decide;

import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import java.util.List;

/** What a command handler says: done (its events are in the draft), or refused. */
sealed interface Verdict {
  Verdict DONE = new Done(List.of());

  record Done(List<Grant> grants) implements Verdict {}

  record Refused(Refusal refusal) implements Verdict {}

  static Verdict done(List<Grant> grants) {
    return new Done(grants);
  }

  static Verdict refused(Refusal refusal) {
    return new Refused(refusal);
  }

  static Verdict refused(RefusalCode code, String message) {
    return new Refused(Refusal.of(code, message));
  }
}
