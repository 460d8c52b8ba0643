package io.holdfast.domain.decide;

import io.holdfast.domain.outcome.Excerpt;

/** What became of a report. */
public sealed interface Disposition {
  /** It counted; whether events followed stands in the decision. */
  record Used() implements Disposition {}

  /**
   * It is of an earlier epoch, tenure, boot or revision, or of something unknown: it changes
   * nothing.
   */
  record Late(String why) implements Disposition {}

  /** It cannot be right whatever the state is: it belongs among the dead letters. */
  record Invalid(String field, String value, String allowed) implements Disposition {
    public Invalid {
      value = Excerpt.of(value, Excerpt.VALUE);
    }
  }

  Disposition USED = new Used();
}
