package io.holdfast.domain.scenario;

import io.holdfast.domain.script.Script;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tags of EIPs, and commands that depend on a revision. */
class TagTest {
  private static final String WORLD = "define-pool p 10.0.0.0/29 cooldown=30s\n";

  @Test
  void tags() {
    new Script()
        .play(
            WORLD
                + """
                tag 10.0.0.1 set=env:prod           -> AddressNotAllocated
                allocate owner=a tags=env:test,team:edge -> 10.0.0.1#2
                tag 10.0.0.1 set=env:prod           -> ok EipTagged
                eip 10.0.0.1                        -> tag:env=prod tag:team=edge
                tag 10.0.0.1 set=env:prod remove=none -> same
                tag 10.0.0.1 remove=team,env        -> EipTagged
                tag 10.0.0.1 set=env:prod remove=env -> Invalid remove
                tag 10.0.0.1 set=-:x                -> Invalid set
                tag 10.0.0.1 remove=a/b             -> Invalid remove
                tag 10.0.0.1 set=x:y tenure=1       -> StaleTenure
                tag 10.0.0.1 set=x:y owner=b        -> NotOwner
                tag 10.0.0.1 set=x:y owner=a tenure=2 dry -> ok silent
                restart
                """);
  }

  @Test
  void sixtyFourAtMost() {
    String many =
        IntStream.range(0, 64).mapToObj(i -> "k" + i + ":v").collect(Collectors.joining(","));
    new Script()
        .play(
            WORLD
                + "allocate owner=a tags="
                + many
                + " -> EipAllocated\n"
                + """
                tag 10.0.0.1 set=one:more           -> Invalid tags
                tag 10.0.0.1 set=one:more remove=k0 -> EipTagged
                """);
  }

  /** Who read it before somebody else changed it learns that; observations change nothing. */
  @Test
  void revisionsOfAnEip() {
    new Script()
        .play(
            WORLD
                + """
                heartbeat n1 b1
                define-gateway gw1 n1               -> GatewayPlaced
                allocate owner=a ip=10.0.0.1 rev=1  -> StaleRevision
                allocate owner=a ip=10.0.0.1 rev=0  -> 10.0.0.1#5
                eip 10.0.0.1                        -> rev=5
                tag 10.0.0.1 set=a:b rev=4          -> StaleRevision
                tag 10.0.0.1 set=a:b rev=5 id=t     -> ok EipTagged
                tag 10.0.0.1 set=a:b rev=5 id=t     -> ok silent
                tag 10.0.0.1 set=a:c rev=5          -> StaleRevision
                attach 10.0.0.1 gw1 rev=6           -> EipAttached
                bind-fip 10.0.0.1 192.168.0.1 rev=7 -> FipBound
                eip 10.0.0.1                        -> rev=8
                observe gw1 all                     -> EipProgrammed RuleProgrammed
                conflict 10.0.0.1                   -> ConflictDetected
                eip 10.0.0.1                        -> rev=8
                bind-fip 10.0.0.1 192.168.0.2 replace rev=8 -> FipBound
                unbind-fip 10.0.0.1 rev=12          -> FipUnbound
                renew 10.0.0.1 lease=60s rev=13     -> LeaseSet
                detach 10.0.0.1 rev=14              -> EipDetached
                release 10.0.0.1 rev=14             -> StaleRevision
                release 10.0.0.1 rev=15             -> EipReleaseRequested
                restore 10.0.0.1 rev=16             -> EipRestored
                eip 10.0.0.1                        -> rev=17
                restart
                transfer 10.0.0.1 u rev=1           -> StaleRevision
                """);
  }

  @Test
  void revisionsOfPoolsAndGateways() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 rev=1         -> StaleRevision
            define-pool p 10.0.0.0/29 rev=0         -> PoolDefined
            resize-pool p 10.0.0.0/28 rev=1         -> PoolResized
            resize-pool p 10.0.0.0/27 rev=1         -> StaleRevision
            remove-pool p rev=1                     -> StaleRevision
            heartbeat n1 b1
            define-gateway gw1 n1 rev=0             -> GatewayDefined
            define-gateway gw1 n1 fence=20s rev=0   -> StaleRevision
            retire gw1 rev=1                        -> StaleRevision
            allocate owner=a rev=0                  -> Invalid meta.ifRevision
            fence-node n1 rev=0                     -> Invalid meta.ifRevision
            quota t 1 rev=0                         -> Invalid meta.ifRevision
            remove-pool p rev=2                     -> PoolRemoved
            """);
  }
}
