package io.holdfast.domain.view;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.script.Script;
import io.holdfast.domain.state.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A network made by a script: a pool, a gateway on n1 (n2 and n3 are candidates) and another. */
final class World {
  static final IpAddress IP = IpAddress.parse("10.0.0.1");

  private final Script script = new Script();

  World() {
    script.play(
        """
        heartbeat n1 b1
        heartbeat n2 b1
        heartbeat n3 b1
        define-pool p 10.0.0.0/24 subnet=10.0.0.0/24
        define-gateway gw1 n1,n2,n3 fence=10s
        define-gateway gw2 n3
        started gw1 n1 b1 i1
        started gw2 n3 b1 j1
        """);
  }

  World play(String lines) {
    script.play(lines);
    return this;
  }

  State state() {
    return script.ledger().state();
  }

  Lens lens() {
    return new Lens(state());
  }

  long now() {
    return script.ledger().now();
  }

  long time() {
    return script.ledger().head().time();
  }

  Address address() {
    return Objects.requireNonNull(state().addresses().get(IP));
  }

  long tenure() {
    return address().tenure();
  }

  EipView eip() {
    return EipView.of(lens(), IP, address());
  }

  RuleView rule(String id) {
    RuleKey key = new RuleKey(IP, id);
    Rule rule = Objects.requireNonNull(state().rules().get(key));
    return RuleView.of(lens(), key, rule);
  }

  Condition condition(Condition.Type type) {
    return eip().conditions().stream().filter(c -> c.type() == type).findFirst().orElseThrow();
  }

  DesiredState desired(String gateway, String node) {
    return Objects.requireNonNull(DesiredState.of(state(), gateway, node));
  }

  Explanation explain() {
    return explain(eip());
  }

  Explanation explain(@Nullable EipView eip) {
    EipView known = Objects.requireNonNull(eip);
    return Explanation.of(lens(), known, RuleView.ofAddress(lens(), known.ip(), 100));
  }
}
