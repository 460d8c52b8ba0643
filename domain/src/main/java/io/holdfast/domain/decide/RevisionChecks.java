package io.holdfast.domain.decide;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.state.State;
import org.jspecify.annotations.Nullable;

/** Whether what a command is about is still as its sender read it. */
final class RevisionChecks {
  private RevisionChecks() {}

  /**
   * @param asked the revision it is to have; null: any
   */
  static @Nullable Refusal check(State state, Command command, @Nullable Long asked) {
    if (asked == null) {
      return null;
    }
    Subject subject = subject(command);
    if (subject instanceof Subject.None) {
      return Refusal.invalid(
          "meta.ifRevision",
          asked,
          "nothing: " + command.getClass().getSimpleName() + " is about nothing in particular");
    }
    long present = revision(state, subject);
    return present == asked
        ? null
        : Refusal.of(
                RefusalCode.StaleRevision,
                subject
                    + (present == 0
                        ? " has no revision"
                        : " has changed: its revision is " + present)
                    + ", not "
                    + asked)
            .with("revision", present);
  }

  /** Of what there is not yet: 0. */
  private static long revision(State state, Subject subject) {
    return switch (subject) {
      case Subject.Eip(IpAddress ip) -> {
        Address address = state.addresses().get(ip);
        yield address == null ? 0 : address.revision();
      }
      case Subject.OfPool(String name) -> {
        Pool pool = state.pools().get(name);
        yield pool == null ? 0 : pool.revision();
      }
      case Subject.OfGateway(String name) -> {
        Gateway gateway = state.gateways().get(name);
        yield gateway == null ? 0 : gateway.revision();
      }
      case Subject.None _ -> 0;
    };
  }

  /** What a command is about. */
  private sealed interface Subject {
    record Eip(IpAddress ip) implements Subject {
      @Override
      public String toString() {
        return ip.toString();
      }
    }

    record OfPool(String name) implements Subject {
      @Override
      public String toString() {
        return "pool " + name;
      }
    }

    record OfGateway(String name) implements Subject {
      @Override
      public String toString() {
        return "gateway " + name;
      }
    }

    record None() implements Subject {}
  }

  private static Subject subject(Command command) {
    return switch (command) {
      case Command.DefinePool c -> new Subject.OfPool(c.pool());
      case Command.ResizePool c -> new Subject.OfPool(c.pool());
      case Command.RemovePool c -> new Subject.OfPool(c.pool());
      case Command.DefineGateway c -> new Subject.OfGateway(c.gateway());
      case Command.RescheduleGateway c -> new Subject.OfGateway(c.gateway());
      case Command.RetireGateway c -> new Subject.OfGateway(c.gateway());
      case Command.AllocateEip c -> c.ip() == null ? new Subject.None() : new Subject.Eip(c.ip());
      case Command.ReleaseEip c -> new Subject.Eip(c.ip());
      case Command.ForceRelease c -> new Subject.Eip(c.ip());
      case Command.RestoreEip c -> new Subject.Eip(c.ip());
      case Command.AttachEip c -> new Subject.Eip(c.ip());
      case Command.DetachEip c -> new Subject.Eip(c.ip());
      case Command.BindFip c -> new Subject.Eip(c.ip());
      case Command.UnbindFip c -> new Subject.Eip(c.ip());
      case Command.AddDnat c -> new Subject.Eip(c.ip());
      case Command.RemoveDnat c -> new Subject.Eip(c.ip());
      case Command.AddSnat c -> new Subject.Eip(c.ip());
      case Command.RemoveSnat c -> new Subject.Eip(c.ip());
      case Command.RenewLease c -> new Subject.Eip(c.ip());
      case Command.ReserveIp c -> new Subject.Eip(c.ip());
      case Command.UnreserveIp c -> new Subject.Eip(c.ip());
      case Command.AdoptEip c -> new Subject.Eip(c.ip());
      case Command.EndQuarantine c -> new Subject.Eip(c.ip());
      case Command.TransferEip c -> new Subject.Eip(c.ip());
      case Command.AcceptTransfer c -> new Subject.Eip(c.ip());
      case Command.CancelTransfer c -> new Subject.Eip(c.ip());
      case Command.TagEip c -> new Subject.Eip(c.ip());
      case Command.AllocateBundle _,
          Command.ImportNetwork _,
          Command.CancelAllocation _,
          Command.SetQuota _,
          Command.FenceNode _ ->
          new Subject.None();
    };
  }
}
