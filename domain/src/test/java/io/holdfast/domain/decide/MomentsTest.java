package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.model.Node;
import io.holdfast.domain.script.Script;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The millisecond before, and the one at which it happens. */
class MomentsTest {

  @Test
  void anAddressAskedForByNameIsFreeFromItsDeadlineOnThoughItsTimerHasNotFired() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 cooldown=300s
            allocate owner=a
            release 10.0.0.1
            wait +299999ms
            allocate owner=b ip=10.0.0.1             -> AddressCoolingDown
            wait +1ms
            allocate owner=b ip=10.0.0.1             -> EipFreed EipAllocated 10.0.0.1
            """);
  }

  @Test
  void aNodeIsLostAfterFifteenSeconds() {
    Script script = new Script().play("heartbeat n1 b1\ntick +15s -> silent");
    assertThat(lost(script)).isZero();
    script.step("wait +1ms");
    assertThat(lost(script)).isOne();
    script.play("tick +0s -> NodeLost");
    assertThat(lost(script)).isZero();
  }

  private static int lost(Script script) {
    var ledger = script.ledger();
    return new Decider(Settings.DEFAULT)
        .liveness(ledger.state(), ledger.head(), ledger.now(), 0)
        .answer();
  }

  @Test
  void aGatewayLeavesANodeThatWasNeverHeardOfAsLate() {
    new Script()
        .play(
            """
            define-gateway gw1 n1,n2
            gateway gw1                              -> node=n1
            wait +15s
            heartbeat n2 b1                          -> NodeRegistered GatewayRescheduled*0
            tick +0s                                 -> silent
            tick +1ms                                -> GatewayRescheduled
            """);
  }

  /** Its node is silent for longer than the lease is waited for, but not lost. */
  @Test
  void aGatewayIsNotLetGoWhileItsNodeIsUp() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            define-gateway gw1 n1 fence=10s
            allocate owner=a gateway=gw1
            observe gw1 all
            release 10.0.0.1
            tick +14s                                -> silent
            tick +2s                                 -> NodeLost GatewayRescheduled GatewayInstanceFenced
            """);
  }

  @Test
  void anAbsentThatFollowsAnUnknownCountsAtOnce() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 confirm=3 over=60s retry-min=100s
            allocate owner=a                         -> 10.0.0.1#2
            check 10.0.0.1 unknown tenure=2          -> OwnerUnknown
            check 10.0.0.1 unknown tenure=2          -> silent
            check 10.0.0.1 absent tenure=2           -> OwnerAbsent
            tick +29999ms
            check 10.0.0.1 absent tenure=2           -> silent
            tick +1ms
            check 10.0.0.1 absent tenure=2           -> OwnerAbsent
            """);
  }

  /** Four answers 33 ms apart are often enough, but 99 ms are not 100. */
  @Test
  void absentsCountOverTheirWholeTimeFromTheFirstOfThem() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 confirm=4 over=100ms retry-min=1s
            allocate owner=a                         -> 10.0.0.1#2
            check 10.0.0.1 unknown tenure=2          -> OwnerUnknown
            tick +10s
            check 10.0.0.1 absent tenure=2           -> OwnerAbsent
            tick +33ms
            check 10.0.0.1 absent tenure=2           -> OwnerAbsent
            tick +33ms
            check 10.0.0.1 absent tenure=2           -> OwnerAbsent
            tick +33ms
            check 10.0.0.1 absent tenure=2           -> OwnerAbsent EipReleaseRequested*0
            tick +33ms
            check 10.0.0.1 absent tenure=2           -> OwnerAbsent EipReleaseRequested
            """);
  }

  /** A candidate that was not heard of before is there: nothing waits for the next look around. */
  @Test
  void aHeartbeatRescuesWhatIsStranded() {
    new Script()
        .play(
            """
            heartbeat n1 b1
            define-gateway gw1 n1,n2
            tick +16s                                -> NodeLost GatewayRescheduled*0
            heartbeat n2 b1                          -> NodeRegistered GatewayRescheduled
            gateway gw1                              -> node=n2 epoch=2
            """);
  }

  @Test
  void aFencedNodesGatewayMovesOnceIfThereIsACandidateByNow() {
    Script script =
        new Script()
            .play(
                """
                heartbeat n1 b1
                define-gateway gw1 n1,n2
                heartbeat n3 b1
                wait +15s
                heartbeat n3 b1
                tick +1s                             -> NodeLost GatewayRescheduled*0
                define-gateway gw1 n1,n3
                wait +1s
                fence-node n1                        -> NodeFenced GatewayRescheduled*1
                gateway gw1                          -> node=n3 epoch=2
                """);
    Node node = Objects.requireNonNull(script.ledger().state().nodes().get("n1"));
    assertThat(node.since()).isEqualTo(script.ledger().now());
    assertThat(node.up()).isFalse();
  }

  @Test
  void whoCameInThePresentBootOutlivesTheEndOfTheEarlierOnes() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            allocate owner=a node=n1                 -> 10.0.0.1
            heartbeat n1 b2                          -> NodeReturned
            allocate owner=b node=n1                 -> 10.0.0.2
            fence-node n1                            -> NodeFenced EipReleaseRequested*1
            eip 10.0.0.2                             -> ALLOCATED bound:n1/b2
            """);
  }
}
