package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** A release that was a mistake is undone while the address is not free yet. */
class RestoreTest {

  /** Found by simulation: the sentence was about old releases only. */
  @Test
  void whatRestsAfterAQuarantineHadNoHolder() {
    Script script =
        new Script()
            .play(
                """
                define-pool p 10.0.0.0/29 cooldown=60s
                heartbeat n1 b1
                define-gateway gw1 n1
                allocate owner=a
                release 10.0.0.1
                tick +60s
                observe gw1 ip=10.0.0.1/32          -> IpQuarantined
                observe gw1                         -> DriftCleared EipCooldownStarted
                restore 10.0.0.1                    -> AddressNotAllocated
                """);
    assertThat(script.lastRefusal().message()).contains("no holder").contains("quarantine");
  }

  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=300s
      heartbeat n1 b1
      heartbeat n2 b1
      define-gateway gw1 n1,n2
      define-gateway gw2 n1
      """;

  @Test
  void whileItCoolsDown() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a gateway=gw1        -> 10.0.0.1#8
                bind-fip 10.0.0.1 192.168.0.1
                add-dnat 10.0.0.1 tcp/443 192.168.0.2
                add-snat 10.0.0.1 192.168.7.0/24
                observe gw1 all                     -> EipProgrammed RuleProgrammed*3
                force-release 10.0.0.1              -> EipReleaseRequested
                observe gw1                         -> EipWithdrawn RuleWithdrawn*3 EipCooldownStarted
                allocate owner=b                    -> 10.0.0.2
                wait +299s
                restore 10.0.0.1 dry                -> ok silent
                restore 10.0.0.1                    -> ok EipRestored EipAttached FipBound DnatAdded SnatAdded
                eip 10.0.0.1                        -> ALLOCATED owner:a on:gw1 unready sure /32
                rule 10.0.0.1 fip                   -> wanted unready 192.168.0.1
                rule 10.0.0.1 dnat/tcp/443          -> wanted 192.168.0.2:8080
                rule 10.0.0.1 snat/192.168.7.0/24   -> wanted
                observe gw1 all                     -> EipProgrammed RuleProgrammed*3
                pool p                              -> allocated=2 cooling=0 free=4
                tick +310s                          -> EipFreed*0
                allocate owner=a                    -> same 10.0.0.1
                restart
                """);
  }

  @Test
  void whileAGatewayMayStillCarryIt() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a gateway=gw1
                bind-fip 10.0.0.1 192.168.0.1
                observe gw1 all                     -> EipProgrammed RuleProgrammed
                force-release 10.0.0.1
                eip 10.0.0.1                        -> RELEASING
                restore 10.0.0.1                    -> ok EipRestored EipAttached FipBound
                rule 10.0.0.1 fip                   -> wanted unready
                pool p                              -> allocated=1 releasing=0
                # What the agent saw before it heard of it says nothing of the new tenure.
                observe gw1 applied=12 ip=10.0.0.1/32 rule=10.0.0.1|fip|192.168.0.1  -> silent
                observe gw1 all                     -> EipProgrammed RuleProgrammed
                eip 10.0.0.1                        -> ready on:gw1
                """);
  }

  /** The FIP has been seen gone and its address not, or the other way round. */
  @Test
  void whenPartOfItIsGoneAlready() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a gateway=gw1
                bind-fip 10.0.0.1 192.168.0.1
                add-dnat 10.0.0.1 tcp/80 192.168.0.2
                observe gw1 all
                force-release 10.0.0.1
                observe gw1 ip=10.0.0.1/32          -> RuleWithdrawn*2 EipWithdrawn*0
                eip 10.0.0.1                        -> RELEASING
                restore 10.0.0.1                    -> ok EipAttached FipBound DnatAdded
                observe gw1 all                     -> EipProgrammed RuleProgrammed*2
                """);
  }

  /** A rule that its owner had removed before does not come back with the rest. */
  @Test
  void notWhatHadBeenRemovedBefore() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a gateway=gw1
                bind-fip 10.0.0.1 192.168.0.1
                add-dnat 10.0.0.1 tcp/80 192.168.0.2
                observe gw1 all
                unbind-fip 10.0.0.1
                force-release 10.0.0.1
                restore 10.0.0.1                    -> ok DnatAdded FipBound*0
                rule 10.0.0.1 fip                   -> removing
                observe gw1 all                     -> EipProgrammed RuleProgrammed RuleWithdrawn
                rule 10.0.0.1 fip                   -> none
                eip 10.0.0.1                        -> ready
                """);
  }

  /** The job that released it by mistake tries again, with the tenure it knew. */
  @Test
  void theSameMistakeAgainDoesNotHitTheNewTenure() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a                    -> 10.0.0.1#8
                release 10.0.0.1 tenure=8 id=mistake -> ok
                restore 10.0.0.1 tenure=8           -> ok 10.0.0.1#12
                release 10.0.0.1 tenure=8 id=mistake -> ok silent
                release 10.0.0.1 tenure=8           -> StaleTenure
                check 10.0.0.1 absent tenure=8      -> late
                eip 10.0.0.1                        -> ALLOCATED#11
                """
                    .replace("10.0.0.1#12", "10.0.0.1#11"));
  }

  @Test
  void theWayBackEndsWithTheCoolDown() {
    Script script =
        new Script()
            .play(
                WORLD
                    + """
                    allocate owner=a
                    bind-fip 10.0.0.1 192.168.0.1
                    force-release 10.0.0.1
                    tick +300s                      -> EipFreed
                    restore 10.0.0.1                -> AddressNotAllocated
                    """);
    assertThat(script.lastRefusal().message()).contains("cool-down");
  }

  /** Nothing of it happens, and the refusal says which rule has it. */
  @Test
  void anInternalAddressThatIsTakenMeanwhile() {
    Script script =
        new Script()
            .play(
                WORLD
                    + """
                    allocate owner=a count=2
                    add-dnat 10.0.0.1 tcp/80 192.168.0.9
                    bind-fip 10.0.0.1 192.168.0.1
                    force-release 10.0.0.1
                    bind-fip 10.0.0.2 192.168.0.1
                    restore 10.0.0.1                -> InternalIpInUse silent
                    eip 10.0.0.1                    -> COOLING_DOWN
                    """);
    assertThat(script.lastRefusal().details())
        .containsEntry("ip", "10.0.0.2")
        .containsEntry("rule", "fip");
    script.play(
        """
        unbind-fip 10.0.0.2
        restore 10.0.0.1                        -> ok DnatAdded FipBound
        """);
  }

  /** It comes back with its owner, but not to a boot that is over. */
  @Test
  void whereItsOwnerLives() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a node=n1
                release 10.0.0.1
                restore 10.0.0.1
                eip 10.0.0.1                        -> owner:a bound:n1/b1
                heartbeat n1 b2                     -> NodeReturned
                inventory n1 b2                     -> EipReleaseRequested
                restore 10.0.0.1                    -> ok
                eip 10.0.0.1                        -> owner:a bound:none
                """);
  }

  @Test
  void fromAQuarantineOnceThatIsOver() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a
                bind-fip 10.0.0.1 192.168.0.1
                force-release 10.0.0.1
                observe gw2 ip=10.0.0.1/32          -> IpQuarantined
                restore 10.0.0.1                    -> AddressQuarantined
                observe gw2                         -> DriftCleared EipCooldownStarted
                restore 10.0.0.1                    -> ok FipBound
                """);
  }

  /** A pool that was cut meanwhile does not keep a mistake from being undone. */
  @Test
  void outsideOfItsPool() {
    new Script()
        .play(
            WORLD
                + """
                allocate owner=a
                release 10.0.0.1
                resize-pool p 10.0.0.2-10.0.0.6 mode=retain
                restore 10.0.0.1                    -> ok
                eip 10.0.0.1                        -> ALLOCATED retained
                pool p                              -> allocated=1 retained=1 free=5
                release 10.0.0.1
                tick +300s                          -> EipFreed
                eip 10.0.0.1                        -> unused
                """);
  }
}
