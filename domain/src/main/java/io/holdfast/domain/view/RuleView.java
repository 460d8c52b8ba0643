package io.holdfast.domain.view;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.List;

/** A rule with what follows from the state. */
public record RuleView(RuleKey key, Rule rule, Readiness readiness, List<Condition> conditions) {
  public RuleView {
    conditions = List.copyOf(conditions);
  }

  public boolean ready() {
    return readiness.ready();
  }

  public static RuleView of(Lens lens, RuleKey key, Rule rule) {
    Address address = lens.state().addresses().get(key.ip());
    Readiness readiness =
        address == null ? Readiness.unused(key.ip()) : Readiness.of(lens, key.ip(), address, rule);
    return new RuleView(key, rule, readiness, Conditions.of(lens, rule, readiness));
  }

  /** The rules of one address, wanted or not yet seen gone; at most {@code limit}. */
  public static List<RuleView> ofAddress(Lens lens, IpAddress ip, int limit) {
    List<RuleView> all = new ArrayList<>();
    lens.state()
        .rules()
        .scan(
            new RuleKey(ip, ""),
            new RuleKey(ip, TableId.LAST_NAME),
            (key, rule) -> {
              all.add(of(lens, key, rule));
              return all.size() < limit;
            });
    return all;
  }
}
