package io.holdfast.agent.service;

import io.holdfast.domain.view.DesiredState;

/** The answer to a poll for a desired state. */
public sealed interface Polled {
  /** It is the one already known. */
  record Unchanged() implements Polled {}

  /**
   * @param tag names this version of it
   */
  record Changed(DesiredState desired, String tag) implements Polled {}
}
