package io.holdfast.projector.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.command.BundleItem;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.ImportLine;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.report.Report;
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
 * One story for each kind of traffic, on a pool of two addresses whose cool-down was 20 seconds.
 * Times in comments are seconds since the start, and the expected figures follow from them.
 */
@ExtendWith(SharedParts.class)
class WhatIfKindsIT {
  private static final IpAddress FIRST = IpAddress.parse("10.0.0.1");
  private static final IpAddress SECOND = IpAddress.parse("10.0.0.2");
  private static final Figures.Waiting NOBODY = new Figures.Waiting(0, 0, 0, 0, 0, 0);

  private static Parts parts;

  @BeforeAll
  static void start(Parts shared) {
    parts = shared;
  }

  private static Play play(String network) {
    return new Play(1, new Book(parts.codec(), network), "10.0.0.0/30", 0);
  }

  private static WhatIf.Report ask(Play play, Change change) {
    WhatIf.Report report = Asked.of(parts, play.book().network(), change, null);
    assertThat(report.modelDiffers()).isZero();
    assertThat(report.withoutCommand()).isZero();
    assertThat(report.asItWas().waiting()).isEqualTo(report.recorded().waiting());
    return report;
  }

  private static Change quota(String tenant, long limit) {
    return new Change(
        Change.OfPools.none(), Change.OfPools.none(), Map.of(tenant, Optional.of(limit)));
  }

  private static Owner owner(String tenant, String name) {
    return new Owner(tenant, "Pod", "shop", name, "");
  }

  private static EipRequest request(String name) {
    return EipRequest.of(owner("acme", name), FamilyChoice.V4, "p4");
  }

  private static Command allocate(String name) {
    return new Command.AllocateEip(request(name), OnExhausted.REJECT, 0);
  }

  private static Command await(String name, long seconds) {
    return new Command.AllocateEip(request(name), OnExhausted.WAIT, seconds * 1_000);
  }

  private static Command release(IpAddress ip) {
    return new Command.ReleaseEip(ip, null, null);
  }

  private static List<String> differences(WhatIf.Report report) {
    return report.differences().stream()
        .map(d -> d.owner() + ": " + d.was() + ", " + d.wouldBe())
        .toList();
  }

  /** Waits for 25 and 50 seconds; the first of two that wait has this much patience. */
  private static Play waiting(String network, long patience) {
    Play play = play(network);
    play.command(allocate("a"));
    play.command(allocate("b"));
    play.command(await("c", patience));
    play.command(await("d", 200));
    play.pass(5_000);
    play.command(release(FIRST)); // 5
    play.pass(20_000); // 25: c gets the first
    play.pass(5_000);
    play.command(release(SECOND)); // 30
    play.pass(20_000); // 50: d gets the second
    play.pass(10_000);
    play.command(release(FIRST)); // 60: c's
    play.pass(40_000);
    play.command(allocate("e")); // 100: gets the first, free since 80
    parts.produce(play.book());
    return play;
  }

  @Test
  void whoWaitedWouldHaveWaitedInVain() {
    WhatIf.Report report = ask(waiting("impatient", 50), Asked.cooldown(60));

    assertThat(report.recorded().waiting())
        .isEqualTo(new Figures.Waiting(2, 2, 0, 0, 50_000, 50_000));
    assertThat(report.recorded().firstExhausted()).isEqualTo(Play.START);
    // c's time is up at 50; d gets the first at 65, e the second, free since 90
    assertThat(report.whatIf().waiting())
        .isEqualTo(new Figures.Waiting(2, 1, 1, 0, 65_000, 65_000));
    assertThat(differences(report)).containsExactly("acme/Pod/shop/c: served later, wait expired");
    assertThat(report.whatIf().shortestReuseMs()).isEqualTo(60_000);
    assertThat(report.whatIf().medianReuseMs()).isEqualTo(70_000);
  }

  /** At 60 its recorded tenure is over: it does not take the address that d waits for. */
  @Test
  void whoIsGoneWaitsNoLonger() {
    WhatIf.Report report = ask(waiting("patient", 300), Asked.cooldown(60));

    assertThat(report.whatIf().waiting())
        .isEqualTo(new Figures.Waiting(2, 1, 0, 0, 65_000, 65_000));
    assertThat(differences(report))
        .containsExactly("acme/Pod/shop/c: served later, wait cancelled");
  }

  /** Served at 5 and 30; c's tenure ends at 60 all the same, or there would be none for e. */
  @Test
  void whoIsServedSoonerKeepsItsRecordedEnd() {
    WhatIf.Report report = ask(waiting("sooner", 50), Asked.cooldown(0));

    assertThat(report.whatIf().waiting())
        .isEqualTo(new Figures.Waiting(2, 2, 0, 0, 30_000, 30_000));
    assertThat(report.differing()).isZero();
    assertThat(report.whatIf().assumed()).isZero();
    assertThat(report.whatIf().medianReuseMs()).isZero(); // at 5, at 30, and 40 later for e
    assertThat(report.whatIf().reused()).isEqualTo(3);
  }

  /** Nobody knows how long it would have had what it gave up waiting for: 5 seconds, as a had. */
  @Test
  void whoGaveUpWouldHaveBeenServedBefore() {
    Play play = play("given-up");
    play.command(allocate("a"));
    play.command(allocate("b"));
    play.command(await("c", 300));
    play.command(await("d", 300));
    play.pass(5_000);
    play.command(release(FIRST)); // 5
    play.pass(5_000);
    play.command(new Command.CancelAllocation(owner("acme", "c"))); // 10
    play.pass(15_000); // 25: d gets the first
    parts.produce(play.book());

    WhatIf.Report report = ask(play, Asked.cooldown(0));

    assertThat(report.recorded().waiting())
        .isEqualTo(new Figures.Waiting(2, 1, 0, 0, 25_000, 25_000));
    // c from 5 to 10, then d
    assertThat(report.whatIf().waiting())
        .isEqualTo(new Figures.Waiting(2, 2, 0, 0, 10_000, 10_000));
    assertThat(report.whatIf().assumed()).isEqualTo(1);
    assertThat(differences(report))
        .containsExactly("acme/Pod/shop/c: wait cancelled, served later");
  }

  /** Who waits may not ask for something else meanwhile; here it does not wait any more. */
  @Test
  void whoWaitedAndAskedAgainIsAskedAgain() {
    Play play = play("again");
    play.command(allocate("a"));
    play.command(allocate("b"));
    play.command(await("c", 300));
    play.pass(5_000);
    play.command(release(FIRST)); // 5
    play.command(
        new Command.AllocateEip(request("c").at(null, 2, null, null), OnExhausted.REJECT, 0));
    parts.produce(play.book());

    WhatIf.Report report = ask(play, Asked.cooldown(0));

    assertThat(differences(report))
        .containsExactly(
            "acme/Pod/shop/c: still waiting, served later",
            "acme/Pod/shop/c: InUse, PoolExhausted");
  }

  @Test
  void whatIsReservedIsNotToBeHad() {
    Play play = play("reserved");
    play.command(allocate("a"));
    play.command(release(FIRST)); // 0
    play.pass(25_000);
    play.command(new Command.ReserveIp(FIRST)); // 25: free since 20
    play.command(allocate("b"));
    play.command(allocate("c")); // refused
    play.command(
        new Command.AllocateEip(request("e").at(FIRST, 1, null, null), OnExhausted.REJECT, 0));
    play.command(new Command.UnreserveIp(FIRST));
    play.command(allocate("d")); // gets the first
    parts.produce(play.book());

    WhatIf.Report report = ask(play, Asked.cooldown(60));

    assertThat(report.recorded().refused())
        .isEqualTo(Map.of(RefusalCode.PoolExhausted, 1L, RefusalCode.AddressReserved, 1L));
    assertThat(differences(report))
        .containsExactly(
            "acme/Pod/shop/e: AddressReserved, AddressCoolingDown",
            "acme/Pod/shop/d: accepted, PoolExhausted");
    assertThat(report.notes())
        .containsExactly(
            "10.0.0.1 could not have been reserved: 10.0.0.1 cools down until 2026-01-01T00:01:00Z",
            "10.0.0.1 could not have been put back: it would not have been reserved");
  }

  @Test
  void whatIsAdoptedIsHeldAndReservedThen() {
    Play play = play("adopted");
    play.command(allocate("a")); // begins the window
    play.command(new Command.AdoptEip(SECOND, owner("umbrella", "x"), null, null, null, Map.of()));
    play.command(allocate("b")); // refused: x has it
    play.command(release(SECOND));
    play.command(allocate("b")); // refused: it is reserved
    play.command(new Command.UnreserveIp(SECOND));
    play.command(allocate("b"));
    parts.produce(play.book());

    WhatIf.Report same = ask(play, Change.NONE);
    assertThat(same.recorded().refused()).isEqualTo(Map.of(RefusalCode.PoolExhausted, 2L));
    assertThat(same.notes()).isEmpty();
    // It may be had at once: it never was this service's to let rest.
    assertThat(ask(play, Asked.cooldown(60)).differing()).isZero();

    WhatIf.Report none = ask(play, quota("umbrella", 0));
    assertThat(none.whatIf().granted()).isEqualTo(4);
    assertThat(differences(none))
        .containsExactly(
            "acme/Pod/shop/b: PoolExhausted, accepted", "acme/Pod/shop/b: PoolExhausted, accepted");
    assertThat(none.notes().getFirst())
        .startsWith(
            "10.0.0.2 could not have been adopted by umbrella/Pod/shop/x: tenant umbrella has 0 of"
                + " 0");
    assertThat(none.notes()).hasSize(2).last().asString().contains("10.0.0.2", "put back");
  }

  @Test
  void whatIsTransferredCountsForTheOther() {
    Play play = play("transferred");
    play.command(allocate("a"));
    play.command(new Command.TransferEip(FIRST, "umbrella", 5_000, null, null));
    play.command(new Command.AcceptTransfer(FIRST, owner("umbrella", "u"), null));
    play.command(allocate("b"));
    play.pass(10_000);
    play.command(release(FIRST)); // 10: u's
    play.pass(30_000);
    play.command(allocate("c")); // 40: gets the first, free since 30
    parts.produce(play.book());

    // b is acme's only one until c comes
    WhatIf.Report one = ask(play, quota("acme", 1));
    assertThat(differences(one)).containsExactly("acme/Pod/shop/c: accepted, QuotaExceeded");
    assertThat(one.notes()).isEmpty();

    // a keeps it until the end that it had with u
    WhatIf.Report none = ask(play, quota("umbrella", 0));
    assertThat(none.differing()).isZero();
    assertThat(none.whatIf().medianReuseMs()).isEqualTo(30_000);
    assertThat(none.notes())
        .singleElement()
        .asString()
        .contains(" could not have gone to umbrella/Pod/shop/u: tenant umbrella has 0 of 0");
  }

  @Test
  void whatIsAskedForTogetherIsAskedForAgain() {
    Play play = play("bundle");
    play.command(bundle("a", "b"));
    play.command(bundle("c", "d")); // refused
    play.command(release(FIRST));
    play.pass(20_000);
    play.command(allocate("e")); // 20: gets the first
    parts.produce(play.book());

    WhatIf.Report report = ask(play, quota("acme", 1));

    assertThat(report.wishes()).isEqualTo(3);
    assertThat(report.recorded().refused()).isEqualTo(Map.of(RefusalCode.PoolExhausted, 1L));
    assertThat(differences(report))
        .containsExactly(
            "acme/Pod/shop/a and 1 more: accepted, QuotaExceeded",
            "acme/Pod/shop/c and 1 more: PoolExhausted, QuotaExceeded");
    assertThat(report.whatIf().waiting()).isEqualTo(NOBODY);
  }

  /** What something else answers for does not count for the tenant that had it. */
  @Test
  void whatIsSuspectCountsForNobody() {
    Play play = play("suspect");
    play.command(new Command.SetQuota("acme", 1L));
    play.command(allocate("a"));
    play.report(new Report.ConflictSeen(FIRST, "aa:bb:cc:dd:ee:ff"));
    play.command(release(FIRST));
    play.command(allocate("b")); // gets the second: the first is in quarantine
    parts.produce(play.book());

    WhatIf.Report report = ask(play, quota("acme", 0));

    assertThat(report.recorded().granted()).isEqualTo(2);
    assertThat(report.whatIf().refused()).isEqualTo(Map.of(RefusalCode.QuotaExceeded, 2L));
  }

  private static Command bundle(String one, String other) {
    return new Command.AllocateBundle(
        List.of(
            new BundleItem(request(one), List.of()), new BundleItem(request(other), List.of())));
  }

  @Test
  void whatIsImportedIsHeld() {
    Play play = play("imported");
    play.command(allocate("a"));
    play.command(
        new Command.ImportNetwork(
            List.of(
                new ImportLine.EipLine(
                    1, SECOND, owner("umbrella", "x"), null, null, null, Map.of(), false))));
    play.command(allocate("b")); // refused
    play.command(release(SECOND));
    play.pass(20_000);
    play.command(allocate("b")); // 20: gets the second
    parts.produce(play.book());

    WhatIf.Report longer = ask(play, Asked.cooldown(60));
    assertThat(differences(longer)).containsExactly("acme/Pod/shop/b: accepted, PoolExhausted");

    WhatIf.Report none = ask(play, quota("umbrella", 0));
    assertThat(differences(none)).containsExactly("acme/Pod/shop/b: PoolExhausted, accepted");
    assertThat(none.notes())
        .singleElement()
        .asString()
        .startsWith("10.0.0.2 could not have been imported for umbrella/Pod/shop/x: tenant");
  }
}
