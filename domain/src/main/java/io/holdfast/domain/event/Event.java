package io.holdfast.domain.event;

import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.GatewaySpec;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fact about one network. Field names are those of the wire; nothing in it is ever decided again.
 */
public sealed interface Event {

  // Pools

  record PoolDefined(String pool, PoolSpec spec) implements Event {}

  record PoolResized(String pool, PoolSpec spec) implements Event {}

  /** Settings of the pool changed, and nothing of what it covers. */
  record PoolChanged(String pool, PoolSpec spec) implements Event {}

  record PoolRemoved(String pool) implements Event {}

  // Quotas and waiting

  /**
   * @param limit null: no limit any more
   */
  record QuotaSet(String tenant, @Nullable Long limit) implements Event {}

  /**
   * Somebody waits for addresses. The number of this event is the ticket.
   *
   * @param deadline epoch milliseconds
   */
  record AllocationQueued(EipRequest request, String commandId, long deadline) implements Event {}

  /** Somebody does not wait any more. */
  record AllocationDequeued(long ticket, Owner owner, String commandId, DequeueCause cause)
      implements Event {}

  // EIPs

  /**
   * A tenure began.
   *
   * @param tenure the sequence number of this event
   * @param choice why this address; null in events from before that was recorded
   * @param leaseMs how long a renewal of its lease lasts, milliseconds; 0: it has none
   * @param leaseUntil epoch milliseconds at which the tenure ends unless it is renewed; 0: no lease
   */
  record EipAllocated(
      IpAddress ip,
      long tenure,
      String pool,
      Owner owner,
      @Nullable NodeBinding node,
      @Nullable Choice choice,
      long leaseMs,
      long leaseUntil,
      Map<String, String> tags)
      implements Event {}

  /**
   * The owner said in which boot of which node it lives now: what became of the place it named
   * before ends the tenure no longer.
   */
  record EipRebound(IpAddress ip, long tenure, NodeBinding node) implements Event {}

  /**
   * The EIP is wanted on a gateway.
   *
   * @param prefixLength what it is to be programmed with there; its removal will name exactly this
   */
  record EipAttached(IpAddress ip, long tenure, String gateway, int prefixLength, long epoch)
      implements Event {}

  /** The EIP is no longer wanted on a gateway, which may still carry it. */
  record EipDetached(IpAddress ip, long tenure, String gateway, int prefixLength, long epoch)
      implements Event {}

  /**
   * The tenure is over; the address is withdrawn from where it may be.
   *
   * @param gateway the gateway it was wanted on, or null
   * @param prefixLength what it was programmed with there: the removal's exact target; 0 if on no
   *     gateway
   * @param epoch of that gateway now; 0 if on no gateway
   * @param owner who held it and may get it back until it is free; null in events from before there
   *     was a way back
   */
  record EipReleaseRequested(
      IpAddress ip,
      long tenure,
      ReleaseCause cause,
      @Nullable String gateway,
      int prefixLength,
      long epoch,
      String evidence,
      @Nullable Owner owner)
      implements Event {}

  /**
   * A release was undone before the address was free: its holder has it again, in a new tenure,
   * because what was said of the old one is over. Events of its gateway and its rules follow.
   *
   * @param tenure the sequence number of this event
   * @param restores the tenure that had ended
   * @param node where the owner lives, if that boot of the node is still its present one
   * @param leaseMs how long a renewal of its lease lasts, milliseconds; 0: it has none
   * @param leaseUntil epoch milliseconds; 0: no lease
   */
  record EipRestored(
      IpAddress ip,
      long tenure,
      String pool,
      Owner owner,
      @Nullable NodeBinding node,
      long restores,
      long leaseMs,
      long leaseUntil)
      implements Event {}

  /** The address is surely not on this gateway any more. */
  record EipWithdrawn(IpAddress ip, long tenure, String gateway, Evidence evidence)
      implements Event {}

  /**
   * The address is surely nowhere and rests.
   *
   * @param freeAt until when, epoch milliseconds
   * @param tenantFreeAt until when for the tenant that held it, if that is sooner, epoch
   *     milliseconds; else 0
   */
  record EipCooldownStarted(IpAddress ip, long tenure, long freeAt, long tenantFreeAt)
      implements Event {}

  record EipFreed(IpAddress ip, long tenure) implements Event {}

  /**
   * An observation of the gateway's current epoch shows the address as wanted at {@code revision}.
   */
  record EipProgrammed(
      IpAddress ip, long tenure, String gateway, long epoch, long revision, long observation)
      implements Event {}

  /** An observation of the current epoch no longer shows what an earlier one did. */
  record EipUnprogrammed(
      IpAddress ip, long tenure, String gateway, long epoch, long revision, long observation)
      implements Event {}

  /** The current epoch was observed without an address that earlier instances may still carry. */
  record EipCleared(IpAddress ip, long tenure, String gateway, long epoch, long observation)
      implements Event {}

  // Rules

  record FipBound(IpAddress ip, long tenure, IpAddress internalIp, String vpc, boolean replaced)
      implements Event {}

  /**
   * @param withEip it goes because its EIP's tenure ends, and comes back if that is restored; so in
   *     the other events that remove a rule
   */
  record FipUnbound(IpAddress ip, long tenure, boolean withEip) implements Event {}

  record DnatAdded(
      IpAddress ip,
      long tenure,
      Protocol protocol,
      int port,
      IpAddress internalIp,
      int internalPort,
      String vpc,
      boolean replaced)
      implements Event {}

  record DnatRemoved(IpAddress ip, long tenure, Protocol protocol, int port, boolean withEip)
      implements Event {}

  record SnatAdded(IpAddress ip, long tenure, Cidr source, String vpc) implements Event {}

  record SnatRemoved(IpAddress ip, long tenure, Cidr source, boolean withEip) implements Event {}

  /** As {@link EipProgrammed}, for the rule with this id on the EIP. */
  record RuleProgrammed(
      IpAddress ip,
      long tenure,
      String rule,
      String gateway,
      long epoch,
      long revision,
      long observation)
      implements Event {}

  record RuleUnprogrammed(
      IpAddress ip,
      long tenure,
      String rule,
      String gateway,
      long epoch,
      long revision,
      long observation)
      implements Event {}

  /** As {@link EipCleared}, for a rule. */
  record RuleCleared(
      IpAddress ip, long tenure, String rule, String gateway, long epoch, long observation)
      implements Event {}

  /** A removed rule is surely nowhere any more. */
  record RuleWithdrawn(IpAddress ip, long tenure, String rule, Evidence evidence)
      implements Event {}

  // Gateways

  record GatewayDefined(String gateway, GatewaySpec spec) implements Event {}

  /**
   * The gateway's first placement, or its first after it was retired.
   *
   * @param leaseMs the longest lease that the instance may live by, milliseconds; 0, in events from
   *     before this was recorded: that of the definition
   */
  record GatewayPlaced(String gateway, String node, long epoch, long leaseMs) implements Event {}

  /** The current instance said which one it is. */
  record GatewayInstanceStarted(String gateway, long epoch, String instance, long uptimeMs)
      implements Event {}

  /**
   * The gateway has a new epoch: one event, however many EIPs it carries. The instance of the epoch
   * before may still carry them until it is fenced.
   *
   * @param fenceAt epoch milliseconds from which on the old instance has surely taken everything
   *     down by itself
   * @param leaseMs of the new one, as in {@link GatewayPlaced}
   */
  record GatewayRescheduled(
      String gateway,
      String fromNode,
      String toNode,
      long epoch,
      MoveCause cause,
      long fenceAt,
      String detail,
      long leaseMs)
      implements Event {}

  /** An earlier instance surely carries nothing any more. */
  record GatewayInstanceFenced(String gateway, long epoch, String node, Evidence evidence)
      implements Event {}

  /** The gateway takes nothing new; its last instance is told to hold nothing. */
  record GatewayRetiring(String gateway, long fenceAt) implements Event {}

  record GatewayRetired(String gateway) implements Event {}

  // Nodes

  record NodeRegistered(String node, String bootId) implements Event {}

  /**
   * Not heard of for too long.
   *
   * @param lastSeen epoch milliseconds
   */
  record NodeLost(String node, String bootId, long lastSeen) implements Event {}

  /**
   * Heard of again after it was lost, or for the first time in a new boot.
   *
   * @param inventoryDueAt epoch milliseconds at which its owner inventory is overdue; 0 if none is
   *     awaited
   */
  record NodeReturned(String node, String bootId, String previousBootId, long inventoryDueAt)
      implements Event {}

  /**
   * An owner inventory of the present boot was used; owners of earlier boots that it lacks are
   * released.
   */
  record OwnerInventoryTaken(String node, String bootId, int present, int released)
      implements Event {}

  /** The owner inventory that a reboot calls for has not come: an alarm. */
  record OwnerInventoryOverdue(String node, String bootId) implements Event {}

  /**
   * An operator stated that the node is off.
   *
   * @param bootId its present boot; an earlier one if the node is back already: then only what that
   *     boot left behind is over
   */
  record NodeFenced(String node, String bootId) implements Event {}

  // Probes, owner checks, drift

  /** One failure: {@code failures} in a row so far. Exactly one of gateway and ip is set. */
  record ProbeFailed(
      @Nullable String gateway, @Nullable IpAddress ip, int failures, int threshold, String detail)
      implements Event {}

  record ProbeRecovered(@Nullable String gateway, @Nullable IpAddress ip) implements Event {}

  /**
   * A check could not tell whether the owner exists: nothing follows but another check.
   *
   * @param attempt how many in a row
   * @param nextCheckAt epoch milliseconds
   */
  record OwnerUnknown(IpAddress ip, long tenure, int attempt, long nextCheckAt, String detail)
      implements Event {}

  /** A healthy source did not find the owner, for the {@code count}-th time of {@code needed}. */
  record OwnerAbsent(
      IpAddress ip, long tenure, int count, int needed, long nextCheckAt, String detail)
      implements Event {}

  /** The owner was found: earlier doubts are void. */
  record OwnerPresent(IpAddress ip, long tenure) implements Event {}

  /**
   * A gateway was seen with an address that it is not to carry.
   *
   * @param node where it was seen: another one than the gateway's if an instance that was fenced
   *     still carries it
   * @param epoch that the observation gave
   * @param wantedOn the gateway it is wanted on, if it is held: two may answer for the address. It
   *     is this gateway if an instance that was fenced still carries what the present one is given
   */
  record DriftDetected(
      String gateway,
      IpAddress ip,
      String node,
      int prefixLength,
      long epoch,
      long observation,
      @Nullable String wantedOn)
      implements Event {}

  record DriftCleared(String gateway, IpAddress ip, String node, long epoch, Evidence evidence)
      implements Event {}

  /**
   * A free address left the free set because something carries it, or answers for it.
   *
   * @param until epoch milliseconds at which it comes back if that is not seen again; 0: when it is
   *     seen gone from where it was seen; {@link io.holdfast.domain.model.Address#NEVER}: when an
   *     operator says so
   */
  record IpQuarantined(IpAddress ip, String pool, String reason, long until) implements Event {}

  /**
   * Something that is none of ours was seen to answer for an address that is held or being
   * released.
   *
   * @param by what answered, for example a hardware address
   * @param until epoch milliseconds at which it counts as over if it is not seen again; {@link
   *     io.holdfast.domain.model.Address#NEVER}: when an operator says so
   */
  record ConflictDetected(IpAddress ip, long tenure, String by, long until) implements Event {}

  /** It was not seen any more for long enough, or an operator said that it is over. */
  record ConflictCleared(IpAddress ip, long tenure) implements Event {}

  // Leases, reservation, transfer

  /**
   * The end of a tenure was put off, or it got one, or has none any more.
   *
   * @param leaseMs how long a renewal lasts, milliseconds; 0: asking again does not renew it
   * @param leaseUntil epoch milliseconds at which the tenure ends; 0: it has no lease any more
   * @param lastUntil epoch milliseconds that no renewal goes beyond while the pool does not cover
   *     the address; 0: no limit
   */
  record LeaseSet(IpAddress ip, long tenure, long leaseMs, long leaseUntil, long lastUntil)
      implements Event {}

  /**
   * A warning: the tenure ends soon unless its lease is renewed.
   *
   * @param leaseUntil epoch milliseconds
   */
  record LeaseExpiring(IpAddress ip, long tenure, long leaseUntil) implements Event {}

  /** An address left the free set: an operator took it out, or it had been adopted. */
  record IpReserved(IpAddress ip, String pool, String reason) implements Event {}

  /** A reserved address is free. */
  record IpUnreserved(IpAddress ip, String pool) implements Event {}

  /**
   * A tenure began of an address that was in use before this service knew of it.
   *
   * @param tenure the sequence number of this event
   * @param leaseMs how long a renewal of its lease lasts, milliseconds; 0: it has none
   * @param leaseUntil epoch milliseconds; 0: no lease
   */
  record EipAdopted(
      IpAddress ip,
      long tenure,
      String pool,
      Owner owner,
      @Nullable NodeBinding node,
      long leaseMs,
      long leaseUntil,
      Map<String, String> tags)
      implements Event {}

  /**
   * @param until epoch milliseconds from which on the offer counts no more
   */
  record TransferOffered(IpAddress ip, long tenure, String tenant, long until) implements Event {}

  record TransferCancelled(IpAddress ip, long tenure) implements Event {}

  /**
   * An EIP changed hands: one tenure ended and another began. Its lease goes on as it was; tags of
   * the one who had it go with him.
   *
   * @param tenure the sequence number of this event
   * @param from the tenure that ended
   * @param fromOwner who held it
   */
  record EipTransferred(
      IpAddress ip, long tenure, String pool, Owner owner, long from, Owner fromOwner)
      implements Event {}

  /**
   * @param tags all that it has from now on
   */
  record EipTagged(IpAddress ip, long tenure, Map<String, String> tags) implements Event {}
}
