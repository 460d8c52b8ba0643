package io.holdfast.domain.view;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** What would make an address or a rule ready, or the address free. */
final class Unblocking {
  private Unblocking() {}

  static List<String> of(Lens lens, IpAddress ip, Address address, Readiness r) {
    return switch (r.reason()) {
      case Programmed -> List.of();
      case NotAllocated -> released(lens, ip, address);
      case NotAttached -> List.of("Attach it to a gateway (AttachEip).");
      case RuleRemoved ->
          List.of("The rule goes when its gateway is seen without it; nothing has to be done.");
      case CarriedElsewhere -> withdrawals(lens, ip, address, true);
      case GatewayUnplaced -> List.of("Define the gateway anew, or attach the EIP to another.");
      case WaitingForFence -> fences(lens, address);
      case NotSeenYet, SeenByEarlierInstance, SeenMissing -> agents(lens, address);
    };
  }

  private static List<String> released(Lens lens, IpAddress ip, Address address) {
    return switch (address.phase()) {
      case FREE, ALLOCATED -> List.of("Allocate it (AllocateEip).");
      case RELEASING -> withdrawals(lens, ip, address, false);
      case COOLING_DOWN ->
          List.of("Nothing has to be done: it is free at " + Instants.text(address.freeAt()) + ".");
      case RESERVED -> List.of("Put it back into use (UnreserveIp).");
      case QUARANTINED -> quarantine(lens, ip, address);
    };
  }

  private static List<String> quarantine(Lens lens, IpAddress ip, Address address) {
    List<String> all = new ArrayList<>();
    var drifts = lens.drifts(ip);
    if (!drifts.isEmpty()) {
      all.add(
          "Take it off "
              + Conditions.places(drifts)
              + "; once it is seen without it, the quarantine ends in a cool-down.");
    }
    if (address.freeAt() == Address.NEVER) {
      all.add("Find what answers for it, and say when it is gone (EndQuarantine).");
    } else if (address.freeAt() != 0) {
      all.add(
          "Find what answers for it: if that is not seen again until "
              + Instants.text(address.freeAt())
              + ", or an operator says that it is gone (EndQuarantine), it cools down.");
    }
    return all;
  }

  /** What is waited for before the address is surely off the gateways it leaves. */
  private static List<String> withdrawals(
      Lens lens, IpAddress ip, Address address, boolean onlyLeaving) {
    List<String> all = new ArrayList<>();
    for (Carriage c : address.carriages()) {
      Gateway gateway = lens.gateway(c.gateway());
      if (gateway != null && !(onlyLeaving && c.wanted())) {
        all.add(
            gateway.node() == null
                ? "The last instance of gateway " + c.gateway() + " must be fenced."
                : "The agent of gateway "
                    + c.gateway()
                    + " on node "
                    + gateway.node()
                    + " must report an observation (epoch "
                    + gateway.epoch()
                    + ", appliedRevision "
                    + c.revision()
                    + " or later) without "
                    + ip
                    + ".");
        gateway.unfenced().stream()
            .filter(i -> c.mayBeOn(i.epoch()))
            .map(i -> fence(c.gateway(), i))
            .forEach(all::add);
      }
    }
    if (address.carriages().isEmpty()) {
      all.add("Its " + address.rulesLeft() + " rules must be seen gone.");
    }
    return all;
  }

  private static List<String> fences(Lens lens, Address address) {
    List<String> all = new ArrayList<>();
    for (Carriage c : address.carriages()) {
      Gateway gateway = lens.gateway(c.gateway());
      if (gateway != null) {
        gateway.unfenced().forEach(i -> all.add(fence(c.gateway(), i)));
      }
    }
    return all;
  }

  private static String fence(String gateway, GatewayInstance i) {
    return "Epoch "
        + i.epoch()
        + " of gateway "
        + gateway
        + " on node "
        + i.node()
        + " must confirm that it holds nothing; or its lease runs out, not before "
        + Instants.text(i.fenceAt())
        + " and only while its node is silent; or, if the node is surely off, tell so (FenceNode "
        + i.node()
        + ").";
  }

  private static List<String> agents(Lens lens, Address address) {
    List<String> all = new ArrayList<>();
    for (Carriage c : address.carriages()) {
      Gateway gateway = lens.gateway(c.gateway());
      if (gateway != null && c.wanted()) {
        all.add(
            "The agent of gateway "
                + c.gateway()
                + " on node "
                + gateway.node()
                + " must apply revision "
                + gateway.revision()
                + " and report it (epoch "
                + gateway.epoch()
                + "). Is the agent running, and does node "
                + gateway.node()
                + " report heartbeats?");
      }
    }
    return all;
  }
}
