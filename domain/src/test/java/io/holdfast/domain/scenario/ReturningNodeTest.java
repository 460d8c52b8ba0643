package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.script.Script;
import io.holdfast.domain.view.DesiredState;
import io.holdfast.domain.view.EipView;
import io.holdfast.domain.view.Lens;
import io.holdfast.domain.view.Withdrawal;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Two nodes answer for one IP (OVN-Kubernetes #6553, kube-vip #996): a returning node is told that
 * it holds nothing. What it shows all the same, once it knows, is drift; before, it is only late.
 */
class ReturningNodeTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      heartbeat n1 b1
      heartbeat n2 b1
      define-gateway gw1 n1,n2 fence=10s
      allocate owner=a gateway=gw1
      allocate owner=b gateway=gw1
      started gw1 n1 b1 i1
      observe gw1 n1 all                      -> EipProgrammed*2
      """;

  /**
   * An operator was wrong: the node was cut off, not off, and its agent did not keep its word. The
   * lease is not over.
   */
  private static final String FENCED_BY_OPERATOR =
      """
      define-gateway gw1 n1,n2 fence=40s      -> GatewayDefined
      wait +16s
      heartbeat n2 b1
      tick +0s                                -> NodeLost GatewayRescheduled
      fence-node n1                           -> GatewayInstanceFenced
      started gw1 n2 b1 i2
      observe gw1 n2 all                      -> EipProgrammed*2
      """;

  private static final String FENCED_BY_LEASE =
      """
      wait +16s
      heartbeat n2 b1
      tick +0s                                -> NodeLost GatewayRescheduled
      tick +1s                                -> GatewayInstanceFenced
      heartbeat n2 b1
      started gw1 n2 b1 i2
      observe gw1 n2 all                      -> EipProgrammed*2
      """;

  /**
   * Found by simulation: the lease was made shorter, the gateway left its node and came back, and
   * the node's kernel still answered under the longer lease when the shorter one was over.
   */
  @Test
  void aLeaseThatWasMadeShorterCountsUntilNobodyLivesByItAnyMore() {
    Script script =
        new Script()
            .play(WORLD)
            .play(
                """
                define-gateway gw1 n1,n2 fence=2s       -> ok
                reschedule gw1 n2                       -> GatewayRescheduled
                observe gw1 n1 epoch=1                  -> GatewayInstanceFenced
                reschedule gw1 n1                       -> GatewayRescheduled
                observe gw1 n2 epoch=2                  -> GatewayInstanceFenced
                wait +16s
                heartbeat n2 b1
                tick +0s                                -> NodeLost GatewayRescheduled
                """);
    Gateway gateway = Objects.requireNonNull(script.ledger().state().gateways().get("gw1"));
    assertThat(gateway.unfenced().getLast().node()).isEqualTo("n1");
    assertThat(gateway.unfenced().getLast().leaseMs()).isEqualTo(10_000);
    script.play(
        """
        define-gateway gw1 n2,n3 fence=5s
        heartbeat n3 b1
        wait +30s
        heartbeat n2 b1
        heartbeat n3 b1
        reschedule gw1 n3
        """);
    assertThat(lastMove(script).leaseMs()).as("ten seconds are long over").isEqualTo(5_000);
  }

  private static Event.GatewayRescheduled lastMove(Script script) {
    for (Recorded recorded : script.ledger().log().reversed()) {
      if (recorded.event() instanceof Event.GatewayRescheduled moved) {
        return moved;
      }
    }
    throw new AssertionError("it never moved");
  }

  @Test
  void whatItStillCarriesIsDriftWhoeverFencedIt() {
    for (String fenced : new String[] {FENCED_BY_OPERATOR, FENCED_BY_LEASE}) {
      Script script = new Script().play(WORLD).play(fenced);
      script.play(
          """
          heartbeat n1 b1                         -> NodeReturned
          # what it saw before it was told anything says nothing of now
          observe gw1 n1 epoch=1 applied=8 ip=10.0.0.1/32,10.0.0.2/32   -> late silent
          observe gw1 n1 epoch=1 ip=10.0.0.1/32,10.0.0.2/32             -> used DriftDetected*2
          observe gw1 n1 epoch=1 ip=10.0.0.1/32,10.0.0.2/32             -> used silent
          eip 10.0.0.1                            -> ALLOCATED ready
          gateway gw1                             -> epoch=2 node=n2 unfenced:0
          """);
      DesiredState told =
          Objects.requireNonNull(DesiredState.of(script.ledger().state(), "gw1", "n1"));
      assertThat(told.addresses()).isEmpty();
      assertThat(told.held()).contains("n2");
      assertThat(told.withdraw())
          .extracting(w -> w.ip() + "/" + w.prefixLength() + " " + w.reason())
          .containsExactly("10.0.0.1/32 Drift", "10.0.0.2/32 Drift");
      DesiredState other =
          Objects.requireNonNull(DesiredState.of(script.ledger().state(), "gw1", "n2"));
      assertThat(other.addresses()).hasSize(2);
      assertThat(other.withdraw()).isEmpty();
      IpAddress ip = IpAddress.parse("10.0.0.1");
      EipView view =
          EipView.of(
              new Lens(script.ledger().state()),
              ip,
              Objects.requireNonNull(script.ledger().state().addresses().get(ip)));
      assertThat(view.conditions())
          .filteredOn(c -> c.reason().equals("SeenTwice"))
          .singleElement()
          .satisfies(c ->
              assertThat(c.message()).contains("gateway gw1 on node n1").contains("wanted on"));
      script.play(
          """
          observe gw1 n2 all                      -> used silent
          observe gw1 n1 epoch=0 partial absent=10.0.0.1   -> DriftCleared*1
          observe gw1 n1 epoch=0 applied=8        -> late silent
          observe gw1 n1 epoch=0                  -> DriftCleared*1
          drifts                                  -> none
          eip 10.0.0.1                            -> ALLOCATED ready
          """);
    }
  }

  @Test
  void aFreeAddressThatItCarriesIsNotHandedOut() {
    Script script =
        new Script()
            .play(WORLD)
            .play(FENCED_BY_OPERATOR)
            .play(
                """
                release 10.0.0.1
                observe gw1 n2 all                      -> EipWithdrawn EipCooldownStarted
                heartbeat n2 b1
                release 10.0.0.2                        -> EipReleaseRequested
                heartbeat n1 b1                         -> NodeReturned
                observe gw1 n1 epoch=0 ip=10.0.0.1/32,10.0.0.2/32,10.0.0.5/24,192.168.7.7/32 -> DriftDetected*3 IpQuarantined*2
                eip 10.0.0.1                            -> QUARANTINED
                eip 10.0.0.5                            -> QUARANTINED
                eip 10.0.0.2                            -> RELEASING
                observe gw1 n2                          -> EipWithdrawn IpQuarantined
                allocate owner=c ip=10.0.0.5            -> AddressQuarantined
                wait +1h
                heartbeat n1 b1
                heartbeat n2 b1
                tick +0s                                -> silent
                """);
    Withdrawal exact =
        Objects.requireNonNull(DesiredState.of(script.ledger().state(), "gw1", "n1"))
            .withdraw()
            .getLast();
    assertThat(exact.ip() + "/" + exact.prefixLength()).isEqualTo("10.0.0.5/24");
    script.play(
        """
        heartbeat n1 b1
        observe gw1 n1 epoch=0                  -> DriftCleared*3 EipCooldownStarted*3
        tick +30s                               -> EipFreed*3
        """);
  }

  @Test
  void aRebootOrAnOperatorEndsIt() {
    Script script = new Script().play(WORLD).play(FENCED_BY_OPERATOR);
    String shown =
        """
        heartbeat n1 b1
        observe gw1 n1 epoch=1 ip=10.0.0.1/32   -> DriftDetected
        """;
    script
        .play(shown)
        .play("heartbeat n1 b2 -> NodeReturned DriftCleared")
        .play("heartbeat n1 b2\nobserve gw1 n1 epoch=0 ip=10.0.0.1/32 -> DriftDetected")
        .play("wait +16s\nheartbeat n2 b1\ntick +0s -> NodeLost DriftCleared*0")
        .play("fence-node n1 -> NodeFenced DriftCleared\ndrifts -> none");
  }

  @Test
  void aGatewayThatComesBackToTheNodeFindsOutForItself() {
    new Script()
        .play(WORLD)
        .play(FENCED_BY_OPERATOR)
        .play(
            """
            heartbeat n1 b1
            observe gw1 n1 epoch=1 ip=10.0.0.1/32,10.0.0.5/32   -> DriftDetected*2
            reschedule gw1 n1                       -> GatewayRescheduled
            observe gw1 n2 epoch=2                  -> GatewayInstanceFenced DriftCleared*0
            started gw1 n1 b1 i1                    -> GatewayInstanceStarted
            observe gw1 n1 all ip=10.0.0.5/32       -> EipProgrammed*2 DriftDetected*1 DriftCleared*1
            observe gw1 n1 all                      -> DriftCleared*1
            drifts                                  -> none
            """);
  }

  @Test
  void aRetiredGatewayHoldsNothingEither() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 cooldown=0s
            heartbeat n1 b1
            define-gateway gw1 n1 fence=10s
            started gw1 n1 b1 i1
            retire gw1                              -> GatewayRetiring
            tick +13s                               -> GatewayInstanceFenced GatewayRetired
            heartbeat n1 b1
            observe gw1 n1 epoch=1 ip=10.0.0.1/32   -> DriftDetected IpQuarantined
            gateway gw1                             -> retired
            observe gw1 n1 epoch=0                  -> DriftCleared EipFreed
            """);
  }

  @Test
  void aNodeThatNeverHadItAndAnEpochThatNeverWas() {
    new Script()
        .play(WORLD)
        .play(
            """
            heartbeat n3 b1
            observe gw1 n3 epoch=0 ip=10.0.0.1/32   -> DriftDetected
            observe gw1 n3 epoch=2 ip=10.0.0.2/32   -> late silent
            observe gw1 n3 epoch=0                  -> DriftCleared
            """);
  }
}
