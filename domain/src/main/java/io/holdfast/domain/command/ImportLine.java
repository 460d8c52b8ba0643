package io.holdfast.domain.command;

import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of an import: something that the network is to have. */
public sealed interface ImportLine {
  /** Its number in the file, from 1. */
  int line();

  /** A pool; the fields are those of {@link Command.DefinePool}. */
  record PoolLine(
      int line,
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
      implements ImportLine {}

  /** A gateway; the fields are those of {@link Command.DefineGateway}. */
  record GatewayLine(
      int line,
      String gateway,
      List<String> candidates,
      Failover failover,
      long fenceAfterMs,
      int probeThreshold,
      long holdDownMs)
      implements ImportLine {}

  record QuotaLine(int line, String tenant, long limit) implements ImportLine {}

  record ReservationLine(int line, IpAddress ip) implements ImportLine {}

  /**
   * An EIP that is held.
   *
   * @param leaseMs as in {@link io.holdfast.domain.model.EipRequest}
   * @param adopted at its end it goes back to the operator, not to the pool
   */
  record EipLine(
      int line,
      IpAddress ip,
      Owner owner,
      @Nullable String gateway,
      @Nullable String node,
      @Nullable Long leaseMs,
      Map<String, String> tags,
      boolean adopted)
      implements ImportLine {}

  record FipLine(int line, IpAddress ip, IpAddress internalIp, String vpc) implements ImportLine {}

  record DnatLine(
      int line,
      IpAddress ip,
      Protocol protocol,
      int port,
      IpAddress internalIp,
      int internalPort,
      String vpc)
      implements ImportLine {}

  record SnatLine(int line, IpAddress ip, Cidr source, String vpc) implements ImportLine {}
}
