package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Change;
import io.holdfast.domain.net.InvalidAddressException;
import io.holdfast.domain.net.IpAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Works out from what is in the maps which elements a change takes out and puts in. Elements of
 * others are left alone.
 */
final class RulePlan {
  static final String HALF = "half:";

  /** How to look an element up. */
  @FunctionalInterface
  interface Lookup {
    @Nullable NatElement get(NatKey key) throws IOException;
  }

  private final Lookup lookup;
  private final Map<NatKey, @Nullable NatElement> before = new HashMap<>();
  private final Map<NatKey, @Nullable NatElement> after = new LinkedHashMap<>();
  private final List<String> refused = new ArrayList<>();

  RulePlan(Lookup lookup) {
    this.lookup = lookup;
  }

  void remove(Change.RuleRemoval removal) throws IOException {
    String target = removal.target();
    boolean half = target.startsWith(HALF);
    String whole = half ? target.substring(HALF.length()) : target;
    NatElement first = now(NatRules.key(removal.ip(), removal.rule()));
    take(removal, first, whole);
    if (removal.rule().equals("fip")) {
      try {
        IpAddress internal = IpAddress.parse(whole);
        take(removal, now(NatKey.of(NatMap.fipOut(internal.family()), internal)), whole);
      } catch (InvalidAddressException e) {
        refused.add("remove fip of " + removal.ip() + ": target '" + target + "' is no address");
      }
    }
  }

  /** Only if it is of this very rule with this very target. */
  private void take(Change.RuleRemoval removal, @Nullable NatElement element, String target) {
    if (element == null
        || !NatRules.eip(element).equals(removal.ip())
        || !NatRules.target(element).equals(target)) {
      return;
    }
    if (element.ours()) {
      after.put(element.key(), null);
    } else {
      refused.add(
          "remove " + removal.rule() + " of " + removal.ip() + ": Holdfast did not put it there");
    }
  }

  void add(Change.RuleAddition addition) throws IOException {
    List<NatElement> wanted = NatRules.elements(addition.ip(), addition.spec(), addition.tenure());
    for (NatElement element : wanted) {
      NatElement there = now(element.key());
      String obstacle = there == null ? null : obstacle(element, there);
      if (obstacle != null) {
        refused.add("add " + addition.spec().id() + " of " + addition.ip() + ": " + obstacle);
        return;
      }
    }
    for (NatElement element : wanted) {
      NatElement there = now(element.key());
      if (there != null && element.key().map().kind() == NatMap.Kind.FIP_IN) {
        dropOtherWay(there);
      }
      after.put(element.key(), element);
    }
  }

  /** A FIP that gets another target leaves nothing of its way out behind. */
  private void dropOtherWay(NatElement in) throws IOException {
    IpAddress internal = in.value().ip();
    NatElement out = now(NatKey.of(NatMap.fipOut(internal.family()), internal));
    if (out != null && out.ours() && out.value().ip().equals(in.key().ip())) {
      after.put(out.key(), null);
    }
  }

  /** What stands in the way of an element, in words; null if nothing. */
  private static @Nullable String obstacle(NatElement wanted, NatElement there) {
    if (there.value().equals(wanted.value())) {
      return null;
    }
    String what = there.key().map().name() + " has " + there.key().ip() + " for ";
    if (!there.ours()) {
      return what + there.value().ip() + ", and Holdfast did not put it there";
    }
    return NatRules.eip(there).equals(NatRules.eip(wanted))
        ? null
        : what + there.value().ip() + " already";
  }

  private @Nullable NatElement now(NatKey key) throws IOException {
    if (after.containsKey(key)) {
      return after.get(key);
    }
    if (!before.containsKey(key)) {
      before.put(key, lookup.get(key));
    }
    return before.get(key);
  }

  /** In words. */
  List<String> refused() {
    return refused;
  }

  /** Elements to take out, as they are. */
  List<NatElement> deletions() {
    List<NatElement> deletions = new ArrayList<>();
    after.forEach((key, element) -> {
      NatElement there = before.get(key);
      if (there != null && !there.equals(element)) {
        deletions.add(there);
      }
    });
    return deletions;
  }

  /** Elements to put in. */
  List<NatElement> additions() {
    List<NatElement> additions = new ArrayList<>();
    after.forEach((key, element) -> {
      if (element != null && !element.equals(before.get(key))) {
        additions.add(element);
      }
    });
    return additions;
  }
}
