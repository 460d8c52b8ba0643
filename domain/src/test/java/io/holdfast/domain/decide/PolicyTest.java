package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.event.Choice;
import io.holdfast.domain.event.Choice.Why;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.script.Script;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which address is given, from which pool, and why. */
class PolicyTest {

  @Test
  void theOneThatRestedLongestComesFirstAndNeverUsedOnesBeforeNobody() {
    Script script =
        play(
            """
            define-pool p 10.0.0.0/29 cooldown=1s
            allocate owner=a count=3     -> 10.0.0.1 10.0.0.2 10.0.0.3
            release 10.0.0.2
            tick +1s
            release 10.0.0.1
            tick +2s
            allocate owner=b             -> 10.0.0.2
            """);
    assertThat(choice(script).why()).isEqualTo(Why.LEAST_RECENTLY_USED);
    script.play("allocate owner=c -> 10.0.0.1").play("allocate owner=d -> 10.0.0.4");
    assertThat(choice(script).why()).isEqualTo(Why.NEVER_USED);
  }

  @Test
  void theLowestFreeOne() {
    Script script =
        play(
            """
            define-pool p 10.0.0.0/28 cooldown=1s policy=first-free
            allocate owner=a count=5
            allocate owner=x ip=10.0.0.7
            release 10.0.0.4
            release 10.0.0.2
            allocate owner=b             -> 10.0.0.6
            tick +1s
            allocate owner=c             -> 10.0.0.2
            allocate owner=d             -> 10.0.0.4
            allocate owner=e             -> 10.0.0.8
            """);
    assertThat(choice(script).why()).isEqualTo(Why.LOWEST);
  }

  /**
   * Its timer has not fired, but its deadline has passed: it is found when nothing else is left.
   */
  @ParameterizedTest
  @ValueSource(strings = {"first-free", "random", "best-fit", "sticky", "least-recently-used"})
  void atTheVeryDeadlineItIsFree(String policy) {
    play(
        """
        define-pool p 10.0.0.0/30 cooldown=10s policy=%s
        allocate owner=a count=2
        release 10.0.0.1
        wait +9999ms
        allocate owner=b             -> PoolExhausted
        wait +1ms
        allocate owner=b             -> 10.0.0.1
        """
            .formatted(policy));
  }

  @Test
  void randomOnesAreSpreadAndAllAreFound() {
    Script script = new Script().auditAtTheEnd();
    script.play("define-pool p 10.0.0.0/24 cooldown=1s policy=random");
    List<Integer> given = new ArrayList<>();
    for (int i = 0; i < 254; i++) {
      script.step("allocate owner=o" + i + " -> ok");
      String ip = lastGrant(script).ip().toString();
      given.add(Integer.parseInt(ip.substring(ip.lastIndexOf('.') + 1)));
    }
    script.play("allocate owner=more -> PoolExhausted");
    assertThat(new HashSet<>(given)).hasSize(254);
    assertThat(choice(script).why()).isEqualTo(Why.RANDOM);
    // Of the first 64 about a quarter lies in each quarter of the pool: 16 each, and with 254
    // choose 64 ways fewer than 4 in one of them is one in some thousands of millions.
    for (int quarter = 0; quarter < 4; quarter++) {
      int from = quarter * 64;
      long there = given.subList(0, 64).stream().filter(n -> n >= from && n < from + 64).count();
      assertThat(there).as("quarter %s of %s", quarter, given).isBetween(4L, 40L);
    }
    assertThat(given).isNotEqualTo(given.stream().sorted().toList());
  }

  @Test
  void aReturningOwnerGetsItsOldAddress() {
    Script script =
        play(
            """
            define-pool p 10.0.0.0/29 cooldown=1s policy=sticky
            allocate owner=a             -> 10.0.0.1
            allocate owner=b             -> 10.0.0.2
            release 10.0.0.1
            tick +1s
            release 10.0.0.2
            tick +1s
            allocate owner=b             -> 10.0.0.2
            """);
    assertThat(choice(script).why()).isEqualTo(Why.HAD_IT_LAST);
    script.play(
        """
        allocate owner=c             -> 10.0.0.1
        allocate owner=a             -> 10.0.0.3
        release 10.0.0.3
        allocate owner=a             -> 10.0.0.4
        """);
    assertThat(choice(script).why()).as("its old one still rests").isEqualTo(Why.NEVER_USED);
  }

  @Test
  void whatItHadInAnotherPoolIsNotTakenFromThere() {
    play(
        """
        define-pool p 10.0.0.0/29 cooldown=0s policy=sticky
        define-pool q 10.0.1.0/29 cooldown=0s policy=sticky
        allocate owner=a pool=p      -> 10.0.0.1
        release 10.0.0.1
        allocate owner=a pool=q      -> 10.0.1.1
        """);
  }

  @Test
  void adjacentOnesComeFromTheShortestRunThatIsLongEnough() {
    Script script =
        play(
            """
            define-pool p 10.0.0.0/27 cooldown=1s policy=best-fit
            allocate owner=x ip=10.0.0.4
            allocate owner=x2 ip=10.0.0.10
            allocate owner=a count=4 contiguous -> 10.0.0.5 10.0.0.6 10.0.0.7 10.0.0.8
            allocate owner=b count=3 contiguous -> 10.0.0.1 10.0.0.2 10.0.0.3
            allocate owner=c                    -> 10.0.0.9
            allocate owner=d count=21 contiguous -> PoolExhausted silent
            allocate owner=d count=20 contiguous -> 10.0.0.11 10.0.0.30
            allocate owner=d count=20 contiguous -> same 10.0.0.11
            allocate owner=e                    -> PoolExhausted
            """);
    assertThat(choice(script).why()).isEqualTo(Why.BEST_FIT);
  }

  /** Released out of order, they are one run again; due ones are freed for it. */
  @Test
  void runsGrowTogetherAgain() {
    play(
        """
        define-pool p 10.0.0.0/29 cooldown=10s policy=first-free
        allocate owner=a count=6
        release 10.0.0.4
        release 10.0.0.2
        release 10.0.0.3
        wait +10s
        allocate owner=b count=3 contiguous -> 10.0.0.2 10.0.0.3 10.0.0.4
        """);
  }

  @Test
  void aTenantsOwnComeBackToItSooner() {
    Script script =
        play(
            """
            define-pool p 10.0.0.0/30 cooldown=10s across=100s
            allocate owner=t:a           -> 10.0.0.1
            allocate owner=u:b           -> 10.0.0.2
            release 10.0.0.1
            tick +10s
            allocate owner=u:c           -> PoolExhausted
            allocate owner=u:c ip=10.0.0.1 -> AddressCoolingDown
            allocate owner=t:c           -> 10.0.0.1
            """);
    assertThat(choice(script).why()).isEqualTo(Why.SAME_TENANT);
    script.play(
        """
        release 10.0.0.1
        tick +99s
        allocate owner=u:c           -> PoolExhausted
        tick +1s
        allocate owner=u:c           -> 10.0.0.1
        release 10.0.0.1
        tick +10s
        allocate owner=u:d ip=10.0.0.1 -> 10.0.0.1
        """);
  }

  @Test
  void aRefusalSaysWhenTheFirstOfAllPoolsComesBack() {
    Script script =
        play(
            """
            define-pool p 10.0.0.1 cooldown=20s
            define-pool q 10.0.1.1 cooldown=10s
            define-pool r 10.0.2.1 cooldown=30s
            allocate owner=a count=3
            release 10.0.0.1
            release 10.0.1.1
            release 10.0.2.1
            allocate owner=b pool=q      -> PoolExhausted
            """);
    String first = script.lastRefusal().details().get("nextFreeAt");
    script.play("allocate owner=b -> PoolExhausted");
    assertThat(script.lastRefusal().details()).containsEntry("nextFreeAt", first);
  }

  @Test
  void aRefusalSaysWhenTheTenantsOwnComesBack() {
    Script script =
        play(
            """
            define-pool p 10.0.0.1 cooldown=10s across=100s
            allocate owner=t:a
            release 10.0.0.1
            allocate owner=t:b           -> PoolExhausted
            """);
    String ours = script.lastRefusal().details().get("nextFreeAt");
    script.play("allocate owner=u:b -> PoolExhausted");
    String others = script.lastRefusal().details().get("nextFreeAt");
    assertThat(java.time.Instant.parse(ours))
        .isEqualTo(java.time.Instant.parse(others).minusSeconds(90));
  }

  @Test
  void poolsByPriorityThenByNameAndWhatWasPassedOver() {
    Script script =
        play(
            """
            define-pool a 10.0.0.1 cooldown=0s labels=tier:gold
            define-pool b 10.0.1.1 cooldown=0s labels=tier:silver priority=5
            define-pool c 10.0.2.1 cooldown=0s labels=tier:silver opt-in priority=9
            define-pool d 10.0.3.1-10.0.3.9 cooldown=0s priority=-1
            allocate owner=1             -> 10.0.1.1
            allocate owner=2             -> 10.0.0.1
            allocate owner=3             -> 10.0.3.1
            """);
    assertThat(choice(script).skipped())
        .extracting(Choice.Skipped::what)
        .containsExactly("c", "b", "a");
    script.play(
        """
        allocate owner=4 labels=tier:silver -> 10.0.2.1
        allocate owner=5 labels=tier:gold   -> PoolExhausted
        allocate owner=6 labels=tier:lead   -> NoMatchingPool
        release 10.0.2.1
        allocate owner=7 pool=c,d           -> 10.0.2.1
        allocate owner=8 pool=c,d           -> 10.0.3.2
        allocate owner=9 pool=c labels=tier:gold -> NoMatchingPool
        """);
  }

  /** A /64 that is excluded but for its last addresses: found at once, and exhausted at once. */
  @ParameterizedTest
  @ValueSource(strings = {"first-free", "random", "best-fit", "sticky", "least-recently-used"})
  void theLastOfAHugePool(String policy) {
    Script script = new Script().auditAtTheEnd();
    script.step(
        "define-pool p 2001:db8::/64 exclude=2001:db8::-2001:db8::ffff:ffff:ffff:fffe policy="
            + policy
            + " -> ok");
    script.step("allocate owner=a family=v6 -> 2001:db8::ffff:ffff:ffff:ffff");
    script.step("allocate owner=b family=v6 -> PoolExhausted");
    assertThat(script.lastRefusal().details()).containsEntry("p.size", "1");
  }

  @Test
  void settingsChangeAndAddressesStay() {
    Script script =
        play(
            """
            define-pool p 10.0.0.0/29 cooldown=1s
            allocate owner=a count=2
            release 10.0.0.2
            define-pool p 10.0.0.0/29 cooldown=1s policy=first-free -> ok
            define-pool p 10.0.0.0/29 cooldown=1s policy=first-free -> same silent
            define-pool p 10.0.0.0/28 cooldown=1s policy=first-free -> InUse
            define-pool p 10.0.0.0/29 cooldown=1s exclude=10.0.0.5 policy=first-free -> InUse
            tick +1s
            allocate owner=b             -> 10.0.0.2
            define-pool p 10.0.0.0/29 cooldown=1s policy=sticky     -> PoolChanged*1
            release 10.0.0.2
            tick +1s
            allocate owner=c             -> 10.0.0.2
            release 10.0.0.2
            tick +1s
            allocate owner=d ip=10.0.0.3
            allocate owner=c             -> 10.0.0.2
            define-pool p 10.0.0.0/29 cooldown=9s policy=best-fit   -> ok
            resize-pool p 10.0.0.0/29,10.0.0.16/29 mode=reject      -> ok
            allocate owner=e count=5 contiguous -> 10.0.0.17
            """);
    script.play("audit");
  }

  private static Script play(String lines) {
    return new Script().play(lines);
  }

  private static Grant lastGrant(Script script) {
    return ((Outcome.Accepted) script.lastOutcome()).grants().getLast();
  }

  private static Choice choice(Script script) {
    Set<Choice> last = new HashSet<>();
    for (Recorded recorded : script.ledger().log().reversed()) {
      if (recorded.event() instanceof Event.EipAllocated e) {
        last.add(e.choice());
        break;
      }
    }
    return last.iterator().next();
  }
}
