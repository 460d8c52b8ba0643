package io.holdfast.simulator.node;

import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.DesiredState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes a kernel match what is wanted: removals, then additions, of what is Holdfast's. */
final class Applier {
  private Applier() {}

  /**
   * @param changed takes every item that was touched
   * @return whether the kernel is as it should be
   */
  static boolean apply(
      Kernel kernel, DesiredState wanted, Mishap mishap, Consumer<RuleKey> changed) {
    Map<IpAddress, Integer> addresses = HashMap.newHashMap(wanted.addresses().size());
    wanted.addresses().forEach(a -> addresses.put(a.ip(), a.prefixLength()));
    Map<RuleKey, RuleSpec> rules = HashMap.newHashMap(wanted.rules().size());
    wanted.rules().forEach(r -> rules.put(new RuleKey(r.ip(), r.spec().id()), r.spec()));

    List<RuleKey> goneRules = new ArrayList<>();
    kernel
        .rules()
        .forEach((key, spec) -> {
          if (!spec.equals(rules.get(key))) {
            goneRules.add(key);
          }
        });
    List<IpAddress> gone = new ArrayList<>();
    kernel
        .addresses()
        .forEach((ip, up) -> {
          Integer prefix = addresses.get(ip);
          if (up.ours() && (prefix == null || prefix != up.prefixLength())) {
            gone.add(ip);
          }
        });
    boolean removes = mishap != Mishap.STUCK && mishap != Mishap.DIES;
    boolean adds = mishap != Mishap.FULL;
    goneRules.forEach(changed);
    gone.forEach(ip -> changed.accept(GatewayAgent.address(ip)));
    if (removes) {
      goneRules.forEach(kernel::remove);
      gone.forEach(kernel::take);
    }
    boolean missing = false;
    for (DesiredState.DesiredAddress a : wanted.addresses()) {
      Kernel.Up up = kernel.addresses().get(a.ip());
      if (up == null || !up.ours()) {
        missing = true;
        changed.accept(GatewayAgent.address(a.ip()));
        if (adds) {
          kernel.add(a.ip(), a.prefixLength());
        }
      }
    }
    for (DesiredState.DesiredRule r : wanted.rules()) {
      RuleKey key = new RuleKey(r.ip(), r.spec().id());
      if (!kernel.rules().containsKey(key)) {
        missing = true;
        changed.accept(key);
        if (adds) {
          kernel.add(key, r.spec());
        }
      }
    }
    boolean left = !removes && !(gone.isEmpty() && goneRules.isEmpty());
    return !left && (adds || !missing);
  }
}
