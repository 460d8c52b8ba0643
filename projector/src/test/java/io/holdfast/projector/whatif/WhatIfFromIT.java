package io.holdfast.projector.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.Play;
import io.holdfast.projector.support.SharedParts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A window that begins in the middle of things: some hold, wait, rest or are being released
 * already. Times in comments are seconds.
 */
@ExtendWith(SharedParts.class)
class WhatIfFromIT {
  private static final IpAddress FIRST = IpAddress.parse("10.0.0.1");

  private static Parts parts;

  @BeforeAll
  static void start(Parts shared) {
    parts = shared;
  }

  /** P4 has 10.0.0.1 and 10.0.0.2 and a cool-down of 20 seconds. */
  private static Play play(String network) {
    return new Play(1, new Book(parts.codec(), network), "10.0.0.0/30", 0);
  }

  private static WhatIf.Report ask(Play play, Change change, long from) {
    return Asked.of(parts, play.book().network(), change, Instant.ofEpochMilli(from));
  }

  private static Command allocate(String tenant, String name) {
    EipRequest request =
        EipRequest.of(new Owner(tenant, "Pod", "shop", name, ""), FamilyChoice.V4, "p4");
    return new Command.AllocateEip(request, OnExhausted.REJECT, 0);
  }

  private static Command release(IpAddress ip) {
    return new Command.ReleaseEip(ip, null, null);
  }

  /** Another allocator takes over, and its clock is behind: the log goes on all the same. */
  @Test
  void whatIsAfterTheFirstIsInTheWindow() {
    Play play = play("clock");
    play.command(allocate("acme", "a"));
    play.pass(5_000);
    play.command(allocate("acme", "a")); // 5: has it; no event, so the next one may be before
    play.pass(-1_000);
    play.command(allocate("acme", "b")); // 4
    play.command(allocate("acme", "c")); // 4: refused
    parts.produce(play.book());

    WhatIf.Report same = ask(play, Change.NONE, Play.START + 4_500);

    assertThat(same.wishes()).isEqualTo(3);
    assertThat(same.withoutCommand()).isZero();
    assertThat(same.modelDiffers()).isZero();
  }

  /** It was gone at 10, and has its next holder at 50. */
  @Test
  void whatWasAdoptedAndGoneBeforeIsUsedAgain() {
    Play play = play("adopted-before");
    Owner owner = new Owner("acme", "Pod", "shop", "a", "");
    play.command(allocate("acme", "begin"));
    play.command(
        new Command.AdoptEip(IpAddress.parse("10.0.0.2"), owner, null, null, null, Map.of()));
    play.pass(10_000);
    play.command(release(IpAddress.parse("10.0.0.2"))); // 10
    play.pass(20_000);
    play.command(new Command.UnreserveIp(IpAddress.parse("10.0.0.2"))); // 30
    play.pass(20_000);
    play.command(allocate("acme", "b")); // 50
    parts.produce(play.book());

    assertThat(ask(play, Change.NONE, 0).asItWas().shortestReuseMs()).isEqualTo(40_000);
    WhatIf.Report late = ask(play, Change.NONE, Play.START + 40_000);
    assertThat(late.wishes()).isEqualTo(1);
    assertThat(late.asItWas().shortestReuseMs()).isEqualTo(40_000);
  }

  /** What the record does not have lasts as long as others did, whenever those began: 100. */
  @Test
  void whatBeganBeforeCountsForHowLongTheyLast() {
    Play play = play("lasting");
    play.command(new Command.SetQuota("umbrella", 0L));
    play.command(allocate("acme", "a"));
    play.pass(60_000);
    play.command(allocate("umbrella", "x")); // 60: refused
    play.pass(40_000);
    play.command(release(FIRST)); // 100
    play.pass(100_000);
    play.command(allocate("acme", "b")); // 200: x has been gone since 160
    parts.produce(play.book());
    Change change =
        new Change(
            Change.OfPools.none(), Change.OfPools.none(), Map.of("umbrella", Optional.empty()));

    assertThat(ask(play, change, 0).whatIf().assumed()).isEqualTo(1);
    assertThat(ask(play, change, Play.START + 50_000).whatIf().assumed()).isEqualTo(1);
  }
}
