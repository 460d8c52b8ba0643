package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** A tenant's quota, and those who wait because of it. */
class QuotaTest {

  /** Found in review: nor was who stood behind one whose tenant took its last elsewhere. */
  @Test
  void whoStandsBehindAQuotaThatIsUsedUpElsewhereIsServed() {
    play(
        """
        define-pool p 10.0.0.1-10.0.0.2 cooldown=0s
        define-pool q 10.0.1.1-10.0.1.2
        quota u 2
        allocate owner=a pool=p
        allocate owner=u:x pool=p count=2 wait=1h -> waiting#1
        allocate owner=b pool=p wait=1h  -> waiting#2
        allocate owner=u:y pool=q        -> EipAllocated*2
        allocate owner=u:z pool=q        -> EipAllocated*1
        allocate owner=b                 -> same 10.0.0.2
        """);
  }

  @Test
  void whoseQuotaIsUsedUpIsPassedOverAndComesBack() {
    play(
        """
        define-pool p 10.0.0.0/29 cooldown=10s
        quota u 1
        allocate owner=a count=6
        allocate owner=u:x wait=1h       -> waiting#1
        allocate owner=b wait=1h         -> waiting#2
        quota u 0
        release 10.0.0.1
        tick +10s                        -> EipAllocated*1
        allocate owner=b                 -> same 10.0.0.1
        release 10.0.0.2
        tick +10s                        -> EipAllocated*0
        allocate owner=c                 -> 10.0.0.2
        release 10.0.0.3
        tick +10s
        quota u 1                        -> QuotaSet EipAllocated
        allocate owner=u:x               -> same 10.0.0.3
        """);
  }

  /** What a tenant gives back in one pool lets its waiter have an address of another. */
  @Test
  void itsOwnReleaseElsewhereLetsItIn() {
    play(
        """
        define-pool p 10.0.0.1 cooldown=10s
        define-pool q 10.0.1.1-10.0.1.2 cooldown=10s
        allocate owner=a pool=p
        allocate owner=u:x pool=q
        allocate owner=u:y pool=p wait=1h
        quota u 1
        release 10.0.0.1
        tick +10s                        -> EipAllocated*0
        release 10.0.1.1
        tick +9s                         -> silent
        tick +1s                         -> EipFreed EipAllocated
        allocate owner=u:y               -> same 10.0.0.1
        """);
  }

  /** It may wait for long: others can have the address meanwhile, by name too. */
  @Test
  void aCertainAddressIsNotKeptForWhoMayNotHaveIt() {
    play(
        """
        define-pool p 10.0.0.1-10.0.0.2 cooldown=0s
        allocate owner=a                 -> 10.0.0.1
        allocate owner=u:b               -> 10.0.0.2
        quota u 1
        allocate owner=u:c ip=10.0.0.1 wait=1h
        release 10.0.0.1                 -> EipFreed EipAllocated*0
        allocate owner=d ip=10.0.0.1     -> ok EipAllocated
        """);
  }

  /** Found in review: it may have one more, needs two, and locked its pool until its deadline. */
  @Test
  void whoNeedsMoreThanItsQuotaLeavesHoldsNobodyUp() {
    play(
        """
        define-pool p 10.0.0.1-10.0.0.2 cooldown=0s
        allocate owner=a                 -> 10.0.0.1
        allocate owner=u:x count=2 wait=24h -> waiting#1
        allocate owner=b wait=1h         -> waiting#2
        quota u 1                        -> QuotaSet EipAllocated
        allocate owner=b                 -> same 10.0.0.2
        release 10.0.0.2                 -> EipAllocated*0
        allocate owner=c                 -> 10.0.0.2
        quota u 2                        -> EipAllocated*0
        release 10.0.0.2                 -> EipAllocated*0
        allocate owner=d                 -> PoolExhausted
        release 10.0.0.1                 -> EipAllocated*2
        allocate owner=u:x count=2       -> same
        """);
  }

  /** What it gave back it lacks, while it still counts on the quota. */
  @Test
  void whoLacksOneMoreHoldsUpNobodyAnyMore() {
    play(
        """
        define-pool p 10.0.0.1-10.0.0.3 cooldown=10s
        quota u 3
        allocate owner=a                 -> 10.0.0.1
        allocate owner=u:x               -> 10.0.0.2
        allocate owner=u:x count=3 wait=24h -> waiting#1
        allocate owner=b wait=24h        -> waiting#2
        release 10.0.0.2                 -> EipAllocated
        allocate owner=b                 -> same 10.0.0.3
        tick +10s                        -> EipFreed EipAllocated*0
        allocate owner=c                 -> PoolExhausted
        """);
  }

  @Test
  void aQuotaCountsUntilTheAddressIsFree() {
    Script script =
        play(
            """
            heartbeat n1 b1
            define-pool p 10.0.0.0/29 cooldown=10s
            define-gateway gw1 n1
            allocate owner=a gateway=gw1
            allocate owner=u:z
            quota t 2                    -> QuotaSet
            quota t 2                    -> same silent
            allocate owner=b             -> ok
            allocate owner=c             -> QuotaExceeded silent
            """);
    assertThat(script.lastRefusal().details())
        .containsEntry("used", "2")
        .containsEntry("limit", "2")
        .containsEntry("tenant", "t");
    script.play(
        """
        release 10.0.0.1
        allocate owner=c                 -> QuotaExceeded
        observe gw1                      -> EipCooldownStarted
        allocate owner=c                 -> QuotaExceeded
        tick +10s                        -> EipFreed
        allocate owner=c                 -> ok
        restart
        allocate owner=d                 -> QuotaExceeded
        allocate owner=u:y               -> ok
        quota t none                     -> ok
        allocate owner=d                 -> ok
        """);
  }

  /**
   * Found by simulation: a younger waiter was looked at first when an address left its cool-down,
   * at the moment that let the older one's quota have it.
   */
  @Test
  void whoComesBackFromItsQuotaIsNotOvertaken() {
    play(
        """
        define-pool p 10.0.0.1 cooldown=10s
        allocate owner=t:a               -> 10.0.0.1
        allocate owner=t:b wait=1h       -> waiting#1
        quota t 1
        release 10.0.0.1
        wait +9s
        allocate owner=u:z wait=1h       -> waiting#2
        tick +1s                         -> EipFreed EipAllocated
        allocate owner=t:b               -> same 10.0.0.1
        """);
  }

  private static Script play(String lines) {
    return new Script().play(lines);
  }
}
