package io.holdfast.domain.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PoolExplanationTest {
  private final World world = new World();

  private PoolView pool(String name) {
    return PoolView.of(
        world.state(), name, Objects.requireNonNull(world.state().pools().get(name)), world.time());
  }

  private Sentences explain(String name) {
    return PoolExplanation.of(world.state(), pool(name));
  }

  private static void says(List<String> sentences, String... parts) {
    assertThat(String.join("\n", sentences)).contains(parts);
  }

  private void available(String name, Condition.Status status, String reason) {
    assertThat(pool(name).conditions())
        .extracting(Condition::type, Condition::status, Condition::reason)
        .containsExactly(tuple(Condition.Type.Available, status, reason));
  }

  @Test
  void withRoom() {
    world.play("allocate owner=a\nallocate owner=b\nrelease 10.0.0.2");
    available("p", Condition.Status.True, "HasFree");
    Sentences e = explain("p");
    says(e.state(), "Pool p offers 10.0.0.0/24: 254 addresses, as event 4 has it.");
    says(e.state(), "252 are free, 1 allocated, 1 cooling down.", "rests 5m");
    says(e.why(), "It can give an address now: 252 of 254 free.");
    assertThat(e.unblock()).isEmpty();
  }

  @Test
  void exhausted() {
    world.play(
        """
        define-pool q 10.9.0.1-10.9.0.2 cooldown=30s across=2h policy=sticky lease=24h opt-in
        allocate owner=a pool=q gateway=gw1
        observe gw1 all
        allocate owner=b pool=q
        release 10.9.0.1
        release 10.9.0.2
        """);
    available("q", Condition.Status.False, "Exhausted");
    Sentences e = explain("q");
    says(e.state(), "0 are free, 1 being released, 1 cooling down.");
    says(e.state(), "the one its owner had last", "rests 30s, for another tenant than its last 2h");
    says(e.state(), "optIn", "ends after 1d unless");
    says(e.why(), "It can give none now (Exhausted): 0 of 2 free.");
    says(e.unblock(), "it has rested at " + Instants.text(world.now() + 7_200_000));
    says(e.unblock(), "phase Releasing", "ResizePool", "onExhausted WAIT");
  }

  @Test
  void waitedFor() {
    world.play(
        """
        define-pool q 10.9.0.1-10.9.0.2 cooldown=30s
        allocate owner=a pool=q count=2
        allocate owner=b pool=q count=2 wait=1h
        allocate owner=c pool=q wait=1h
        release 10.9.0.1
        tick +30s
        """);
    assertThat(pool("q").waiting()).isEqualTo(2);
    available("q", Condition.Status.False, "Promised");
    Sentences e = explain("q");
    long ticket = Objects.requireNonNull(world.state().waiters().firstKey(0L, Long.MAX_VALUE));
    says(e.state(), "2 requests wait for it, the oldest t/Pod/ns/b since 20");
    says(e.state(), "by event " + ticket + " (its ticket), at most until");
    says(e.why(), "(Promised): 1 of 2 free, for those who wait already.");
  }

  @Test
  void whoWaitsForACertainAddressHoldsNobodyUp() {
    world.play(
        """
        allocate owner=a
        allocate owner=b ip=10.0.0.1 wait=1h
        """);
    available("p", Condition.Status.True, "HasFree");
    says(explain("p").why(), "1 request waits all the same: for certain addresses");
  }

  @Test
  void aQuotaThatIsUsedUpHoldsNobodyUp() {
    world.play(
        """
        define-pool q 10.9.0.1-10.9.0.2 cooldown=0s
        allocate owner=a pool=q
        allocate owner=c pool=q
        allocate owner=b pool=q wait=1h
        quota t 1
        release 10.9.0.2 -> EipFreed EipAllocated*0
        """);
    assertThat(pool("q").waiting()).isEqualTo(1);
    available("q", Condition.Status.True, "HasFree");
    says(explain("q").why(), "1 request waits all the same", "a used-up quota");
  }

  @Test
  void quarantinedAndRetained() {
    world.play(
        """
        observe gw1 ip=10.0.0.9/32
        allocate owner=a ip=10.0.0.200
        resize-pool p 10.0.0.0/25 subnet=10.0.0.0/24 mode=retain
        """);
    Sentences e = explain("p");
    says(e.state(), "1 in quarantine", "1 it does not cover any more (retained)");
    says(e.why(), "1 address is in quarantine");
    says(e.unblock(), "phase Quarantined");
  }
}
