package io.holdfast.domain.decide;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** Between an address's coming free and the look at who waits for it. */
class PromisedTest {
  /** One waits for the address that cools down, whose quota is relieved only when it is free. */
  private static final String BEHIND_A_QUOTA =
      """
      define-pool p 10.0.0.1 cooldown=10s
      allocate owner=t:a               -> 10.0.0.1
      allocate owner=t:b wait=1h
      quota t 1
      release 10.0.0.1
      """;

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

  /** A portion that goes on when an address comes free is not before those whom that lets in. */
  @Test
  void whoComesBackIsServedBeforeAPortionGoesOn() {
    new Script()
        .play(
            BEHIND_A_QUOTA
                + """
                repeat 100 allocate owner=u:w{i} wait=1h
                allocate owner=v:z wait=1h
                quota u 0
                tick +9s                         -> silent
                cancel u:w99                     -> AllocationDequeued
                wait +1s
                tick +0s                         -> EipFreed EipAllocated
                allocate owner=t:b               -> same 10.0.0.1
                """);
  }

  /**
   * A replay does not know who was looked at: all are, in their order. They are more than one turn
   * fires, and due before the address comes free.
   */
  @Test
  void whoComesBackIsServedFirstAfterARestart() {
    new Script()
        .play(
            BEHIND_A_QUOTA
                + """
                wait +9s
                repeat 20 allocate owner=v:w{i} wait=1h
                restart
                wait +1s
                tick +0s                         -> EipFreed EipAllocated
                allocate owner=t:b               -> same 10.0.0.1
                """);
  }
}
