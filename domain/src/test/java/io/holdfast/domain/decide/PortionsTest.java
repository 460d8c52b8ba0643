package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.script.Script;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import io.holdfast.domain.state.Timers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waited for an instance is worked off in portions of 200, and every timer has its turn. */
class PortionsTest {
  private static Script withdrawing(int count) {
    Script script =
        new Script()
            .auditAtTheEnd()
            .play(
                """
                define-pool p 10.0.0.0/22 cooldown=30s
                heartbeat n1 b1
                heartbeat n2 b1
                define-gateway gw1 n1,n2 fence=10s
                """);
    for (int i = 0; i < count; i++) {
      script.step("allocate owner=a" + i + " gateway=gw1");
    }
    script.step("observe gw1 all");
    return script;
  }

  private static Script released(int count) {
    Script script = withdrawing(count);
    for (int i = 1; i <= count; i++) {
      script.step("release 10.0.%d.%d".formatted(i >> 8, i & 255));
    }
    return script;
  }

  @Test
  void aPortionGoesOnWhereTheLastOneStopped() {
    released(450)
        .play(
            """
            reschedule gw1 n2
            observe gw1 n1 epoch=1                   -> GatewayInstanceFenced EipWithdrawn*0
            tick +0s                                 -> EipWithdrawn*200 EipCooldownStarted*200
            tick +0s                                 -> EipWithdrawn*200
            tick +0s                                 -> EipWithdrawn*50
            tick +0s                                 -> silent
            pool p                                   -> releasing=0 cooling=450
            """);
  }

  @Test
  void aFullPortionIsTheLastIfNothingIsLeft() {
    Script script =
        released(200)
            .play(
                """
                reschedule gw1 n2
                observe gw1 n1 epoch=1               -> GatewayInstanceFenced
                tick +0s                             -> EipWithdrawn*200
                """);
    assertThat(Timers.of(script.ledger().state())).noneMatch(key -> key.kind() == TimerKind.SWEEP);
  }

  @Test
  void itMayGoOnWithARule() {
    Script script = withdrawing(200);
    for (String rule : List.of("tcp/80", "tcp/81")) {
      script.step("add-dnat 10.0.0.200 " + rule + " 192.168.0.1");
    }
    script.play("observe gw1 all -> RuleProgrammed*2");
    script.play("remove-dnat 10.0.0.200 tcp/80\nremove-dnat 10.0.0.200 tcp/81");
    for (int i = 1; i <= 200; i++) {
      script.step("release 10.0.0." + i);
    }
    script.play(
        """
        reschedule gw1 n2
        observe gw1 n1 epoch=1                       -> GatewayInstanceFenced
        tick +0s                                     -> EipWithdrawn*200 RuleWithdrawn*0 EipCooldownStarted*199
        tick +0s                                     -> RuleWithdrawn*2 EipCooldownStarted*1
        """);
  }

  @Test
  void aPortionOfWhichAllMustWaitDoesNotHoldUpTheNext() {
    Script script = withdrawing(201);
    script.play("release 10.0.0.201\nreschedule gw1 n2");
    for (int i = 1; i <= 200; i++) {
      script.step("release 10.0.0." + i);
    }
    script.play(
        """
        observe gw1 n1 epoch=1                       -> GatewayInstanceFenced
        tick +0s                                     -> silent
        tick +0s                                     -> EipWithdrawn*1
        eip 10.0.0.201                               -> COOLING_DOWN
        tick +0s                                     -> silent
        """);
  }

  @Test
  void whatAnotherUnfencedInstanceMayCarryIsLeft() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 cooldown=30s
            heartbeat n1 b1
            heartbeat n2 b1
            heartbeat n3 b1
            define-gateway gw1 n1,n2,n3 fence=10s
            allocate owner=a count=2 gateway=gw1
            observe gw1 all
            release 10.0.0.1
            reschedule gw1 n2
            release 10.0.0.2
            reschedule gw1 n3
            observe gw1 n1 epoch=1                   -> GatewayInstanceFenced
            tick +0s                                 -> EipWithdrawn*1
            eip 10.0.0.1                             -> COOLING_DOWN
            eip 10.0.0.2                             -> RELEASING
            observe gw1 n2 epoch=2                   -> GatewayInstanceFenced
            tick +0s                                 -> EipWithdrawn*1
            """);
  }

  /**
   * The node was heard of: the lease runs on from there. Then it is fenced, before that is over.
   */
  @Test
  void aFenceThatWasPutOffAndIsNotNeededAnyMoreDoesNothing() {
    Script script =
        new Script()
            .play(
                """
                heartbeat n1 b1
                heartbeat n2 b1
                define-gateway gw1 n1,n2 fence=10s
                reschedule gw1 n2
                wait +10s
                heartbeat n1 b1
                heartbeat n2 b1
                tick +3s                             -> GatewayInstanceFenced*0
                observe gw1 n1 epoch=1               -> GatewayInstanceFenced
                heartbeat n1 b1
                heartbeat n2 b1
                tick +10s                            -> silent
                """);
    assertThat(Timers.of(script.ledger().state())).noneMatch(key -> key.kind() == TimerKind.FENCE);
  }

  @Test
  void afterTheFenceItsTimerIsGone() {
    Script script =
        new Script()
            .play(
                """
                heartbeat n1 b1
                heartbeat n2 b1
                define-gateway gw1 n1,n2 fence=10s
                reschedule gw1 n2
                """);
    assertThat(Timers.of(script.ledger().state())).anyMatch(key -> key.kind() == TimerKind.FENCE);
    script.play("observe gw1 n1 epoch=1 -> GatewayInstanceFenced");
    assertThat(Timers.of(script.ledger().state())).noneMatch(key -> key.kind() == TimerKind.FENCE);
  }

  @Test
  void noMoreTimersFireAtOnceThanAskedFor() {
    Script script = new Script().play("define-pool p 10.0.0.0/29 cooldown=30s");
    for (int i = 1; i <= 3; i++) {
      script.step("allocate owner=a" + i);
      script.step("release 10.0.0." + i);
    }
    script.step("wait +30s");
    Decision<Integer> first =
        new Decider(Settings.DEFAULT)
            .timers(
                script.ledger().state(),
                script.ledger().head(),
                script.ledger().now(),
                script.ledger().now(),
                2);
    assertThat(first.answer()).isEqualTo(2);
    assertThat(first.events()).hasSize(2);
    script.play("tick +0s -> EipFreed*3");
  }

  /** Whoever begins to wait was looked at just now: it is again when it has waited too long. */
  @Test
  void whoBeginsToWaitIsNotLookedAtAgainAtOnce() {
    Script script =
        new Script()
            .play(
                """
                define-pool p 10.0.0.1 cooldown=30s
                allocate owner=a
                allocate owner=b wait=1h             -> waiting#1
                """);
    assertThat(Timers.of(script.ledger().state()))
        .filteredOn(key -> key.kind() == TimerKind.WAIT)
        .extracting(TimerKey::due)
        .containsExactly(script.ledger().now() + 3_600_000);
  }
}
