package io.holdfast.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.Change.AddressAddition;
import io.holdfast.agent.driver.Change.AddressRemoval;
import io.holdfast.agent.driver.Change.RuleAddition;
import io.holdfast.agent.driver.Change.RuleRemoval;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.DesiredState;
import io.holdfast.domain.view.DesiredState.DesiredAddress;
import io.holdfast.domain.view.DesiredState.DesiredRule;
import io.holdfast.domain.view.Withdrawal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final IpAddress A = IpAddress.parse("10.1.69.205");
  private static final IpAddress B = IpAddress.parse("10.1.69.206");
  private static final RuleSpec FIP = new RuleSpec.Fip(IpAddress.parse("10.0.0.5"), "v");
  private static final RuleSpec OTHER_FIP = new RuleSpec.Fip(IpAddress.parse("10.0.0.6"), "v");

  private static DesiredState desired(
      List<DesiredAddress> addresses, List<DesiredRule> rules, List<Withdrawal> withdraw) {
    return new DesiredState(
        "gw1", "n1", "i1", 7, 100, "", addresses, rules, List.of(), withdraw, 10_000);
  }

  private static DesiredAddress wanted(IpAddress ip, int prefix) {
    return new DesiredAddress(ip, prefix, 3, 90);
  }

  private static DesiredRule wanted(IpAddress ip, RuleSpec spec) {
    return new DesiredRule(ip, 3, spec, 90);
  }

  private static Inventory.Address seen(IpAddress ip, int prefix, boolean ours) {
    return new Inventory.Address(ip, prefix, ours);
  }

  private static Change plan(DesiredState desired, Inventory inventory) {
    return Plan.of(desired, inventory);
  }

  @Test
  void nothingToDo() {
    Change change =
        plan(
            desired(List.of(wanted(A, 24)), List.of(wanted(A, FIP)), List.of()),
            Inventory.complete(
                List.of(seen(A, 24, true)),
                List.of(new Inventory.Rule(A, "fip", "10.0.0.5", true))));
    assertThat(change.isEmpty()).isTrue();
  }

  @Test
  void addsWhatIsMissing() {
    Change change =
        plan(
            desired(List.of(wanted(A, 24)), List.of(wanted(A, FIP)), List.of()), Inventory.empty());
    assertThat(change.epoch()).isEqualTo(7);
    assertThat(change.addAddresses()).containsExactly(new AddressAddition(A, 24, 3));
    assertThat(change.addRules()).containsExactly(new RuleAddition(A, 3, FIP));
    assertThat(change.size()).isEqualTo(2);
  }

  /** Kube-OVN #4718: exactly the address, with the prefix it has, and nothing of its neighbour. */
  @Test
  void removesExactlyWhatIsThere() {
    Change change =
        plan(
            desired(
                List.of(wanted(B, 24)),
                List.of(),
                List.of(new Withdrawal(A, 24, 17, "", Withdrawal.Reason.Released))),
            Inventory.complete(List.of(seen(A, 24, true), seen(B, 24, true)), List.of()));
    assertThat(change.removeAddresses()).containsExactly(new AddressRemoval(A, 24, 17));
    assertThat(change.size()).isEqualTo(1);
  }

  /** The pool was widened in between: what is there has the old prefix, and that is removed. */
  @Test
  void aChangedPrefixIsRemovedAsItIs() {
    Change change =
        plan(
            desired(List.of(wanted(A, 23)), List.of(), List.of()),
            Inventory.complete(List.of(seen(A, 24, true)), List.of()));
    assertThat(change.removeAddresses()).containsExactly(new AddressRemoval(A, 24, 0));
    assertThat(change.addAddresses()).containsExactly(new AddressAddition(A, 23, 3));
  }

  @Test
  void aRuleWithAnotherTargetIsReplaced() {
    Change change =
        plan(
            desired(List.of(wanted(A, 24)), List.of(wanted(A, OTHER_FIP)), List.of()),
            Inventory.complete(
                List.of(seen(A, 24, true)),
                List.of(new Inventory.Rule(A, "fip", "10.0.0.5", true))));
    assertThat(change.removeRules()).containsExactly(new RuleRemoval(A, "fip", "10.0.0.5", 3));
    assertThat(change.addRules()).containsExactly(new RuleAddition(A, 3, OTHER_FIP));
    assertThat(change.addAddresses()).isEmpty();
  }

  @Test
  void aHalfRuleIsReplaced() {
    Change change =
        plan(
            desired(List.of(wanted(A, 24)), List.of(wanted(A, FIP)), List.of()),
            Inventory.complete(
                List.of(seen(A, 24, true)),
                List.of(new Inventory.Rule(A, "fip", "half:10.0.0.5", true))));
    assertThat(change.removeRules()).hasSize(1);
    assertThat(change.addRules()).hasSize(1);
  }

  @Test
  void whatIsForeignStays() {
    Change change =
        plan(
            desired(
                List.of(),
                List.of(),
                List.of(new Withdrawal(A, 24, 0, "", Withdrawal.Reason.Drift))),
            Inventory.complete(
                List.of(seen(A, 24, false)),
                List.of(new Inventory.Rule(A, "fip", "10.0.0.5", false))));
    assertThat(change.isEmpty()).isTrue();
  }

  /** Otherwise no fence would ever take it down. */
  @Test
  void whatIsForeignAndWantedBecomesOurs() {
    Change change =
        plan(
            desired(List.of(wanted(A, 24)), List.of(), List.of()),
            Inventory.complete(List.of(seen(A, 24, false)), List.of()));
    assertThat(change.addAddresses()).containsExactly(new AddressAddition(A, 24, 3));
    assertThat(change.removeAddresses()).isEmpty();
  }

  @Test
  void aRuleOfAnAddressThatIsNotWantedGoesWithItsTenure() {
    Change change =
        plan(
            desired(
                List.of(),
                List.of(),
                List.of(new Withdrawal(A, 0, 17, "fip", Withdrawal.Reason.RuleRemoved))),
            Inventory.complete(List.of(), List.of(new Inventory.Rule(A, "fip", "x", true))));
    assertThat(change.removeRules()).containsExactly(new RuleRemoval(A, "fip", "x", 17));
  }

  @Test
  void needsACompleteInventory() {
    Inventory partial = new Inventory(false, List.of(), List.of(), Set.of());
    assertThatThrownBy(() -> plan(desired(List.of(), List.of(), List.of()), partial))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
