package io.holdfast.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerExplanationTest {
  private final World world = new World();

  private Sentences explain(String id) {
    Outcome outcome = Objects.requireNonNull(world.state().outcomes().get(id)).outcome();
    return AnswerExplanation.of(world.state(), id, outcome, world.time());
  }

  private static void says(List<String> sentences, String... parts) {
    assertThat(String.join("\n", sentences)).contains(parts);
  }

  @Test
  void exhaustedThenAndNow() {
    world.play(
        """
        define-pool q 10.9.0.1 cooldown=30s
        allocate owner=a pool=q
        allocate owner=b pool=q id=c1
        """);
    Sentences e = explain("c1");
    says(e.state(), "Command c1 was refused (PoolExhausted) when the network was at sequence");
    says(e.why(), "No free address in q (1 more needed).", "q.allocated 1", "q.free 0");
    says(e.why(), "Now pool q: 0 of 1 free.");
    says(e.unblock(), "onExhausted WAIT", "under a new command id");
    world.play("release 10.9.0.1");
    says(explain("c1").why(), "the next that rests is free at " + at(30_000));
    world.play("tick +30s");
    says(explain("c1").why(), "Now pool q: 1 of 1 free.", "q.free 0");
    world.play("remove-pool q");
    says(explain("c1").why(), "Now: there is no pool q.");
  }

  private String at(long laterMs) {
    return Instants.text(world.now() + laterMs);
  }

  @Test
  void anAddressInUse() {
    world.play("allocate owner=a\nallocate owner=b ip=10.0.0.1 id=c1");
    says(explain("c1").why(), "10.0.0.1 is held by t/Pod/ns/a");
    says(explain("c1").why(), "Now: 10.0.0.1 of pool p is held by t/Pod/ns/a since 20");
    world.play("release 10.0.0.1");
    says(explain("c1").why(), "Now: 10.0.0.1 of pool p is surely nowhere and cools down until");
  }

  @Test
  void aQuota() {
    world.play("quota t 1\nallocate owner=a\nallocate owner=b id=c1");
    says(explain("c1").why(), "limit 1", "used 1", "Now: tenant t has 1 of 1.");
    world.play("quota t 5");
    says(explain("c1").why(), "Now: tenant t has 1 of 5.");
    world.play("quota t none");
    says(explain("c1").why(), "Now: tenant t has no limit.");
  }

  @Test
  void gatewaysAndNodes() {
    world.play("allocate owner=a gateway=gw9 id=c1\nallocate owner=a node=n9 id=c2");
    says(explain("c1").why(), "Now: gateway gw9 is unknown.");
    says(explain("c2").why(), "Now: node n9 is unknown.");
    world.play("define-gateway gw9 n1\nheartbeat n9 b1");
    says(explain("c1").why(), "Now: gateway gw9 is on node n1.");
    says(explain("c2").why(), "Now: node n9 is up.");
    world.play("retire gw9");
    says(explain("c1").why(), "Now: gateway gw9 is being retired.");
  }

  @Test
  void aFieldAtFault() {
    world.play("allocate owner=a count=300 id=c1");
    says(explain("c1").unblock(), "Correct count; allowed: 1 to 256.");
  }

  @Test
  void accepted() {
    world.play("allocate owner=a id=c1");
    Sentences e = explain("c1");
    says(e.state(), "Command c1 was accepted at sequence", "10.0.0.1 of pool p", "which goes on.");
    assertThat(e.why()).isEmpty();
    world.play("release 10.0.0.1\ntick +300s\nallocate owner=b ip=10.0.0.1");
    says(explain("c1").state(), "which is over.");
  }

  @Test
  void waiting() {
    world.play(
        """
        define-pool q 10.9.0.1 cooldown=0s
        allocate owner=a pool=q
        allocate owner=b pool=q wait=1h
        allocate owner=c pool=q wait=1h id=c1
        """);
    says(explain("c1").state(), "It waits for addresses with ticket", "now at position 2.");
    says(explain("c1").why(), "Pools that may serve it: q.");
    says(explain("c1").unblock(), "given up at " + at(3_600_000));
    world.play("cancel b");
    says(explain("c1").state(), "now at position 1.");
    world.play("release 10.9.0.1");
    says(explain("c1").state(), "does not any more");
  }

  /** Whatever was refused, there is something to do about it, and its text is a sentence. */
  @ParameterizedTest
  @EnumSource(RefusalCode.class)
  void everyRefusalCanBeHelped(RefusalCode code) {
    Refusal refusal = new Refusal(code, "so it is", "field", "value", "this", Map.of());
    Sentences e =
        AnswerExplanation.of(world.state(), "c", new Outcome.Rejected(refusal, 7), world.time());
    assertThat(e.unblock()).hasSize(2).allMatch(s -> s.endsWith("."));
    assertThat(e.why()).containsExactly("So it is.");
  }
}
