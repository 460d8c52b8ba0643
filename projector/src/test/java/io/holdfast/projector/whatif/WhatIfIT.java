package io.holdfast.projector.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.Play;
import io.holdfast.projector.support.SharedParts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands from a real log, asked again. */
@ExtendWith(SharedParts.class)
class WhatIfIT {
  private static Parts parts;

  @BeforeAll
  static void start(Parts shared) {
    parts = shared;
  }

  private static WhatIf.Report ask(String network, Change change, @Nullable Instant from) {
    return Asked.of(parts, network, change, from);
  }

  private static Change ofPool(String pool) {
    return new Change(
        new Change.OfPools<>(null, Map.of(pool, 60_000L)), Change.OfPools.none(), Map.of());
  }

  private static Command allocate(String name) {
    return new Command.AllocateEip(
        List.of("p4"),
        new Owner("acme", "Pod", "shop", name, ""),
        null,
        FamilyChoice.V4,
        1,
        null,
        null);
  }

  private static Command release() {
    return new Command.ReleaseEip(IpAddress.parse("10.0.0.1"), null, null);
  }

  /** Two addresses; the pool's cool-down was 20 seconds. */
  private static Book story(String network) {
    Play play = new Play(1, new Book(parts.codec(), network), "10.0.0.0/30", 0);
    play.command(allocate("a"));
    play.command(allocate("b"));
    play.command(release());
    play.pass(30_000);
    play.command(allocate("c")); // gets 10.0.0.1 again after 30 s
    play.pass(40_000);
    play.command(allocate("c")); // has it
    play.pass(10_000);
    play.command(release());
    play.pass(25_000);
    play.command(allocate("d")); // gets 10.0.0.1 again after 25 s
    return play.book();
  }

  @Test
  void aLongerCooldownWouldHaveRefusedTwo() {
    parts.produce(story("two"));

    WhatIf.Report report = ask("two", Asked.cooldown(60), null);

    assertThat(report.wishes()).isEqualTo(5);
    assertThat(report.modelDiffers()).isZero();
    assertThat(report.withoutCommand()).isZero();
    assertThat(report.recorded().granted()).isEqualTo(5);
    assertThat(report.asItWas().granted()).isEqualTo(5);
    assertThat(report.asItWas().reused()).isEqualTo(2);
    assertThat(report.asItWas().shortestReuseMs()).isEqualTo(25_000);
    assertThat(report.asItWas().medianReuseMs()).isEqualTo(30_000);
    assertThat(report.differing()).isEqualTo(2);
    assertThat(report.differences())
        .extracting(d -> d.owner() + " " + d.was() + " " + d.wouldBe())
        .containsExactly(
            "acme/Pod/shop/c accepted PoolExhausted", "acme/Pod/shop/d accepted PoolExhausted");
    assertThat(report.whatIf().refused()).isEqualTo(Map.of(RefusalCode.PoolExhausted, 2L));
    assertThat(report.whatIf().firstExhausted()).isEqualTo(Play.START + 30_000);
    assertThat(report.whatIf().shortestReuseMs()).isEqualTo(70_000);
    assertThat(report.whatIf().peaks()).containsEntry("p4", 2L);
  }

  @Test
  void aChangeOfAnotherPoolChangesNothing() {
    parts.produce(story("other"));

    WhatIf.Report report = ask("other", ofPool("p6"), null);

    assertThat(report.differing()).isZero();
    assertThat(report.whatIf()).isEqualTo(report.asItWas());
  }

  @Test
  void aQuotaOfOneWouldHaveRefusedThree() {
    parts.produce(story("quota"));

    WhatIf.Report report =
        ask(
            "quota",
            new Change(
                Change.OfPools.none(), Change.OfPools.none(), Map.of("acme", Optional.of(1L))),
            null);

    // a holds one until it is released; c and d come after its address is free again
    assertThat(report.modelDiffers()).isZero();
    assertThat(report.whatIf().refused()).isEqualTo(Map.of(RefusalCode.QuotaExceeded, 1L));
    assertThat(report.differences())
        .extracting(d -> d.owner() + " " + d.was() + " " + d.wouldBe())
        .containsExactly("acme/Pod/shop/b accepted QuotaExceeded");
    assertThat(report.whatIf().peaks()).containsEntry("p4", 1L);
  }

  /** Three tenants' worth of addresses, one released: the lowest is taken again at once. */
  @Test
  void thePolicyDecidesHowSoonAnAddressIsUsedAgain() {
    Play play = new Play(1, new Book(parts.codec(), "policy"), "10.0.0.0/28", 0);
    play.command(allocate("a"));
    play.command(allocate("b"));
    play.command(release());
    play.pass(30_000);
    play.command(allocate("c")); // longest unused: 10.0.0.1
    play.command(new Command.ReleaseEip(IpAddress.parse("10.0.0.2"), null, null));
    play.pass(30_000);
    play.command(new Command.ReleaseEip(IpAddress.parse("10.0.0.1"), null, null));
    play.pass(60_000);
    play.command(allocate("d")); // longest unused: 10.0.0.2, after 90 s
    parts.produce(play.book());

    WhatIf.Report report =
        ask(
            "policy",
            new Change(
                Change.OfPools.none(),
                new Change.OfPools<>(PoolPolicy.FIRST_FREE, Map.of()),
                Map.of()),
            null);

    assertThat(report.differing()).isZero();
    assertThat(report.asItWas().shortestReuseMs()).isEqualTo(30_000);
    assertThat(report.asItWas().medianReuseMs()).isEqualTo(90_000);
    assertThat(report.whatIf().medianReuseMs()).isEqualTo(60_000);
  }

  /** "Nothing would have differed" would be no answer to a slip of the pen. */
  @Test
  void aPoolThatNeverWasIsNamed() {
    parts.produce(story("slip"));

    assertThatThrownBy(() -> ask("slip", ofPool("p5"), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pool 'p5'")
        .hasMessageContaining("only p4, p6");
  }

  @Test
  void aTenantThatNobodyIsOfIsNamed() {
    parts.produce(story("nobody"));
    Change slip =
        new Change(Change.OfPools.none(), Change.OfPools.none(), Map.of("acne", Optional.of(1L)));

    assertThatThrownBy(() -> ask("nobody", slip, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("quota of tenant 'acne'")
        .hasMessageContaining("who did: acme");
  }

  /** What was before is as it was: the deadline of a cool-down that ran already, too. */
  @Test
  void theWindowBeginsWhereItIsTold() {
    parts.produce(story("late"));

    WhatIf.Report report =
        ask("late", Asked.cooldown(60), Instant.ofEpochMilli(Play.START + 100_000));

    assertThat(report.wishes()).isEqualTo(1);
    assertThat(report.from()).isEqualTo(Play.START + 105_000);
    assertThat(report.modelDiffers()).isZero();
    assertThat(report.differing()).isZero();
  }
}
