package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.ReleaseCause;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.script.Ledger;
import io.holdfast.domain.script.Script;
import io.holdfast.domain.view.Condition;
import io.holdfast.domain.view.EipView;
import io.holdfast.domain.view.Lens;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** S. Submariner #3336, #4122: a look-up error released an address. */
class SubmarinerOwnerCheckTest {

  @Test
  void notKnowingReleasesNothing() {
    Script script = new Script();
    script.play(
        """
        define-pool p 242.0.0.0/16
        allocate owner=U1 ip=242.0.0.7                     -> 242.0.0.7#2
        restart
        check 242.0.0.7 unknown tenure=2                   -> OwnerUnknown
        check 242.0.0.7 unknown tenure=2                   -> used silent
        repeat 100 check 242.0.0.7 unknown tenure=2        -> silent
        repeat 100 check 242.0.0.7 absent tenure=2 sick    -> silent
        eip 242.0.0.7                                      -> ALLOCATED#2 owner:U1 doubt:1
        """);
    IpAddress ip = IpAddress.parse("242.0.0.7");
    assertThat(
            Objects.requireNonNull(EipView.find(new Lens(script.ledger().state()), ip))
                .conditions())
        .filteredOn(c -> c.type() == Condition.Type.OwnerKnown)
        .singleElement()
        .satisfies(c -> {
          assertThat(c.status()).isEqualTo(Condition.Status.Unknown);
          assertThat(c.reason()).isEqualTo("OwnerUnknown");
          assertThat(c.message()).contains("timeout");
          assertThat(c.since()).isEqualTo(Ledger.START);
        });
    script.play(
        """
        tick +1s
        check 242.0.0.7 unknown tenure=2                   -> OwnerUnknown
        check 242.0.0.7 unknown tenure=2                   -> silent
        restart
        eip 242.0.0.7                                      -> ALLOCATED#2 owner:U1 doubt:2
        check 242.0.0.7 present tenure=2                   -> OwnerPresent
        eip 242.0.0.7                                      -> sure
        check 242.0.0.7 present tenure=2                   -> silent
        """);
  }

  @Test
  void retriesBackOffUpToTheirLimit() {
    Script script =
        new Script().play("define-pool p 242.0.0.0/16\nallocate owner=U1 -> 242.0.0.1#2");
    long waited = 0;
    for (int attempt = 1; attempt <= 100; attempt++) {
      script.step("check 242.0.0.1 unknown tenure=2 -> OwnerUnknown");
      var event = (Event.OwnerUnknown) script.ledger().log().getLast().event();
      long wait = event.nextCheckAt() - script.ledger().now();
      long full = attempt > 9 ? 300_000 : Math.min(300_000, 1_000L << (attempt - 1));
      assertThat(wait).isBetween(full / 2, full);
      script.step("wait +" + (wait - 1) + "ms");
      script.step("check 242.0.0.1 unknown tenure=2 -> silent");
      script.step("wait +1ms");
      waited += wait;
    }
    assertThat(waited).isGreaterThan(10_000_000);
    script.play("eip 242.0.0.1 -> ALLOCATED#2 doubt:100");
  }

  @Test
  void absentCountsOnlyOftenEnoughOverLongEnough() {
    Script script =
        new Script()
            .play(
                """
                define-pool p 242.0.0.0/16 cooldown=300s
                allocate owner=U1                                  -> 242.0.0.1#2
                check 242.0.0.1 absent tenure=2                    -> OwnerAbsent
                repeat 100 check 242.0.0.1 absent tenure=2         -> silent
                tick +30s
                check 242.0.0.1 absent tenure=2                    -> OwnerAbsent*1 EipReleaseRequested*0
                tick +29s
                check 242.0.0.1 absent tenure=2                    -> silent
                tick +1s
                check 242.0.0.1 absent tenure=1                    -> late
                check 242.0.0.1 absent tenure=2                    -> OwnerAbsent EipReleaseRequested EipCooldownStarted
                check 242.0.0.1 absent tenure=2                    -> late
                """);
    assertThat(script.ledger().log())
        .extracting(Recorded::event)
        .filteredOn(Event.EipReleaseRequested.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Event.EipReleaseRequested.class,
            e -> {
              assertThat(e.cause()).isEqualTo(ReleaseCause.OWNER_ABSENT);
              assertThat(e.evidence()).startsWith("absent 3 times");
            });
    script.play("tick +300s -> EipFreed");
  }

  @Test
  void anUnknownInBetweenBeginsTheCountAnew() {
    new Script()
        .play(
            """
            define-pool p 242.0.0.0/16
            allocate owner=U1                                  -> 242.0.0.1#2
            check 242.0.0.1 absent tenure=2                    -> OwnerAbsent
            tick +40s
            check 242.0.0.1 absent tenure=2                    -> OwnerAbsent
            tick +40s
            check 242.0.0.1 unknown tenure=2                   -> OwnerUnknown
            tick +40s
            check 242.0.0.1 absent tenure=2                    -> OwnerAbsent EipReleaseRequested*0
            eip 242.0.0.1                                      -> ALLOCATED#2
            """);
  }

  @Test
  void oneConfirmationStillTakesItsTime() {
    new Script()
        .play(
            """
            define-pool p 242.0.0.0/16 confirm=1 over=60s
            allocate owner=U1                                  -> 242.0.0.1#2
            check 242.0.0.1 absent tenure=2                    -> OwnerAbsent*1 EipReleaseRequested*0
            repeat 50 check 242.0.0.1 absent tenure=2          -> silent
            tick +60s
            check 242.0.0.1 absent tenure=2                    -> EipReleaseRequested
            """);
  }

  @Test
  void theSameOwnerAskingTwiceGetsOneAddress() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            allocate owner=U1 id=x1                            -> ok 10.0.0.1#2 EipAllocated*1
            wait +200ms
            allocate owner=U1 id=x2                            -> same 10.0.0.1#2 silent
            allocate owner=U1 id=x1                            -> ok 10.0.0.1#2 silent
            pool p                                             -> free=5 allocated=1
            """);
  }

  @Test
  void aPoolThatMovesRetainsWhatIsHeld() {
    new Script()
        .play(
            """
            define-pool p 242.0.0.0/16
            allocate owner=U1 ip=242.0.0.7                     -> 242.0.0.7#2
            resize-pool p 242.1.0.0/16 mode=reject             -> InUse silent
            resize-pool p 242.1.0.0/16 mode=retain             -> PoolResized*1
            eip 242.0.0.7                                      -> ALLOCATED#2 owner:U1 retained
            pool p                                             -> size=65534 free=65534 allocated=1 retained=1
            allocate owner=U1                                  -> same 242.0.0.7#2
            allocate owner=U2                                  -> 242.1.0.1
            release 242.0.0.7                                  -> EipCooldownStarted
            pool p                                             -> free=65533 cooling=1 retained=1
            tick +300s                                         -> EipFreed
            eip 242.0.0.7                                      -> unused
            allocate owner=U1 ip=242.0.0.7                     -> OutOfRange
            pool p                                             -> size=65534 free=65533 retained=0
            """);
  }

  @Test
  void aRemovalThatFailsOverAndOverNeverFreesTheAddress() {
    new Script()
        .play(
            """
            define-pool p 242.0.0.0/29 cooldown=0s
            heartbeat n1 b1
            define-gateway gw1 n1
            allocate owner=U1 gateway=gw1                      -> 242.0.0.1
            observe gw1 all                                    -> EipProgrammed
            release 242.0.0.1                                  -> EipReleaseRequested
            repeat 21 observe gw1 ip=242.0.0.1/32              -> used silent
            eip 242.0.0.1                                      -> RELEASING
            observe gw1                                        -> EipWithdrawn EipFreed
            """);
  }
}
