package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.report.ReportMeta;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.State;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows from a command, a report or the passing of time, for one network.
 *
 * <p>A pure function of its arguments: the state is only read; the returned decision carries the
 * events, the answer and the changes that folding the events makes.
 */
public final class Decider {
  private static final int MAX_ID = 128;

  /** A reason stands in every event of its command. */
  private static final int MAX_REASON = 4_000;

  private final Settings settings;

  public Decider(Settings settings) {
    this.settings = settings;
  }

  /**
   * Decides a command. A command with an id that was answered before gets that answer, and nothing
   * follows.
   *
   * @param now epoch milliseconds
   */
  public Decision<Outcome> command(
      State state, Head head, CommandMeta meta, Command command, long now) {
    Draft draft = new Draft(state, head, now, settings);
    Outcome first = Answers.find(draft.state(), meta.id(), draft.now());
    if (first != null) {
      return draft.decided(first);
    }
    Refusal malformed =
        Check.first(check(meta), RevisionChecks.check(draft.state(), command, meta.ifRevision()));
    Verdict verdict = malformed != null ? Verdict.refused(malformed) : decide(draft, meta, command);
    Outcome outcome =
        switch (verdict) {
          case Verdict.Done done -> accepted(draft, done);
          case Verdict.Refused refused -> {
            draft.rollBack();
            yield new Outcome.Rejected(refused.refusal(), head.sequence());
          }
        };
    if (meta.dryRun()) {
      draft.rollBack();
    } else if (isCommandId(meta.id())) {
      Answers.remember(draft.state(), meta.id(), outcome, draft.now(), settings.outcomeKeepMs());
    }
    return draft.decided(outcome);
  }

  /** What the command itself leads to is done; then come those who waited for what it freed. */
  private static Outcome accepted(Draft draft, Verdict.Done done) {
    boolean changed = draft.size() > 0;
    WaitDecisions.wake(draft);
    return new Outcome.Accepted(
        done.grants(), changed, draft.nextSequence() - 1, done.waiting(), done.details());
  }

  /** Ids stand in keys of the stores: printable ASCII without blanks, and not too long. */
  public static boolean isCommandId(String id) {
    boolean isVisible = !id.isEmpty() && id.length() <= MAX_ID;
    for (int i = 0; isVisible && i < id.length(); i++) {
      isVisible = id.charAt(i) > ' ' && id.charAt(i) < 0x7f;
    }
    return isVisible;
  }

  private static @Nullable Refusal check(CommandMeta meta) {
    if (!isCommandId(meta.id())) {
      return Refusal.invalid(
          "meta.id", meta.id(), "1 to " + MAX_ID + " characters, unique per command");
    }
    if (meta.actor().isBlank() || meta.actor().length() > Check.TEXT) {
      return Refusal.invalid(
          "meta.actor", meta.actor(), "who asks: 1 to " + Check.TEXT + " characters");
    }
    return Check.length("meta.reason", meta.reason(), MAX_REASON);
  }

  private static Verdict decide(Draft draft, CommandMeta meta, Command command) {
    return switch (command) {
      case Command.DefinePool c -> PoolDecisions.define(draft, c);
      case Command.ResizePool c -> PoolDecisions.resize(draft, c);
      case Command.RemovePool c -> PoolDecisions.remove(draft, c);
      case Command.AllocateEip c -> AllocateDecisions.allocate(draft, meta, c);
      case Command.AllocateBundle c -> AllocateDecisions.bundle(draft, c);
      case Command.ImportNetwork c -> ImportDecisions.run(draft, meta, c);
      case Command.CancelAllocation c -> WaitDecisions.cancel(draft, c);
      case Command.SetQuota c -> QuotaDecisions.set(draft, c);
      case Command.ReleaseEip c -> ReleaseDecisions.release(draft, c);
      case Command.ForceRelease c -> ReleaseDecisions.force(draft, meta, c);
      case Command.RestoreEip c -> RestoreDecisions.restore(draft, c);
      case Command.AttachEip c -> AttachDecisions.attach(draft, c);
      case Command.DetachEip c -> AttachDecisions.detach(draft, c);
      case Command.BindFip c -> RuleDecisions.bindFip(draft, c);
      case Command.UnbindFip c -> RuleDecisions.unbindFip(draft, c);
      case Command.AddDnat c -> RuleDecisions.addDnat(draft, c);
      case Command.RemoveDnat c -> RuleDecisions.removeDnat(draft, c);
      case Command.AddSnat c -> RuleDecisions.addSnat(draft, c);
      case Command.RemoveSnat c -> RuleDecisions.removeSnat(draft, c);
      case Command.DefineGateway c -> GatewayDecisions.define(draft, c);
      case Command.RescheduleGateway c -> GatewayDecisions.reschedule(draft, c);
      case Command.RetireGateway c -> GatewayDecisions.retire(draft, c);
      case Command.FenceNode c -> NodeDecisions.fence(draft, meta, c);
      case Command.RenewLease c -> LeaseDecisions.renew(draft, c);
      case Command.ReserveIp c -> ReserveDecisions.reserve(draft, meta, c);
      case Command.UnreserveIp c -> ReserveDecisions.unreserve(draft, c);
      case Command.AdoptEip c -> AdoptDecisions.adopt(draft, c);
      case Command.EndQuarantine c -> QuarantineDecisions.end(draft, meta, c);
      case Command.TransferEip c -> TransferDecisions.offer(draft, c);
      case Command.AcceptTransfer c -> TransferDecisions.accept(draft, c);
      case Command.CancelTransfer c -> TransferDecisions.cancel(draft, c);
      case Command.TagEip c -> TagDecisions.tag(draft, c);
    };
  }

  /** What is wrong with what a report says about itself; null if nothing is. */
  public static Disposition.@Nullable Invalid check(ReportMeta meta) {
    return ReportChecks.meta(meta);
  }

  /**
   * Decides a report whose meta is well-formed, see {@link #check}.
   *
   * @param now epoch milliseconds
   */
  public Decision<Disposition> report(State state, Head head, Report report, long now) {
    Draft draft = new Draft(state, head, now, settings);
    Disposition malformed = ReportChecks.body(report);
    if (malformed != null) {
      return draft.decided(malformed);
    }
    Disposition disposition =
        switch (report) {
          case Report.NodeHeartbeat r -> NodeDecisions.heartbeat(draft, r);
          case Report.InstanceStarted r -> GatewayDecisions.instanceStarted(draft, r);
          case Report.Observation r -> ObservationDecisions.observed(draft, r);
          case Report.ProbeResult r -> ProbeDecisions.probed(draft, r);
          case Report.OwnerCheck r -> OwnerCheckDecisions.checked(draft, r);
          case Report.OwnerInventory r -> NodeDecisions.inventory(draft, r);
          case Report.ConflictSeen r -> QuarantineDecisions.seen(draft, r);
        };
    WaitDecisions.wake(draft);
    return draft.decided(disposition);
  }

  /** As below, where commands have been heard since heartbeats have. */
  public Decision<Integer> timers(State state, Head head, long now, long heardFrom, int limit) {
    return timers(state, head, now, heardFrom, heardFrom, limit);
  }

  /**
   * Does what is due, and answers how many timers that were. Call it again while that is the limit:
   * more may be due.
   *
   * @param now epoch milliseconds
   * @param heardFrom epoch milliseconds since which heartbeats could have been heard at all (the
   *     start of this service): silence before it says nothing about a node
   * @param commandsFrom epoch milliseconds since which commands are heard without delay: what was
   *     sent before it, in time, may have had to wait
   * @param limit how many timers at most
   */
  public Decision<Integer> timers(
      State state, Head head, long now, long heardFrom, long commandsFrom, int limit) {
    Draft draft = new Draft(state, head, now, settings);
    int fired = TimerDecisions.fire(draft, heardFrom, commandsFrom, limit);
    WaitDecisions.wake(draft);
    return draft.decided(fired);
  }

  /**
   * Looks for nodes that have not been heard of for too long.
   *
   * @param now epoch milliseconds
   * @param heardFrom as for {@link #timers}
   */
  public Decision<Integer> liveness(State state, Head head, long now, long heardFrom) {
    Draft draft = new Draft(state, head, now, settings);
    int lost = NodeDecisions.findLost(draft, heardFrom);
    WaitDecisions.wake(draft);
    return draft.decided(lost);
  }
}
