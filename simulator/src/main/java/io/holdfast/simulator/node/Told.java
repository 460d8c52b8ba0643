package io.holdfast.simulator.node;

import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.view.DesiredState;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the service has been told of a gateway, and so what is still to be told. */
final class Told {
  private final Map<RuleKey, Long> revisions = new HashMap<>();
  private final Set<RuleKey> changed = new TreeSet<>();
  private long epoch = -1;
  private long wholeAt = -1;

  void forget() {
    revisions.clear();
    epoch = -1;
    wholeAt = -1;
  }

  void changed(RuleKey item) {
    changed.add(item);
  }

  /** The first time in an epoch, and when it is to hold nothing: only all of it proves that. */
  boolean needsWhole(DesiredState wanted) {
    boolean empty = wanted.addresses().isEmpty() && wanted.rules().isEmpty();
    return wanted.epoch() != epoch || (empty && wholeAt < wanted.revision());
  }

  /** Items of another revision than told, removals, and what was touched. */
  Set<RuleKey> due(DesiredState wanted) {
    Set<RuleKey> due = new TreeSet<>(changed);
    wanted.withdraw().forEach(w -> due.add(new RuleKey(w.ip(), w.rule())));
    for (DesiredState.DesiredAddress a : wanted.addresses()) {
      RuleKey key = GatewayAgent.address(a.ip());
      Long known = revisions.get(key);
      if (known == null || known != a.revision()) {
        due.add(key);
      }
    }
    for (DesiredState.DesiredRule r : wanted.rules()) {
      RuleKey key = new RuleKey(r.ip(), r.spec().id());
      Long known = revisions.get(key);
      if (known == null || known != r.revision()) {
        due.add(key);
      }
    }
    return due;
  }

  void told(DesiredState wanted, boolean whole) {
    revisions.clear();
    changed.clear();
    wanted.addresses().forEach(a -> revisions.put(GatewayAgent.address(a.ip()), a.revision()));
    wanted.rules().forEach(r -> revisions.put(new RuleKey(r.ip(), r.spec().id()), r.revision()));
    epoch = wanted.epoch();
    if (whole) {
      wholeAt = wanted.revision();
    }
  }
}
