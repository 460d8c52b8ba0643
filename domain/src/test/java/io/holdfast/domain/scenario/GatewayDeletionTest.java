package io.holdfast.domain.scenario;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS: the EIP of a gateway that is being deleted. */
class GatewayDeletionTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      heartbeat n1 b1
      define-gateway gw1 n1 fence=10s
      allocate owner=a gateway=gw1             -> 10.0.0.1
      allocate owner=b gateway=gw1             -> 10.0.0.2
      observe gw1 all                          -> EipProgrammed*2
      retire gw1                               -> InUse silent
      release 10.0.0.1                         -> ok EipReleaseRequested
      detach 10.0.0.2                          -> ok
      retire gw1                               -> GatewayRetiring
      release 10.0.0.2                         -> ok EipReleaseRequested EipCooldownStarted*0
      allocate owner=c gateway=gw1             -> GatewayRetiring silent
      eip 10.0.0.1                             -> RELEASING
      eip 10.0.0.2                             -> RELEASING
      """;

  /** The release is accepted at once, and completes when the instance is gone, or fenced. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "observe gw1 n1 epoch=1 -> GatewayInstanceFenced GatewayRetired",
        "tick +13s -> GatewayInstanceFenced GatewayRetired",
        "restart\ntick +13s -> GatewayInstanceFenced GatewayRetired",
        "tick +16s\nfence-node n1 -> NodeFenced"
      })
  void itsReleaseCompletesWhenTheInstanceIsGone(String end) {
    new Script()
        .play(WORLD)
        .play("observe gw1 n1 epoch=1 ip=10.0.0.1/32,10.0.0.2/32 -> silent")
        .play(end)
        .play(
            """
            tick +1s
            eip 10.0.0.1                             -> COOLING_DOWN
            eip 10.0.0.2                             -> COOLING_DOWN
            tick +30s                                -> EipFreed*2
            gateway gw1                              -> retired
            """);
  }
}
