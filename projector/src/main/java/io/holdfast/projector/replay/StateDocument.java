package io.holdfast.projector.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import io.holdfast.domain.view.Lens;
import io.holdfast.domain.view.Readiness;
import java.time.Instant;

/** A folded network as a JSON document. */
public final class StateDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StateDocument() {}

  public static ObjectNode of(Folding folding) {
    State state = folding.state();
    ObjectNode document = JSON.createObjectNode();
    document.put("network", folding.network()).put("sequence", folding.sequence());
    if (folding.sequence() > 0) {
      document.put("time", Instant.ofEpochMilli(folding.time()).toString());
    }
    document.put("digest", Folding.hex(folding.digest())).put("hash", folding.hash().toString());
    Fault fault = folding.fault();
    if (fault != null) {
      document.put("fault", fault.toString());
    }
    pools(state, document.putArray("pools"));
    gateways(state, document.putArray("gateways"));
    addresses(state, document.putArray("addresses"));
    return document;
  }

  private static void pools(State state, ArrayNode pools) {
    state
        .poolUse()
        .scan(
            "",
            TableId.LAST_NAME,
            (name, use) -> {
              pools
                  .addObject()
                  .put("pool", name)
                  .put("allocated", use.allocated())
                  .put("releasing", use.releasing())
                  .put("coolingDown", use.coolingDown())
                  .put("quarantined", use.quarantined());
              return true;
            });
  }

  private static void gateways(State state, ArrayNode gateways) {
    state
        .gateways()
        .scan(
            "",
            TableId.LAST_NAME,
            (name, gateway) -> {
              gateways
                  .addObject()
                  .put("gateway", name)
                  .put("node", gateway.node())
                  .put("epoch", gateway.epoch())
                  .put("unfenced", gateway.unfenced().size());
              return true;
            });
  }

  private static void addresses(State state, ArrayNode addresses) {
    Lens lens = new Lens(state);
    state
        .addresses()
        .scan(
            IpAddress.LOWEST,
            IpAddress.HIGHEST,
            (ip, address) -> {
              if (address.phase() != Phase.FREE) {
                address(lens, state, ip, address, addresses.addObject());
              }
              return true;
            });
  }

  private static void address(
      Lens lens, State state, IpAddress ip, Address address, ObjectNode node) {
    node.put("ip", ip.toString()).put("pool", address.pool());
    node.put("phase", phase(address.phase())).put("tenure", address.tenure());
    Tenancy tenancy = address.tenancy();
    if (tenancy != null) {
      node.put("owner", tenancy.owner().toString()).put("gateway", tenancy.gateway());
      node.put("ready", Readiness.of(lens, ip, address).ready());
      ArrayNode rules = node.putArray("rules");
      state
          .rules()
          .scan(
              new RuleKey(ip, ""),
              new RuleKey(ip, TableId.LAST_NAME),
              (key, rule) -> {
                if (rule.wanted()) {
                  rules.add(rule.spec().id() + " -> " + rule.spec().target());
                }
                return true;
              });
    }
  }

  private static String phase(Phase phase) {
    return switch (phase) {
      case FREE -> "Free";
      case ALLOCATED -> "Allocated";
      case RELEASING -> "Releasing";
      case COOLING_DOWN -> "CoolingDown";
      case QUARANTINED -> "Quarantined";
      case RESERVED -> "Reserved";
    };
  }
}
