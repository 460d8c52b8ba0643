package io.holdfast.simulator.net;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.view.DesiredPart;
import io.holdfast.domain.view.DesiredState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something under way. It may arrive late, twice, before an earlier one, or not at all. */
public sealed interface Message {

  /** Of clients: they are on no node that could be cut off. */
  int NO_NODE = -1;

  /** The node it comes from or goes to, or {@link #NO_NODE}. */
  int node();

  /** For the log: what the service reads one after the other. */
  sealed interface Entry extends Message {}

  record Asked(CommandMeta meta, Command command) implements Entry {
    @Override
    public int node() {
      return NO_NODE;
    }
  }

  /**
   * @param agent who waits for an acknowledgement, or -1: nobody does
   * @param number what it is to name
   */
  record Told(int node, Report report, int agent, long number) implements Entry {}

  /** The log has the report. */
  record Acknowledged(int node, int agent, long number) implements Message {}

  /**
   * What does the service know of this node?
   *
   * @param askedAt on the node's clock, milliseconds
   */
  record NodeQuery(int node, int process, long askedAt) implements Message {}

  /**
   * @param bootId empty: it knows of none
   * @param contactAgeMs since a heartbeat was counted; -1: none was
   */
  record NodeAnswer(
      int node,
      int process,
      long askedAt,
      String bootId,
      long contactAgeMs,
      List<Assignment> assignments)
      implements Message {}

  /** A gateway that concerns a node. */
  record Assignment(int gateway, boolean current, @Nullable String instance, long fenceAfterMs) {}

  /**
   * What is wanted of this agent? Answered when it is another version.
   *
   * @param poll names the question
   * @param version what is known; null: answer at once
   * @param since sequence number of the network when that was said
   */
  record DesiredQuery(
      int node, int agent, long poll, DesiredState.@Nullable Version version, long since)
      implements Message {}

  /**
   * @param part null: it is the whole
   * @param whole null: it is a part
   */
  record DesiredAnswer(
      int node,
      int agent,
      long poll,
      @Nullable DesiredState whole,
      @Nullable DesiredPart part,
      long since,
      long sequence)
      implements Message {}
}
