package io.holdfast.agent.service;

import io.holdfast.domain.view.DesiredPart;
import io.holdfast.domain.view.DesiredState;

/** The answer to a poll for a desired state. */
public sealed interface Polled {
  /** It is the one already known. */
  record Unchanged() implements Polled {}

  /** All of it. */
  record Whole(DesiredState desired, Version version) implements Polled {}

  /**
   * What changed.
   *
   * @param since sequence number of the version that it is to be applied to
   */
  record Part(DesiredPart part, long since, Version version) implements Polled {}

  /**
   * Names a version.
   *
   * @param tag its HTTP entity tag; empty if there is none
   * @param sequence number of the network's last event that it takes into account
   */
  record Version(String tag, long sequence) {}
}
