package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.script.Script;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What exactly an observation proves: of which item, of which moment, of which instance. */
class ObservationEdgesTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      heartbeat n1 b1
      heartbeat n2 b1
      define-gateway gw1 n1,n2 fence=10s failover=takeover
      allocate owner=a gateway=gw1                 -> 10.0.0.1
      bind-fip 10.0.0.1 192.168.0.1
      """;

  @Test
  void onlyALaterOneOfTheSameInstanceSaysThatSomethingIsMissing() {
    new Script()
        .play(WORLD)
        .play(
            """
            observe gw1 all number=50                -> EipProgrammed RuleProgrammed
            observe gw1 number=49                    -> used silent
            observe gw1 number=50                    -> used silent
            eip 10.0.0.1                             -> ready
            observe gw1 number=51                    -> EipUnprogrammed RuleUnprogrammed
            observe gw1 all number=51                -> used silent
            observe gw1 all number=52                -> EipProgrammed RuleProgrammed
            """);
  }

  @Test
  void anotherContentInItsPlaceIsNotIt() {
    new Script()
        .play(WORLD)
        .play(
            """
            observe gw1 all                          -> EipProgrammed RuleProgrammed
            observe gw1 ip=10.0.0.1/24 rule=10.0.0.1|fip|192.168.0.9 -> EipUnprogrammed RuleUnprogrammed
            eip 10.0.0.1                             -> unready
            rule 10.0.0.1 fip                        -> unready
            """);
  }

  @Test
  void aPartialOneSpeaksOfWhatItNamesOnly() {
    new Script()
        .play(WORLD)
        .play(
            """
            observe gw1 all                          -> EipProgrammed RuleProgrammed
            observe gw1 partial                      -> silent
            observe gw1 partial absent-rule=10.0.0.1|fip -> RuleUnprogrammed EipUnprogrammed*0
            observe gw1 partial absent=10.0.0.1      -> EipUnprogrammed RuleUnprogrammed*0
            """);
  }

  /** Found by simulation: what it named was gone through in an order that each process has anew. */
  @Test
  void eventsFollowItsItemsInOrderInEveryProcess() {
    Script script =
        new Script().play("define-pool p 10.0.0.0/26\nheartbeat n1 b1\ndefine-gateway gw1 n1");
    script.play("repeat 40 allocate owner=o{i} gateway=gw1");
    Report.Observation all = seen(script);
    List<IpAddress> ready =
        script.ledger().tell(all).events().stream()
            .map(recorded -> ((Event.EipProgrammed) recorded.event()).ip())
            .toList();
    assertThat(ready).hasSize(40).isSorted();
  }

  private static Report.Observation seen(Script script) {
    List<Report.SeenAddress> seen = new ArrayList<>();
    for (int i = 40; i > 0; i--) {
      seen.add(new Report.SeenAddress(IpAddress.parse("10.0.0." + i), 32));
    }
    long sequence = script.ledger().head().sequence();
    return new Report.Observation(
        "gw1", "n1", 1, 1, sequence, false, seen, List.of(), List.of(), List.of());
  }

  /** Back on its first node: what is wanted may be there by now, anything else of ours may not. */
  @Test
  void anEarlierInstanceOfTheSameKernelIsGoneOnceOnlyWhatIsWantedIsSeen() {
    new Script()
        .play(WORLD)
        .play(
            """
            reschedule gw1 n2
            reschedule gw1 n1                        -> GatewayRescheduled
            observe gw1 n1 all rule=10.0.0.1|snat/192.168.0.0/24| -> GatewayInstanceFenced*0
            observe gw1 n1 all ip=10.0.0.5/32        -> GatewayInstanceFenced*0 DriftDetected
            gateway gw1                              -> unfenced=1 unfenced=2
            # not an address of this network
            observe gw1 n1 all ip=192.168.7.7/24     -> GatewayInstanceFenced*1
            gateway gw1                              -> unfenced=2 unfenced:1
            observe gw1 n2 epoch=2 ip=192.168.7.7/24 -> GatewayInstanceFenced*1
            """);
  }

  @Test
  void whatCameAfterTheMoveDoesNotWaitForTheInstanceBeforeIt() {
    new Script()
        .play(WORLD)
        .play(
            """
            observe gw1 all
            reschedule gw1                           -> GatewayRescheduled
            allocate owner=b gateway=gw1             -> 10.0.0.2
            bind-fip 10.0.0.2 192.168.0.2
            observe gw1 all
            unbind-fip 10.0.0.2
            release 10.0.0.2
            unbind-fip 10.0.0.1
            release 10.0.0.1
            observe gw1                              -> EipWithdrawn*1 RuleWithdrawn*1 EipCleared*1 RuleCleared*1
            eip 10.0.0.2                             -> COOLING_DOWN
            eip 10.0.0.1                             -> RELEASING
            """);
  }

  @Test
  void anInstanceThatStartsOnANodeTheGatewayIsNotOnIsNotTheGateways() {
    new Script()
        .play(WORLD)
        .play(
            """
            started gw1 n2 b1 i9                     -> late silent
            started gw1 n1 b0 i9                     -> late silent
            gateway gw1                              -> epoch=1 instance=null
            started gw1 n1 b1 i9                     -> GatewayInstanceStarted
            """);
  }
}
