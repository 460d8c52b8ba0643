package io.holdfast.domain.scenario;

import io.holdfast.domain.script.Script;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Waiting for addresses. Sources: Cluster API #179 (waiters), MetalLB #1774 and Cilium #41147 (who
 * holds, keeps), Kube-OVN #4210 (half an allocation).
 */
class WaitingTest {

  /** CAPI #179: a full pool, two wait, one release: exactly one allocation, to the older. */
  @Test
  void oneReleaseServesTheOlder() {
    play(
        """
        define-pool p 10.0.0.1 cooldown=30s
        allocate owner=a
        allocate owner=b wait=1h        -> waiting#1 AllocationQueued
        allocate owner=c wait=1h        -> waiting#2 AllocationQueued
        release 10.0.0.1
        tick +30s                       -> EipFreed EipAllocated*1 AllocationDequeued*1
        allocate owner=b                -> same 10.0.0.1
        allocate owner=c wait=1h        -> same waiting#1
        """);
  }

  /** MetalLB #1774, Cilium #41147: restarts in any order; who holds, keeps. */
  @Test
  void whoHoldsKeepsThroughRestarts() {
    Random random = new Random(41147);
    for (int round = 0; round < Script.orders(1_000); round++) {
      Script script = new Script().auditAtTheEnd();
      script.play("define-pool p 10.0.0.1 cooldown=10s").play("allocate owner=svc1 -> 10.0.0.1");
      for (int i = 0; i < 6; i++) {
        script.step(
            switch (random.nextInt(5)) {
              case 0 -> "restart";
              case 1 -> "allocate owner=svc2 wait=1h";
              case 2 -> "allocate owner=svc2";
              case 3 -> "tick +15s";
              default -> "allocate owner=svc1 -> same 10.0.0.1";
            });
      }
      script.play("allocate owner=svc1 -> same 10.0.0.1");
    }
  }

  @Test
  void nobodyWhoAsksLaterIsServedBefore() {
    play(
        """
        define-pool p 10.0.0.0/30 cooldown=10s
        allocate owner=a count=2
        allocate owner=b count=2 wait=1h -> waiting#1
        release 10.0.0.1
        tick +10s                        -> EipFreed EipAllocated*0
        allocate owner=c                 -> PoolExhausted
        allocate owner=c ip=10.0.0.1     -> PoolExhausted
        allocate owner=c wait=1h         -> waiting#2
        release 10.0.0.2
        tick +10s                        -> EipFreed EipAllocated*2
        allocate owner=b count=2         -> same
        """);
  }

  @Test
  void aDeadlineEndsItAndTheNextIsServed() {
    play(
        """
        define-pool p 10.0.0.0/30 cooldown=10s
        allocate owner=a count=2
        allocate owner=b count=2 wait=60s
        allocate owner=c wait=1h         -> waiting#2
        release 10.0.0.1
        tick +59s                        -> EipFreed EipAllocated*0
        tick +1s                         -> AllocationDequeued*2 EipAllocated*1
        allocate owner=c                 -> same 10.0.0.1
        allocate owner=b                 -> PoolExhausted
        """);
  }

  @Test
  void whoGivesUpMakesRoomForTheNext() {
    play(
        """
        define-pool p 10.0.0.0/30 cooldown=0s
        allocate owner=a
        allocate owner=b count=2 wait=1h
        allocate owner=c wait=1h         -> waiting#2
        cancel b                         -> AllocationDequeued*2 EipAllocated
        cancel b                         -> NotWaiting
        allocate owner=c                 -> same 10.0.0.2
        """);
  }

  @Test
  void moreAddressesOrANewPoolServeToo() {
    play(
        """
        define-pool p 10.0.0.1 cooldown=0s
        allocate owner=a
        allocate owner=b wait=1h
        resize-pool p 10.0.0.1-10.0.0.2  -> EipAllocated
        allocate owner=c wait=1h
        define-pool q 10.0.1.1 opt-in    -> EipAllocated*0
        define-pool q 10.0.1.1           -> PoolChanged EipAllocated
        allocate owner=c                 -> same 10.0.1.1
        allocate owner=d wait=1h
        define-pool r 10.0.2.1           -> PoolDefined EipAllocated
        """);
  }

  /** Whom only one address can help, or a whole block, does not hold up the others. */
  @Test
  void whoWaitsForOneAddressHoldsNobodyUp() {
    play(
        """
        define-pool p 10.0.0.0/29 cooldown=10s policy=first-free
        allocate owner=a count=6
        allocate owner=b ip=10.0.0.3 wait=1h
        allocate owner=c count=3 contiguous wait=1h
        release 10.0.0.1
        tick +10s
        allocate owner=d                 -> 10.0.0.1
        release 10.0.0.3
        tick +10s                        -> EipAllocated
        allocate owner=b ip=10.0.0.3     -> same
        release 10.0.0.4
        release 10.0.0.5
        release 10.0.0.6
        tick +10s                        -> EipAllocated*3
        allocate owner=c count=3 contiguous -> same 10.0.0.4
        """);
  }

  @Test
  void aWaiterWhoseGatewayIsGoneIsTold() {
    play(
        """
        define-pool p 10.0.0.1 cooldown=10s
        heartbeat n1 b1
        define-gateway gw1 n1
        define-gateway gw2 n1
        allocate owner=a
        allocate owner=b gateway=gw2 wait=1h
        allocate owner=c wait=1h
        retire gw2                       -> AllocationDequeued*1 EipAllocated*0
        release 10.0.0.1
        tick +10s                        -> AllocationDequeued*1 EipAllocated*1
        allocate owner=c                 -> same
        """);
  }

  /** Found in review: both were looked at only when something came free. */
  @Test
  void whoStandsBehindOneWhoseGatewayIsGoneIsServed() {
    play(
        """
        define-pool p 10.0.0.1-10.0.0.2 cooldown=0s
        heartbeat n1 b1
        define-gateway gw2 n1
        allocate owner=a                 -> 10.0.0.1
        allocate owner=b count=2 gateway=gw2 wait=24h -> waiting#1
        allocate owner=c wait=1h         -> waiting#2
        retire gw2                       -> AllocationDequeued*2 EipAllocated
        allocate owner=c                 -> same 10.0.0.2
        """);
  }

  /** Found by simulation: it held what it waited for, and waited on before all others. */
  @Test
  void whoGetsAnAddressInAnotherWayWaitsNoMore() {
    play(
        """
        define-pool p 10.0.0.0/30 cooldown=60s
        allocate owner=a                 -> 10.0.0.1
        allocate owner=b                 -> 10.0.0.2
        release 10.0.0.1
        allocate owner=a wait=1h         -> waiting#1
        allocate owner=c wait=1h         -> waiting#2
        restore 10.0.0.1                 -> EipRestored AllocationDequeued*1
        release 10.0.0.2
        tick +60s                        -> EipFreed EipAllocated
        allocate owner=c                 -> same 10.0.0.2
        """);
  }

  /** Found by simulation: who stood behind it in the other pool was not looked at. */
  @Test
  void whoIsServedMakesWayInAllItsPools() {
    play(
        """
        define-pool p 10.0.0.1 cooldown=0s
        define-pool q 10.0.1.1 cooldown=0s
        allocate owner=a pool=p
        allocate owner=b pool=q
        allocate owner=w pool=p,q count=2 wait=1h -> waiting#1
        allocate owner=x pool=q wait=1h  -> waiting#2
        release 10.0.1.1                 -> EipFreed EipAllocated*0
        resize-pool p 10.0.0.1-10.0.0.5  -> EipAllocated*3 AllocationDequeued*2
        allocate owner=x pool=q          -> same 10.0.1.1
        """);
  }

  /** Found by simulation: a waiter was bound to the boot that had just been declared over. */
  @Test
  void whoseNodeIsOffIsPassedOverUntilItIsBack() {
    play(
        """
        define-pool p 10.0.0.1 cooldown=0s
        heartbeat n1 b1
        allocate owner=a node=n1
        allocate owner=b node=n1 wait=1h -> waiting#1
        off n1
        tick +20s                        -> NodeLost
        fence-node n1                    -> EipReleaseRequested EipFreed EipAllocated*0
        allocate owner=c                 -> 10.0.0.1
        release 10.0.0.1                 -> EipFreed EipAllocated*0
        heartbeat n1 b2                  -> NodeReturned EipAllocated
        allocate owner=b                 -> same 10.0.0.1
        """);
  }

  /** Found by simulation: whoever stood behind one whose node went off was not told. */
  @Test
  void whoStandsBehindOneWhoseNodeGoesOffIsServed() {
    play(
        """
        define-pool p 10.0.0.1-10.0.0.2 cooldown=0s
        heartbeat n1 b1
        allocate owner=a
        allocate owner=b count=2 node=n1 wait=1h -> waiting#1
        allocate owner=c wait=1h         -> waiting#2
        off n1
        tick +20s                        -> NodeLost EipAllocated
        allocate owner=c                 -> same 10.0.0.2
        """);
  }

  @Test
  void manyAreServedInPortions() {
    Script script = new Script().auditAtTheEnd();
    script.play("define-pool p 10.0.0.1").play("allocate owner=a");
    script.play("repeat 250 allocate owner=w{i} wait=1h");
    script.play(
        """
        tick +0s                         -> silent
        resize-pool p 10.0.0.0/24        -> EipAllocated*100
        tick +0s                         -> EipAllocated*100
        tick +0s                         -> EipAllocated*50
        tick +0s                         -> silent
        allocate owner=w249              -> same
        allocate owner=x                 -> ok
        """);
  }

  /** Only the pools that a request names are waited for. */
  @Test
  void otherPoolsAreNotHeldUp() {
    play(
        """
        define-pool p 10.0.0.1
        define-pool q 10.0.1.1
        allocate owner=a pool=p          -> 10.0.0.1
        allocate owner=b pool=p wait=1h  -> waiting#1
        allocate owner=c pool=q          -> 10.0.1.1
        """);
  }

  /** A pool that is only for who names it now is not promised to who did not. */
  @Test
  void aPoolThatChangesIsWaitedForNoLonger() {
    play(
        """
        define-pool p 10.0.0.1 cooldown=0s
        define-pool q 10.0.1.1 cooldown=0s
        allocate owner=a pool=p          -> 10.0.0.1
        allocate owner=b pool=q          -> 10.0.1.1
        allocate owner=c wait=1h         -> waiting#1
        define-pool q 10.0.1.1 cooldown=0s opt-in -> PoolChanged
        release 10.0.1.1                 -> EipAllocated*0
        allocate owner=d pool=q          -> 10.0.1.1
        """);
  }

  /** It asked long ago: being served does not renew what it holds. */
  @Test
  void waitingRenewsNoLease() {
    play(
        """
        define-pool p 10.0.0.1-10.0.0.2 cooldown=0s lease=100s
        allocate owner=b                 -> 10.0.0.1
        allocate owner=a                 -> 10.0.0.2
        allocate owner=b count=2 wait=1h -> waiting#1
        tick +60s                        -> EipAllocated*0
        release 10.0.0.2                 -> EipAllocated LeaseSet*0
        """);
  }

  /** Found in review: what it held ended by its lease although it asked for it all the time. */
  @Test
  void whoWaitsAndAsksAgainKeepsWhatItHolds() {
    play(
        """
        define-pool p 10.0.0.1-10.0.0.2 cooldown=0s lease=100s
        allocate owner=b                 -> 10.0.0.1
        allocate owner=a lease=0s        -> 10.0.0.2
        tick +50s                        -> silent
        heartbeat n1 b1
        allocate owner=b count=2 node=n1 wait=1h -> waiting#1 LeaseSet EipRebound
        tick +60s                        -> EipReleaseRequested*0
        heartbeat n1 b1
        allocate owner=b count=2 node=n1 wait=1h -> ok waiting#1 LeaseSet EipRebound*0
        tick +70s                        -> EipReleaseRequested*0
        """);
  }

  /** Found in review: an address is its last tenant's sooner, and its waiter was not told. */
  @Test
  void whoHadItLastIsServedWhileItRestsForOthers() {
    play(
        """
        define-pool p 10.0.0.1 cooldown=10s across=1h
        allocate owner=t:a               -> 10.0.0.1
        allocate owner=t:b wait=2h       -> waiting#1
        release 10.0.0.1
        tick +9s                         -> silent
        tick +1s                         -> EipFreed EipAllocated AllocationDequeued
        allocate owner=t:b               -> same 10.0.0.1
        """);
    play(
        """
        define-pool p 10.0.0.1 cooldown=0s across=1h
        allocate owner=t:a               -> 10.0.0.1
        allocate owner=t:b wait=2h       -> waiting#1
        release 10.0.0.1                 -> EipFreed EipAllocated AllocationDequeued
        allocate owner=t:c ip=10.0.0.1 wait=2h -> waiting#1
        release 10.0.0.1                 -> EipFreed EipAllocated AllocationDequeued
        release 10.0.0.1                 -> EipCooldownStarted
        restart
        tick +1s                         -> silent
        restart
        allocate owner=u:a               -> PoolExhausted
        tick +1h                         -> EipFreed
        allocate owner=u:a               -> 10.0.0.1
        """);
  }

  /** What it was given of the other family goes back. */
  @Test
  void whatCannotBeMetAnyMoreTakesNothing() {
    play(
        """
        define-pool p4 10.0.0.1 cooldown=0s
        define-pool p6 2001:db8::1
        allocate owner=a                 -> 10.0.0.1
        allocate owner=b family=dual wait=1h -> waiting#1
        remove-pool p6
        release 10.0.0.1                 -> AllocationDequeued EipAllocated*0
        allocate owner=c                 -> 10.0.0.1
        """);
  }

  /** What is left after a portion may be a whole pool. */
  @Test
  void otherPoolsGetTheirTurnAfterAPortion() {
    Script script = new Script().auditAtTheEnd();
    script.play(
        """
        define-pool p 10.0.0.1 cooldown=0s
        define-pool q 10.0.1.1 cooldown=0s
        allocate owner=a pool=p
        allocate owner=b pool=q
        """);
    script.play("repeat 100 allocate owner=u:w{i} pool=p wait=1h");
    script.play(
        """
        allocate owner=u:z pool=q wait=1h
        tick +0s                         -> silent
        quota u 0
        resize-pool p 10.0.0.0/24        -> EipAllocated*0
        release 10.0.1.1                 -> EipAllocated*0
        quota u 1000                     -> EipAllocated*100
        tick +0s                         -> EipAllocated
        allocate owner=u:z pool=q        -> same 10.0.1.1
        """);
  }

  /** Found in review: the timer that goes on with a portion is in no event. */
  @Test
  void theRestOfAPortionIsServedAfterARestart() {
    Script script = new Script().auditAtTheEnd();
    script.play("define-pool p 10.0.0.1").play("allocate owner=a");
    script.play("repeat 150 allocate owner=w{i} wait=1h");
    script.play(
        """
        tick +0s                         -> silent
        resize-pool p 10.0.0.0/24        -> EipAllocated*100
        restart
        tick +0s                         -> EipAllocated*50
        """);
  }

  /** Kube-OVN #4210: v4 has room, v6 has none: nothing is taken, and a waiter gets both at once. */
  @Test
  void halfAnAllocationIsNone() {
    play(
        """
        define-pool p4 10.0.0.0/29 cooldown=10s
        define-pool p6 2001:db8::1 cooldown=10s
        allocate owner=a family=v6
        repeat 100 allocate owner=b{i} family=dual -> PoolExhausted silent
        allocate owner=b family=dual wait=1h -> waiting#1
        release 2001:db8::1
        tick +10s                        -> EipAllocated*2
        allocate owner=b family=dual     -> same 10.0.0.1 2001:db8::1
        """);
  }

  private static Script play(String lines) {
    return new Script().play(lines);
  }
}
