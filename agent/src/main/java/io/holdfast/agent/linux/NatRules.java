package io.holdfast.agent.linux;

import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import java.util.List;
import java.util.Locale;

/** Which elements a rule is made of, and which rule an element belongs to. */
final class NatRules {
  private NatRules() {}

  static List<NatElement> elements(IpAddress eip, RuleSpec spec, long tenure) {
    return switch (spec) {
      case RuleSpec.Fip fip ->
          List.of(
              NatElement.of(
                  NatKey.of(NatMap.fipIn(eip.family()), eip),
                  new NatValue(fip.internalIp(), 0),
                  tenure),
              NatElement.of(
                  NatKey.of(NatMap.fipOut(eip.family()), fip.internalIp()),
                  new NatValue(eip, 0),
                  tenure));
      case RuleSpec.Dnat dnat ->
          List.of(
              NatElement.of(
                  new NatKey(NatMap.dnat(eip.family()), eip, dnat.protocol(), dnat.port()),
                  new NatValue(dnat.internalIp(), dnat.internalPort()),
                  tenure));
      case RuleSpec.Snat snat ->
          List.of(NatElement.of(snatKey(snat.source()), new NatValue(eip, 0), tenure));
    };
  }

  static NatKey snatKey(Cidr source) {
    return NatKey.of(
        NatMap.snat(source.network().family(), source.prefixLength()), source.network());
  }

  /**
   * The key that a rule of this id is found under; for a FIP the one of its way in.
   *
   * @throws IllegalArgumentException if there is no such id
   */
  static NatKey key(IpAddress eip, String rule) {
    if (rule.equals("fip")) {
      return NatKey.of(NatMap.fipIn(eip.family()), eip);
    }
    String[] parts = rule.split("/", 3);
    try {
      if (parts.length == 3 && parts[0].equals("dnat")) {
        Protocol protocol = Protocol.valueOf(parts[1].toUpperCase(Locale.ROOT));
        return new NatKey(NatMap.dnat(eip.family()), eip, protocol, Integer.parseInt(parts[2]));
      }
      if (parts.length == 3 && parts[0].equals("snat")) {
        return snatKey(Cidr.parse(parts[1] + "/" + parts[2]));
      }
    } catch (IllegalArgumentException e) {
      throw unknown(rule, e);
    }
    throw unknown(rule, null);
  }

  private static IllegalArgumentException unknown(
      String rule, @org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException(
        "rule '" + rule + "' is none; allowed: fip, dnat/PROTOCOL/PORT, snat/PREFIX", cause);
  }

  /** Whose rule it is. */
  static IpAddress eip(NatElement element) {
    return switch (element.key().map().kind()) {
      case FIP_IN, DNAT -> element.key().ip();
      case FIP_OUT, SNAT -> element.value().ip();
    };
  }

  /** The rule's id. */
  static String id(NatElement element) {
    NatKey key = element.key();
    return switch (key.map().kind()) {
      case FIP_IN, FIP_OUT -> "fip";
      case DNAT -> RuleSpec.Dnat.id(key.protocol(), key.port());
      case SNAT -> RuleSpec.Snat.id(Cidr.around(key.ip(), key.map().length()));
    };
  }

  /** The rule's target. */
  static String target(NatElement element) {
    NatKey key = element.key();
    NatValue value = element.value();
    return switch (key.map().kind()) {
      case FIP_IN -> value.ip().toString();
      case FIP_OUT -> key.ip().toString();
      case DNAT ->
          new RuleSpec.Dnat(key.protocol(), key.port(), value.ip(), value.port(), "").target();
      case SNAT -> "";
    };
  }
}
