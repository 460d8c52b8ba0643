package io.holdfast.domain.scenario;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** A pool that loses a range: who holds an address of it has a while, and no longer (rule 9). */
class DrainTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      allocate owner=a ip=10.0.0.1
      allocate owner=b ip=10.0.0.5
      allocate owner=c ip=10.0.0.6 lease=50s
      """;

  @Test
  void whatFallsOutsideEnds() {
    new Script()
        .play(
            WORLD
                + """
                resize-pool p 10.0.0.0/30 mode=drain drain=100s dry -> ok silent added=0 removed=4 retained=2 draining=2 example=10.0.0.5
                resize-pool p 10.0.0.0/30           -> InUse
                resize-pool p 10.0.0.0/30 mode=drain drain=100s -> PoolResized LeaseSet*2 draining=2
                eip 10.0.0.5                        -> ALLOCATED retained leased owner:b
                eip 10.0.0.1                        -> covered unleased
                # A short lease goes on, but not beyond the end.
                wait +40s
                renew 10.0.0.6                      -> LeaseSet
                wait +45s
                renew 10.0.0.6                      -> LeaseSet
                renew 10.0.0.6 lease=1h             -> ok LeaseSet
                allocate owner=b ip=10.0.0.5        -> same
                renew 10.0.0.5                      -> same
                renew 10.0.0.5 lease=0s             -> same
                tick +45s                           -> EipReleaseRequested*2
                tick +30s                           -> EipFreed*2
                eip 10.0.0.5                        -> unused
                eip 10.0.0.1                        -> ALLOCATED
                pool p                              -> size=2 free=1 retained=0
                restart
                """);
  }

  /** The range comes back: so do its leases. */
  @Test
  void takenBack() {
    new Script()
        .play(
            WORLD
                + """
                resize-pool p 10.0.0.0/30 mode=drain drain=100s -> LeaseSet*2
                resize-pool p 10.0.0.0/29           -> PoolResized added=4 removed=0 retained=0
                eip 10.0.0.5                        -> covered leased
                allocate owner=b                    -> ok LeaseSet
                eip 10.0.0.5                        -> unleased
                renew 10.0.0.6 lease=300s           -> LeaseSet
                tick +200s                          -> EipReleaseRequested*0
                """);
  }

  /** Drained again: what was retained before has an end, too, and none gets a later one. */
  @Test
  void drainedAgain() {
    new Script()
        .play(
            WORLD
                + """
                resize-pool p 10.0.0.0/30 mode=retain -> PoolResized LeaseSet*0 retained=2 draining=0
                resize-pool p 10.0.0.0/30 mode=retain -> same retained=2 removed=0
                resize-pool p 10.0.0.0/30 mode=drain drain=100s -> LeaseSet*2 PoolResized*0 removed=0 draining=2
                resize-pool p 10.0.0.0/30 mode=drain drain=100s id=x -> same
                wait +10s
                resize-pool p 10.0.0.0/30 mode=drain drain=100s -> same draining=2
                resize-pool p 10.0.0.0/30 mode=drain drain=50s -> LeaseSet*2
                resize-pool p 10.0.0.0/31 mode=drain drain=99999999h -> Invalid drainMs
                resize-pool p 10.0.0.1 mode=drain drain=0s -> PoolResized
                """);
  }

  /** An end that was announced is announced again only if it moves; one that is over can move. */
  @Test
  void anEndIsAnnouncedOnce() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29 lease=100s
            allocate owner=a ip=10.0.0.5
            resize-pool p 10.0.0.0/30 mode=drain drain=100s -> LeaseSet
            tick +75s                           -> LeaseExpiring
            renew 10.0.0.5 lease=0s             -> LeaseSet
            tick +5s                            -> LeaseExpiring*0
            resize-pool p 10.0.0.0/30 mode=drain drain=10s -> LeaseSet
            tick +8s                            -> LeaseExpiring
            wait +4s
            renew 10.0.0.5 lease=20s            -> LeaseSet
            tick +1s                            -> LeaseExpiring*0
            """);
  }

  /** Cooling and reserved addresses have no holder: they are retained, and nothing ends. */
  @Test
  void whatNobodyHolds() {
    new Script()
        .play(
            WORLD
                + """
                release 10.0.0.5
                reserve 10.0.0.4
                resize-pool p 10.0.0.0/30 mode=drain drain=100s -> retained=3 draining=1 LeaseSet*1
                """);
  }
}
