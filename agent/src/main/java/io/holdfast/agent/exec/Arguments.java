package io.holdfast.agent.exec;

import io.holdfast.agent.driver.Change;
import io.holdfast.domain.model.RuleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The arguments of the user's program, as docs/agent.md has them. */
final class Arguments {
  private final List<String> all = new ArrayList<>();

  private Arguments(String verb, String network, String gateway) {
    all.add(verb);
    with("network", network).with("gateway", gateway);
  }

  static Arguments of(String verb, String network, String gateway) {
    return new Arguments(verb, network, gateway);
  }

  Arguments with(String name, Object value) {
    all.add("--" + name);
    all.add(value.toString());
    return this;
  }

  Arguments address(long epoch, Change.AddressAddition a) {
    return with("epoch", epoch)
        .with("tenure", a.tenure())
        .with("ip", a.ip())
        .with("prefix", a.prefixLength());
  }

  Arguments address(long epoch, Change.AddressRemoval a) {
    return with("epoch", epoch)
        .with("tenure", a.tenure())
        .with("ip", a.ip())
        .with("prefix", a.prefixLength());
  }

  Arguments rule(long epoch, Change.RuleRemoval r) {
    return with("epoch", epoch)
        .with("tenure", r.tenure())
        .with("ip", r.ip())
        .with("rule", r.rule())
        .with("target", r.target());
  }

  Arguments rule(long epoch, Change.RuleAddition r) {
    with("epoch", epoch)
        .with("tenure", r.tenure())
        .with("ip", r.ip())
        .with("rule", r.spec().id())
        .with("target", r.spec().target())
        .with("vpc", r.spec().vpc());
    return switch (r.spec()) {
      case RuleSpec.Fip fip -> with("kind", "fip").with("internal-ip", fip.internalIp());
      case RuleSpec.Dnat dnat ->
          with("kind", "dnat")
              .with("protocol", dnat.protocol().name().toLowerCase(Locale.ROOT))
              .with("port", dnat.port())
              .with("internal-ip", dnat.internalIp())
              .with("internal-port", dnat.internalPort());
      case RuleSpec.Snat snat -> with("kind", "snat").with("source", snat.source());
    };
  }

  List<String> list() {
    return List.copyOf(all);
  }
}
