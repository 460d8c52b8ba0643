package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.script.Script;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of an EIP: what they may share, what replaces what, and what goes with the EIP. */
class RuleEdgesTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      heartbeat n1 b1
      define-gateway gw1 n1
      allocate owner=a count=2 gateway=gw1
      """;

  @Test
  void anInsideMayHaveManyPortsOnManyEips() {
    new Script()
        .play(WORLD)
        .play(
            """
            bind-fip 10.0.0.1 192.168.0.1
            add-dnat 10.0.0.1 tcp/80 192.168.0.1       -> ok DnatAdded
            add-dnat 10.0.0.2 tcp/80 192.168.0.1       -> ok DnatAdded
            add-dnat 10.0.0.2 udp/80 192.168.0.1       -> ok DnatAdded
            remove-dnat 10.0.0.1 tcp/80
            observe gw1 all                            -> RuleWithdrawn*1
            add-dnat 10.0.0.1 tcp/81 192.168.0.1       -> ok DnatAdded
            """);
  }

  @Test
  void allRulesGoWithAnEipThatIsForcedToGo() {
    new Script()
        .play(WORLD)
        .play(
            """
            bind-fip 10.0.0.1 192.168.0.1
            add-dnat 10.0.0.1 tcp/80 192.168.0.1
            add-snat 10.0.0.1 192.168.0.0/24
            force-release 10.0.0.1                     -> FipUnbound DnatRemoved SnatRemoved EipReleaseRequested
            """);
  }

  /** An event says of itself whether it took the place of a live rule. */
  @Test
  void onlyALiveRuleIsReplaced() {
    Script script =
        new Script()
            .play(WORLD)
            .play(
                """
                bind-fip 10.0.0.1 192.168.0.1
                bind-fip 10.0.0.1 192.168.0.2 replace
                unbind-fip 10.0.0.1
                bind-fip 10.0.0.1 192.168.0.3
                add-dnat 10.0.0.1 tcp/80 192.168.0.1
                add-dnat 10.0.0.1 tcp/80 192.168.0.2 replace
                remove-dnat 10.0.0.1 tcp/80
                add-dnat 10.0.0.1 tcp/80 192.168.0.3
                """);
    List<Boolean> replaced =
        script.ledger().log().stream()
            .map(Recorded::event)
            .filter(e -> e instanceof Event.FipBound || e instanceof Event.DnatAdded)
            .map(e ->
                e instanceof Event.FipBound f ? f.replaced() : ((Event.DnatAdded) e).replaced())
            .toList();
    assertThat(replaced).containsExactly(false, true, false, false, true, false);
  }
}
