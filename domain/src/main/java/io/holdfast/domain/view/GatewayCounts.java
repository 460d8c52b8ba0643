package io.holdfast.domain.view;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.DriftKey;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted on a gateway and how much of it is ready; counted in portions, because a gateway
 * may carry very much.
 *
 * @param next where the next portion begins; null: all is counted
 */
public record GatewayCounts(
    long eips, long eipsReady, long rules, long rulesReady, @Nullable CarriedKey next) {

  /** Nothing counted yet. */
  public static GatewayCounts start(String gateway) {
    return new GatewayCounts(0, 0, 0, 0, CarriedKey.first(gateway, true));
  }

  /** This and the next portion, of at most {@code limit} items. */
  public GatewayCounts more(Lens lens, String gateway, int limit) {
    if (next == null) {
      return this;
    }
    Tally tally = new Tally(lens, this, limit);
    lens.state()
        .carried()
        .scan(next, CarriedKey.last(gateway, true), (key, mark) -> tally.add(key));
    return new GatewayCounts(
        tally.eips, tally.eipsReady, tally.rules, tally.rulesReady, tally.next);
  }

  /** How many drifts a gateway has; counts up to {@code limit}. */
  public static int drifts(Lens lens, String gateway, int limit) {
    int[] count = {0};
    lens.state()
        .drifts()
        .scan(DriftKey.first(gateway), DriftKey.last(gateway), (key, drift) -> ++count[0] < limit);
    return count[0];
  }

  private static final class Tally {
    private final Lens lens;
    private int left;
    private long eips;
    private long eipsReady;
    private long rules;
    private long rulesReady;
    private @Nullable CarriedKey next;

    Tally(Lens lens, GatewayCounts from, int limit) {
      this.lens = lens;
      this.left = limit;
      this.eips = from.eips;
      this.eipsReady = from.eipsReady;
      this.rules = from.rules;
      this.rulesReady = from.rulesReady;
    }

    boolean add(CarriedKey key) {
      if (left == 0) {
        next = key;
        return false;
      }
      left--;
      Address address = lens.state().addresses().get(key.ip());
      if (address == null) {
        return true;
      }
      if (key.isAddress()) {
        eips++;
        eipsReady += Readiness.of(lens, key.ip(), address).ready() ? 1 : 0;
        return true;
      }
      Rule rule = lens.state().rules().get(new RuleKey(key.ip(), key.rule()));
      if (rule != null) {
        rules++;
        rulesReady += Readiness.of(lens, key.ip(), address, rule).ready() ? 1 : 0;
      }
      return true;
    }
  }
}
