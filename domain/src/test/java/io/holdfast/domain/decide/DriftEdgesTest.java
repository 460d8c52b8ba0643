package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** When something counts as seen unasked, and until when. */
class DriftEdgesTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      heartbeat n1 b1
      heartbeat n2 b1
      define-gateway gw1 n1,n2 fence=10s failover=takeover
      """;

  @Test
  void onlyALaterObservationEndsIt() {
    new Script()
        .play(WORLD)
        .play(
            """
            observe gw1 number=5 ip=10.0.0.5/32      -> DriftDetected IpQuarantined
            observe gw1 number=4                     -> used silent
            observe gw1 number=5                     -> used silent
            observe gw1 number=6                     -> DriftCleared EipCooldownStarted
            """);
  }

  @Test
  void aNodeWhoseInstanceIsNotFencedIsNotOutside() {
    new Script()
        .play(WORLD)
        .play(
            """
            allocate owner=a gateway=gw1
            reschedule gw1 n2
            observe gw1 n1 epoch=0 ip=10.0.0.1/32    -> late silent
            observe gw1 n3 epoch=0 ip=10.0.0.1/32    -> used DriftDetected
            """);
  }

  @Test
  void anAddressThatItsPoolNoLongerCoversIsStillOurs() {
    new Script()
        .play(WORLD)
        .play(
            """
            define-gateway gw2 n2
            allocate owner=a gateway=gw1
            resize-pool p 10.0.0.5 mode=retain       -> PoolResized
            observe gw2 ip=10.0.0.1/32,10.0.0.2/32   -> DriftDetected*1
            """);
  }

  @Test
  void aQuarantineNamesTheGatewayItIsFor() {
    Script script =
        new Script()
            .play(WORLD)
            .play(
                """
                define-gateway gw2 n2
                allocate owner=a gateway=gw1
                observe gw1 all
                observe gw2 ip=10.0.0.1/32           -> DriftDetected*1
                release 10.0.0.1
                observe gw1                          -> EipWithdrawn IpQuarantined
                """);
    Event.IpQuarantined last = (Event.IpQuarantined) script.ledger().log().getLast().event();
    assertThat(last.reason()).isEqualTo("seen on gateway gw2");
  }

  /** The lease of the first instance on the node says nothing of what the third one did since. */
  @Test
  void whatTheNewInstanceShowsDoesNotGoWithTheOldOne() {
    new Script()
        .play(WORLD)
        .play(
            """
            reschedule gw1 n2
            reschedule gw1 n1
            observe gw1 n1 ip=10.0.0.5/32            -> DriftDetected GatewayInstanceFenced*0
            tick +13s                                -> GatewayInstanceFenced*2 DriftCleared*0
            observe gw1 n1                           -> DriftCleared
            """);
  }

  @Test
  void whatOnlyTheOldInstanceShowedGoesWithIt() {
    new Script()
        .play(WORLD)
        .play(
            """
            observe gw1 n1 ip=10.0.0.5/32            -> DriftDetected
            reschedule gw1 n2
            reschedule gw1 n1
            tick +13s                                -> GatewayInstanceFenced*2 DriftCleared*1 EipCooldownStarted
            """);
  }

  @Test
  void whatAnUnfencedInstanceShowedStaysUntilThatOneIsFenced() {
    new Script()
        .play(WORLD)
        .play(
            """
            observe gw1 n1 ip=10.0.0.5/32            -> DriftDetected
            reschedule gw1 n2
            reschedule gw1 n1
            observe gw1 n1 partial absent=10.0.0.5   -> used silent
            observe gw1 n1                           -> GatewayInstanceFenced*1 DriftCleared*1
            """);
  }

  @Test
  void anUnfencedInstanceThatWasBeforeItOrOnAnotherNodeDoesNotKeepIt() {
    new Script()
        .play(WORLD)
        .play(
            """
            reschedule gw1 n2
            reschedule gw1 n1
            observe gw1 n1 ip=10.0.0.5/32            -> DriftDetected
            observe gw1 n1 partial absent=10.0.0.5   -> DriftCleared GatewayInstanceFenced*0
            """);
    new Script()
        .play(WORLD)
        .play(
            """
            observe gw1 n1 ip=10.0.0.5/32            -> DriftDetected
            reschedule gw1 n2
            reschedule gw1 n1
            observe gw1 n1 ip=10.0.0.5/32            -> DriftDetected
            observe gw1 n1                           -> GatewayInstanceFenced*1 DriftCleared*1
            gateway gw1                              -> unfenced=2
            """);
  }
}
