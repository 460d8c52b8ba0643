package io.holdfast.domain.view;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.Seen;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whether an EIP or a rule works, judged by what was observed and by nothing else. An EIP and each
 * of its rules are judged separately.
 *
 * @param since epoch milliseconds, 0 where the state does not know
 * @param observedRevision as in {@link Condition}
 */
public record Readiness(Reason reason, String message, long since, long observedRevision) {

  public boolean ready() {
    return reason == Reason.Programmed;
  }

  private static Readiness not(Reason reason, String message, long since) {
    return new Readiness(reason, message, since, 0);
  }

  /** Of an address. */
  public static Readiness of(Lens lens, IpAddress ip, Address address) {
    Tenancy tenancy = address.tenancy();
    if (address.phase() != Phase.ALLOCATED || tenancy == null) {
      return notAllocated(ip, address);
    }
    Carriage carriage = address.on(tenancy.gateway());
    return carriage == null
        ? not(Reason.NotAttached, ip + " is on no gateway", 0)
        : onGateway(lens, ip, address, ip.toString(), carriage);
  }

  /** Of a rule of that address. */
  public static Readiness of(Lens lens, IpAddress ip, Address address, Rule rule) {
    String item = "rule " + rule.spec().id();
    if (!rule.wanted()) {
      return not(Reason.RuleRemoved, item + " is being removed", 0);
    }
    if (address.phase() != Phase.ALLOCATED) {
      return notAllocated(ip, address);
    }
    Carriage carriage = rule.carriage();
    return carriage == null
        ? not(Reason.NotAttached, ip + " is on no gateway", 0)
        : onGateway(lens, ip, address, item, carriage);
  }

  /** Of an address without a record: of what has been asked while it went. */
  static Readiness unused(IpAddress ip) {
    return not(Reason.NotAllocated, ip + " is free", 0);
  }

  private static Readiness notAllocated(IpAddress ip, Address address) {
    return not(
        Reason.NotAllocated,
        switch (address.phase()) {
          case FREE, ALLOCATED -> ip + " is free";
          case RELEASING -> ip + " is being released";
          case COOLING_DOWN -> ip + " rests until " + Instants.text(address.freeAt());
          case QUARANTINED -> ip + " is in quarantine";
          case RESERVED -> ip + " is reserved by an operator";
        },
        0);
  }

  private static Readiness onGateway(
      Lens lens, IpAddress ip, Address address, String item, Carriage carriage) {
    String name = carriage.gateway();
    Carriage other = elsewhere(address, name);
    if (other != null) {
      return not(
          Reason.CarriedElsewhere,
          "gateway " + other.gateway() + " may still carry " + ip + "; it is not given to " + name,
          0);
    }
    Gateway gateway = lens.gateway(name);
    if (gateway == null || gateway.node() == null) {
      return not(Reason.GatewayUnplaced, "gateway " + name + " has no instance", 0);
    }
    if (!gateway.isActive()) {
      return not(
          Reason.WaitingForFence, "gateway " + name + " " + waitsFor(gateway), gateway.placedAt());
    }
    return programming(gateway, item, carriage);
  }

  /** What the observations of the gateway's current instance say of an item that it was given. */
  static Readiness programming(Gateway gateway, String item, Carriage carriage) {
    String name = carriage.gateway();
    String current = "epoch " + gateway.epoch() + " on node " + gateway.node();
    Seen seen = carriage.seen();
    if (seen == null) {
      return not(
          Reason.NotSeenYet, name + " (" + current + ") was not seen with " + item + " yet", 0);
    }
    if (seen.epoch() != gateway.epoch()) {
      return new Readiness(
          Reason.SeenByEarlierInstance,
          "epoch "
              + seen.epoch()
              + " of "
              + name
              + " was seen with "
              + item
              + "; "
              + current
              + " was not yet",
          gateway.placedAt(),
          seen.revision());
    }
    if (!seen.present()) {
      return new Readiness(
          Reason.SeenMissing,
          name
              + " ("
              + current
              + ") was seen without "
              + item
              + ", in observation "
              + seen.observation(),
          0,
          seen.revision());
    }
    return carriage.readyAt(gateway.epoch())
        ? new Readiness(
            Reason.Programmed,
            name + " (" + current + ") was seen with " + item,
            0,
            seen.revision())
        : new Readiness(
            Reason.NotSeenYet,
            name + " was seen with " + item + " as it was wanted before",
            0,
            seen.revision());
  }

  /**
   * What an inactive gateway that is on a node waits for, with the moment by which the wait is
   * surely over.
   */
  static String waitsFor(Gateway gateway) {
    GatewayInstance last = gateway.unfenced().getLast();
    return "waits until epoch "
        + last.epoch()
        + " on node "
        + last.node()
        + " is surely gone: it confirms that it holds nothing, or its lease runs out, not before "
        + Instants.text(last.fenceAt());
  }

  /** Another gateway that may still carry the address; null if there is none. */
  static @Nullable Carriage elsewhere(Address address, String gateway) {
    for (Carriage carriage : address.carriages()) {
      if (!carriage.gateway().equals(gateway)) {
        return carriage;
      }
    }
    return null;
  }
}
