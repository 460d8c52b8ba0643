package io.holdfast.domain.report;

import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fact somebody saw, about one network. Lost, late and doubled reports are harmless. */
public sealed interface Report {

  /** The node is alive. {@code bootId} is the kernel's, new after every boot. */
  record NodeHeartbeat(String node, String bootId) implements Report {}

  /**
   * A gateway's instance started with an empty kernel.
   *
   * @param instance new at each start
   * @param uptimeMs the node's uptime when it began, milliseconds: says which of two came first; 0:
   *     not said
   */
  record InstanceStarted(String gateway, String node, String bootId, String instance, long uptimeMs)
      implements Report {
    /** One that does not say when it began. */
    public InstanceStarted(String gateway, String node, String bootId, String instance) {
      this(gateway, node, bootId, instance, 0);
    }
  }

  /**
   * What a gateway's instance really carries.
   *
   * @param epoch epoch of the desired state the instance works on
   * @param number grows with each observation of this instance
   * @param appliedRevision revision of the desired state that had been applied before looking
   * @param complete true: what is not listed is not there. false: only what is listed was looked at
   * @param absentAddresses looked for and not there (for {@code complete = false})
   * @param absentRules looked for and not there (for {@code complete = false})
   */
  record Observation(
      String gateway,
      String node,
      long epoch,
      long number,
      long appliedRevision,
      boolean complete,
      List<SeenAddress> addresses,
      List<SeenRule> rules,
      List<IpAddress> absentAddresses,
      List<AbsentRule> absentRules)
      implements Report {}

  /** An address on an interface, with the prefix length it has there. */
  record SeenAddress(IpAddress ip, int prefixLength) {}

  /** A rule in the kernel: id and target as in {@link io.holdfast.domain.model.RuleSpec}. */
  record SeenRule(IpAddress ip, String rule, String target) {}

  record AbsentRule(IpAddress ip, String rule) {}

  /**
   * A probe of a gateway, or of one EIP: exactly one of {@code gateway} and {@code ip} is set.
   *
   * @param generation epoch of the gateway, or tenure of the EIP, that was probed
   */
  record ProbeResult(
      @Nullable String gateway, @Nullable IpAddress ip, long generation, boolean ok, String detail)
      implements Report {}

  /**
   * Whether an owner still exists.
   *
   * @param sourceHealthy the source of the answer was itself seen to be healthy; only then ABSENT
   *     counts
   */
  record OwnerCheck(
      IpAddress ip, long tenure, CheckResult result, boolean sourceHealthy, String detail)
      implements Report {}

  /**
   * Which owners live on a node in its present boot.
   *
   * @param complete false: the list may lack some, so it releases nothing
   */
  record OwnerInventory(String node, String bootId, boolean complete, List<Owner> owners)
      implements Report {}

  /**
   * Something that is none of ours answers for an address.
   *
   * @param by what answered, for example a hardware address
   */
  record ConflictSeen(IpAddress ip, String by) implements Report {}
}
