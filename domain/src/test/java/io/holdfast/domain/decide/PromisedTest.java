package io.holdfast.domain.decide;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** Between an address's coming free and the look at who waits for it. */
class PromisedTest {
  /** Who waits for one certain address, and has not been looked at yet, is before who names it. */
  @Test
  void aCertainAddressIsKeptForWhoWaitsForIt() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.1-10.0.0.2 cooldown=0s policy=best_fit
            allocate owner=a                 -> 10.0.0.1
            allocate owner=b                 -> 10.0.0.2
            repeat 100 allocate owner=w{i} count=2 contiguous wait=1h
            allocate owner=c ip=10.0.0.1 wait=1h
            tick +0s                         -> silent
            release 10.0.0.1                 -> EipFreed EipAllocated*0
            allocate owner=d ip=10.0.0.1     -> PoolExhausted silent
            tick +0s                         -> EipAllocated
            allocate owner=c ip=10.0.0.1     -> same
            """);
  }
}
