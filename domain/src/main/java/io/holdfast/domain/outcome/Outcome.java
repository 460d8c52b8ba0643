package io.holdfast.domain.outcome;

import java.util.List;

/** The one answer to a command. */
public sealed interface Outcome {

  /**
   * Done. When it reaches anyone, the events are committed.
   *
   * @param grants the addresses in question, in the order given
   * @param changed false: all was already as wished, and no event was needed
   * @param sequence the network's last sequence number after the command
   */
  record Accepted(List<Grant> grants, boolean changed, long sequence) implements Outcome {
    public Accepted {
      grants = List.copyOf(grants);
    }
  }

  /** Refused; the state is as if the command had never been. */
  record Rejected(Refusal refusal, long sequence) implements Outcome {}
}
