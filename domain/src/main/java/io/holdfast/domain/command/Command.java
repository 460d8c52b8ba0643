package io.holdfast.domain.command;

import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A wish of a user, about one network. Field names are those of the wire. */
public sealed interface Command {

  /**
   * Creates a pool, or changes its settings; what it covers is changed by {@link ResizePool}. The
   * fields are those of {@link io.holdfast.domain.model.PoolSpec}.
   */
  record DefinePool(
      String pool,
      IpFamily family,
      List<String> ranges,
      List<String> exclusions,
      @Nullable Cidr subnet,
      @Nullable IpAddress gatewayAddress,
      long cooldownMs,
      Map<String, String> labels,
      @Nullable OwnerCheckPolicy ownerCheck,
      PoolPolicy policy,
      long crossTenantCooldownMs,
      int priority,
      boolean optIn,
      long leaseMs,
      long probationMs)
      implements Command {

    /** A pool with everything else as a pool is by default. */
    public DefinePool(
        String pool,
        IpFamily family,
        List<String> ranges,
        List<String> exclusions,
        @Nullable Cidr subnet,
        @Nullable IpAddress gatewayAddress,
        long cooldownMs,
        Map<String, String> labels,
        @Nullable OwnerCheckPolicy ownerCheck) {
      this(
          pool,
          family,
          ranges,
          exclusions,
          subnet,
          gatewayAddress,
          cooldownMs,
          labels,
          ownerCheck,
          PoolPolicy.LEAST_RECENTLY_USED,
          0,
          0,
          false,
          0,
          PoolSpec.PROBATION_MS);
    }
  }

  /**
   * Changes what a pool covers. Live tenures stay where they are, whatever the mode.
   *
   * @param drainMs for DRAIN: how long the tenures that the pool does not cover any more may last
   *     at most, milliseconds
   */
  record ResizePool(
      String pool,
      List<String> ranges,
      List<String> exclusions,
      @Nullable Cidr subnet,
      @Nullable IpAddress gatewayAddress,
      ResizeMode mode,
      long drainMs)
      implements Command {

    /** Drains nothing. */
    public ResizePool(
        String pool,
        List<String> ranges,
        List<String> exclusions,
        @Nullable Cidr subnet,
        @Nullable IpAddress gatewayAddress,
        ResizeMode mode) {
      this(pool, ranges, exclusions, subnet, gatewayAddress, mode, 0);
    }
  }

  /** Removes a pool that has no address in use, releasing or cooling down. */
  record RemovePool(String pool) implements Command {}

  /**
   * Gives an owner what it does not have yet of the addresses it asks for. What it holds already is
   * part of the answer, and of {@code count}.
   *
   * <p>Asked again with a gateway: what the owner holds on that gateway is taken first, what is on
   * no gateway is attached to it, and if it takes one that is on another gateway, the answer is
   * InUse and names that gateway: only AttachEip moves an EIP.
   *
   * <p>Asked again with a node: what is answered is bound to the node's present boot, and what else
   * the owner holds that was bound to another boot or node, too. Asked again without: every binding
   * stays as it is.
   *
   * @param onExhausted what to do when there are not enough free addresses
   * @param waitMs for WAIT: how long at most, milliseconds
   * @see EipRequest the other fields
   */
  record AllocateEip(
      List<String> pools,
      Owner owner,
      @Nullable IpAddress ip,
      FamilyChoice family,
      int count,
      @Nullable String gateway,
      @Nullable String node,
      Map<String, String> labels,
      boolean contiguous,
      @Nullable Long leaseMs,
      Map<String, String> tags,
      OnExhausted onExhausted,
      long waitMs)
      implements Command {

    /** What most ask for. */
    public AllocateEip(
        List<String> pools,
        Owner owner,
        @Nullable IpAddress ip,
        FamilyChoice family,
        int count,
        @Nullable String gateway,
        @Nullable String node) {
      this(
          EipRequest.of(owner, family, pools.toArray(String[]::new)).at(ip, count, gateway, node),
          OnExhausted.REJECT,
          0);
    }

    public AllocateEip(EipRequest r, OnExhausted onExhausted, long waitMs) {
      this(
          r.pools(),
          r.owner(),
          r.ip(),
          r.family(),
          r.count(),
          r.gateway(),
          r.node(),
          r.labels(),
          r.contiguous(),
          r.leaseMs(),
          r.tags(),
          onExhausted,
          waitMs);
    }

    public EipRequest request() {
      return new EipRequest(
          pools, labels, owner, ip, family, count, contiguous, gateway, node, leaseMs, tags);
    }
  }

  /**
   * Gives several owners, or one, addresses with the rules that belong to them, in one step: all of
   * it or nothing.
   */
  record AllocateBundle(List<BundleItem> items) implements Command {}

  /**
   * Brings in a whole network, or a part: all lines, or none and what is wrong with each. Pools,
   * gateways, quotas, reservations, EIPs and rules are taken in this order, whatever the lines'.
   * What is there already, just so, is left as it is.
   */
  record ImportNetwork(List<ImportLine> lines) implements Command {}

  /** Gives up waiting for addresses. */
  record CancelAllocation(Owner owner) implements Command {}

  /**
   * Says how many addresses of this network a tenant may have.
   *
   * @param limit of allocated, releasing and cooling addresses together; null: no limit
   */
  record SetQuota(String tenant, @Nullable Long limit) implements Command {}

  /**
   * Ends a tenure.
   *
   * @param tenure the tenure that is meant, or null for the present one
   * @param owner refuse unless this is the holder, or null
   */
  record ReleaseEip(IpAddress ip, @Nullable Long tenure, @Nullable Owner owner)
      implements Command {}

  /** An operator ends a tenure with its rules; the reason in the command's meta is required. */
  record ForceRelease(IpAddress ip, @Nullable Long tenure) implements Command {}

  /**
   * Undoes a release that was a mistake: brings an EIP back to its holder, with its rules and its
   * gateway, while the address is releasing or cooling down. All of it or nothing.
   *
   * @param tenure the tenure that ended, or null for the last one
   * @param owner refuse unless this was the holder, or null
   */
  record RestoreEip(IpAddress ip, @Nullable Long tenure, @Nullable Owner owner)
      implements Command {}

  /** Puts an EIP on a gateway. */
  record AttachEip(IpAddress ip, String gateway, @Nullable Long tenure) implements Command {}

  /** Takes an EIP without live rules off its gateway. */
  record DetachEip(IpAddress ip, @Nullable Long tenure) implements Command {}

  /**
   * Makes an EIP the floating IP of an internal address.
   *
   * @param replace true: if the EIP has a FIP to another address, change it in one step
   */
  record BindFip(
      IpAddress ip, IpAddress internalIp, String vpc, boolean replace, @Nullable Long tenure)
      implements Command {}

  record UnbindFip(IpAddress ip, @Nullable Long tenure) implements Command {}

  /** Leads a port of an EIP to a port of an internal address. */
  record AddDnat(
      IpAddress ip,
      Protocol protocol,
      int port,
      IpAddress internalIp,
      int internalPort,
      String vpc,
      boolean replace,
      @Nullable Long tenure)
      implements Command {}

  record RemoveDnat(IpAddress ip, Protocol protocol, int port, @Nullable Long tenure)
      implements Command {}

  /** Lets an internal prefix leave with an EIP as its source. */
  record AddSnat(IpAddress ip, Cidr source, String vpc, @Nullable Long tenure) implements Command {}

  record RemoveSnat(IpAddress ip, Cidr source, @Nullable Long tenure) implements Command {}

  /**
   * Creates a gateway or changes its settings. The fields are those of {@link
   * io.holdfast.domain.model.GatewaySpec}.
   */
  record DefineGateway(
      String gateway,
      List<String> candidates,
      Failover failover,
      long fenceAfterMs,
      int probeThreshold,
      long holdDownMs)
      implements Command {}

  /**
   * Moves a gateway.
   *
   * @param node to this candidate, or null for the next healthy one
   */
  record RescheduleGateway(String gateway, @Nullable String node) implements Command {}

  /** Takes a gateway out of service that no held EIP is attached to. */
  record RetireGateway(String gateway) implements Command {}

  /**
   * An operator states that a node is switched off or cut from the network: what it carried is
   * fenced, owners of its earlier boots are gone. The reason in the command's meta is required.
   */
  record FenceNode(String node) implements Command {}

  /**
   * Puts the end of a lease off, or gives an EIP one, or takes it away.
   *
   * @param leaseMs how long it lasts from now on, milliseconds; 0: without end; null: as it was
   * @param owner refuse unless this is the holder, or null
   */
  record RenewLease(
      IpAddress ip, @Nullable Long leaseMs, @Nullable Long tenure, @Nullable Owner owner)
      implements Command {}

  /** Takes a free address out of its pool; the reason in the command's meta is required. */
  record ReserveIp(IpAddress ip) implements Command {}

  /** Puts a reserved address back: it is free at once. */
  record UnreserveIp(IpAddress ip) implements Command {}

  /**
   * Gives an owner an address that was in use before this service knew of it: one that is free,
   * reserved, or in quarantine because just that gateway was seen with it. At the end of its tenure
   * it is withdrawn like any other, and is reserved then.
   *
   * @param gateway it is on this gateway, or null: on none of ours
   * @param node the owner lives on this node and dies with its present boot, or null: not said
   * @param leaseMs as in {@link EipRequest}
   */
  record AdoptEip(
      IpAddress ip,
      Owner owner,
      @Nullable String gateway,
      @Nullable String node,
      @Nullable Long leaseMs,
      Map<String, String> tags)
      implements Command {
    public AdoptEip {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * An operator states that nothing but ours answers for an address any more; the reason in the
   * command's meta is required. It cools down before it is free.
   */
  record EndQuarantine(IpAddress ip) implements Command {}

  /**
   * Offers an EIP, which is on no gateway and has no rules, to another tenant.
   *
   * @param validMs how long the offer counts, milliseconds
   * @param owner refuse unless this is the holder, or null
   */
  record TransferEip(
      IpAddress ip, String toTenant, long validMs, @Nullable Long tenure, @Nullable Owner owner)
      implements Command {}

  /**
   * Takes an EIP that was offered: a new tenure begins.
   *
   * @param owner who holds it from then on, of the tenant that it was offered to
   * @param tenure the tenure that was offered, or null for the present one
   */
  record AcceptTransfer(IpAddress ip, Owner owner, @Nullable Long tenure) implements Command {}

  /** Takes an offer back. */
  record CancelTransfer(IpAddress ip, @Nullable Long tenure, @Nullable Owner owner)
      implements Command {}

  /**
   * Changes the tags of an EIP.
   *
   * @param set tags that are added, or get another value
   * @param remove names of tags that go
   */
  record TagEip(
      IpAddress ip,
      Map<String, String> set,
      List<String> remove,
      @Nullable Long tenure,
      @Nullable Owner owner)
      implements Command {
    public TagEip {
      set = Map.copyOf(set);
      remove = List.copyOf(remove);
    }
  }
}
