package io.holdfast.projector.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.Play;
import io.holdfast.projector.support.SharedParts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Pools that come and go. Umbrella's x was refused, as its quota was 0; without a quota it has
 * 10.0.0.1 of p4 when that is removed, cut or replaced. Times in comments are seconds.
 */
@ExtendWith(SharedParts.class)
class WhatIfPoolsIT {
  private static final Change NO_QUOTA =
      new Change(
          Change.OfPools.none(), Change.OfPools.none(), Map.of("umbrella", Optional.empty()));
  private static final String STILL_IN_USE =
      "pool p4 could not have been removed then: 1 of its addresses would be in use; it gives no"
          + " more of them";

  private static Parts parts;

  @BeforeAll
  static void start(Parts shared) {
    parts = shared;
  }

  /** P4 has 10.0.0.1 and 10.0.0.2 and a cool-down of 20 seconds. */
  private static Play play(String network) {
    Play play = new Play(1, new Book(parts.codec(), network), "10.0.0.0/30", 0);
    play.command(new Command.SetQuota("umbrella", 0L));
    play.command(allocate("umbrella", "x", "p4"));
    return play;
  }

  private static WhatIf.Report ask(Play play) {
    parts.produce(play.book());
    WhatIf.Report same = ask(play, Change.NONE);
    assertThat(same.modelDiffers()).isZero();
    assertThat(same.notes()).isEmpty();
    return ask(play, NO_QUOTA);
  }

  private static WhatIf.Report ask(Play play, Change change) {
    return Asked.of(parts, play.book().network(), change, null);
  }

  private static Command define(String pool, String range) {
    return new Command.DefinePool(
        pool, IpFamily.V4, List.of(range), List.of(), null, null, 0, Map.of(), null);
  }

  private static Command resize(String pool, String... ranges) {
    return new Command.ResizePool(pool, List.of(ranges), List.of(), null, null, ResizeMode.REJECT);
  }

  private static Command allocate(String tenant, String name, String... pools) {
    Owner owner = new Owner(tenant, "Pod", "shop", name, "");
    FamilyChoice family = List.of(pools).equals(List.of("p6")) ? FamilyChoice.V6 : FamilyChoice.V4;
    return new Command.AllocateEip(EipRequest.of(owner, family, pools), OnExhausted.REJECT, 0);
  }

  /** What is not recorded lasts as long as this did: 100 seconds. */
  private static void endAfterHundred(Play play) {
    play.pass(100_000);
    play.command(new Command.ReleaseEip(IpAddress.parse("2001:db8::1"), null, null));
  }

  private static List<String> differences(WhatIf.Report report) {
    return report.differences().stream()
        .map(d -> d.owner().replace("/Pod/shop/", " ") + ": " + d.was() + ", " + d.wouldBe())
        .toList();
  }

  @Test
  void whatWasRemovedGivesNoMoreAndWhoHoldsKeeps() {
    Play play = play("removed");
    play.command(define("other", "10.5.0.1-10.5.0.1"));
    play.command(new Command.RemovePool("p4"));
    play.command(allocate("acme", "b")); // gets 10.5.0.1
    play.command(allocate("acme", "c")); // refused, though 10.0.0.2 would be free
    play.command(allocate("umbrella", "x")); // has what it has

    WhatIf.Report report = ask(play);

    assertThat(differences(report))
        .containsExactly(
            "umbrella x: QuotaExceeded, accepted", "umbrella x: QuotaExceeded, accepted");
    assertThat(report.notes()).containsExactly(STILL_IN_USE);
    assertThat(report.whatIf().peaks()).containsEntry("p4", 1L).containsEntry("other", 1L);
  }

  @Test
  void whatReplacedItIsThereOnceItIsFree() {
    Play play = play("replaced");
    play.command(allocate("acme", "z", "p6"));
    play.command(new Command.RemovePool("p4"));
    play.command(define("new", "10.0.0.0/29"));
    play.command(allocate("acme", "b", "new"));
    endAfterHundred(play); // x has it until then, and it rests until 120
    play.pass(10_000);
    play.command(allocate("acme", "c", "new")); // 110
    play.pass(20_000);
    play.command(allocate("acme", "d", "new")); // 130

    WhatIf.Report report = ask(play);

    assertThat(differences(report))
        .containsExactly(
            "umbrella x: QuotaExceeded, accepted",
            "acme b: accepted, PoolUnknown",
            "acme c: accepted, PoolUnknown");
    assertThat(report.notes())
        .containsExactly(
            STILL_IN_USE,
            "pool new could not have been defined then: 10.0.0.1 would still be in use by"
                + " pool p4; it is once that is over");
    assertThat(report.whatIf().assumed()).isEqualTo(1);
    assertThat(report.whatIf().peaks()).containsEntry("p4", 1L).containsEntry("new", 1L);
  }

  @Test
  void whatIsDefinedAgainHasTheRest() {
    Play play = play("defined-again");
    play.command(new Command.RemovePool("p4"));
    play.command(define("p4", "10.0.0.0/30"));
    play.command(allocate("acme", "b", "p4"));
    play.command(allocate("acme", "c", "p4"));

    WhatIf.Report report = ask(play);

    assertThat(differences(report))
        .containsExactly("umbrella x: QuotaExceeded, accepted", "acme c: accepted, PoolExhausted");
    assertThat(report.notes()).containsExactly(STILL_IN_USE);
    assertThat(report.whatIf().peaks()).containsEntry("p4", 2L);
  }

  /** The same, though the pool is only cut. */
  @Test
  void whatGrowsOverItDoesOnceItIsFree() {
    Play play = play("grown");
    play.command(allocate("acme", "z", "p6"));
    play.command(define("other", "10.5.0.1-10.5.0.1"));
    play.command(allocate("acme", "b", "other"));
    play.command(resize("p4", "10.0.0.2-10.0.0.2"));
    play.command(resize("other", "10.5.0.1-10.5.0.1", "10.0.0.1-10.0.0.1"));
    play.command(allocate("acme", "c", "other"));
    play.command(new Command.ReleaseEip(IpAddress.parse("10.0.0.1"), null, null));
    endAfterHundred(play); // x has it until then, and it rests until 120
    play.pass(30_000);
    play.command(allocate("acme", "d", "other")); // 130

    WhatIf.Report report = ask(play);

    assertThat(differences(report))
        .containsExactly("umbrella x: QuotaExceeded, accepted", "acme c: accepted, PoolExhausted");
    assertThat(report.notes())
        .containsExactly(
            "pool other could not have been resized then: 10.0.0.1 would still be in use by"
                + " pool p4; it is once that is over");
  }

  /** Its new cool-down holds for what it has, though what it is to have must wait. */
  @Test
  void whatIsSetMeanwhileHoldsAtOnce() {
    Play play = play("set-meanwhile");
    String own = "10.5.0.1-10.5.0.2";
    String grown = "10.0.0.1-10.0.0.1";
    play.command(define("other", own));
    play.command(resize("p4", "10.0.0.2-10.0.0.2"));
    play.command(resize("other", own, grown));
    play.command(
        new Command.DefinePool(
            "other",
            IpFamily.V4,
            List.of(own, grown),
            List.of(),
            null,
            null,
            3_600_000,
            Map.of(),
            null));
    play.command(allocate("acme", "b", "other")); // 10.0.0.1
    play.command(allocate("acme", "c", "other")); // 10.5.0.1
    play.pass(1_000);
    play.command(new Command.ReleaseEip(IpAddress.parse("10.5.0.1"), null, null));
    play.command(allocate("acme", "d", "other")); // 10.5.0.2, which c has in the other world

    assertThat(differences(ask(play)))
        .containsExactly("umbrella x: QuotaExceeded, accepted", "acme d: accepted, PoolExhausted");
  }

  /** Nobody can say which address the same draw would have given. */
  @Test
  void whatIsDrawnIsSaid() {
    Play play = play("drawn");
    play.command(
        new Command.DefinePool(
            "lot",
            IpFamily.V4,
            List.of("10.5.0.0/24"),
            List.of(),
            null,
            null,
            0,
            Map.of(),
            null,
            PoolPolicy.RANDOM,
            0,
            0,
            false,
            0,
            0));
    play.command(allocate("acme", "b", "lot"));
    parts.produce(play.book());

    assertThat(ask(play, Change.NONE).notes())
        .singleElement()
        .asString()
        .startsWith("pool lot gives addresses at random: the model draws others");
  }
}
