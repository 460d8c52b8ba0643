package io.holdfast.domain.outcome;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one answer to a command. */
public sealed interface Outcome {

  /**
   * Done. When it reaches anyone, the events are committed.
   *
   * @param grants the addresses in question, in the order given
   * @param changed false: all was already as wished, and no event was needed
   * @param sequence the network's last sequence number after the command
   * @param waiting set if what was asked for is waited for; null: it is done
   * @param details figures for people and programs, for example what a resize leaves over
   */
  record Accepted(
      List<Grant> grants,
      boolean changed,
      long sequence,
      @Nullable Place waiting,
      Map<String, String> details)
      implements Outcome {
    public Accepted {
      grants = List.copyOf(grants);
      details = Map.copyOf(details);
    }

    public Accepted(List<Grant> grants, boolean changed, long sequence) {
      this(grants, changed, sequence, null, Map.of());
    }
  }

  /** Refused; the state is as if the command had never been. */
  record Rejected(Refusal refusal, long sequence) implements Outcome {}
}
