package io.holdfast.domain.scenario;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** Several addresses and their rules, all or none. */
class BundleTest {

  /** Found in review: it got one at once, and one more when its turn came. */
  @Test
  void whoWaitsIsGivenNothingByABundle() {
    play(
        """
        define-pool p 10.0.0.1-10.0.0.9 cooldown=0s
        allocate owner=a                 -> 10.0.0.1
        allocate owner=b ip=10.0.0.1 wait=1h -> waiting#1
        bundle owners=c,b                -> InUse silent
        import 10.0.0.2@b                -> ImportRefused silent
        cancel b
        bundle owners=c,b                -> EipAllocated*2
        """);
  }

  @Test
  void aBundleIsAllOrNothing() {
    play(
        """
        heartbeat n1 b1
        define-pool p 10.0.0.0/29 cooldown=10s
        define-gateway gw1 n1
        bundle owners=a,b fip=192.168.0.1 dnat=,192.168.0.2 gateway=gw1 -> ok EipAllocated*2 EipAttached*2 FipBound DnatAdded
        bundle owners=a,b fip=192.168.0.1 dnat=,192.168.0.2 gateway=gw1 -> same silent
        rule 10.0.0.1 fip
        bundle owners=c,d fip=,192.168.0.1                              -> InternalIpInUse silent
        bundle owners=c,d,e,f,g                                         -> PoolExhausted silent
        bundle owners=c,d,e,f                                           -> EipAllocated*4
        """);
  }

  private static Script play(String lines) {
    return new Script().play(lines);
  }
}
