package io.holdfast.projector.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.Play;
import io.holdfast.projector.support.SharedParts;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random traffic, lived through again: as it was configured, nothing may differ from the record.
 */
@ExtendWith(SharedParts.class)
class WhatIfRandomIT {
  private static Parts parts;

  @BeforeAll
  static void start(Parts shared) {
    parts = shared;
  }

  private static WhatIf.Report ask(String network, Change change, @Nullable Instant from) {
    return Asked.of(parts, network, change, from);
  }

  private static void assertAsRecorded(WhatIf.Report same) {
    assertThat(same.modelDiffers()).isZero();
    assertThat(same.differing()).isZero();
    assertThat(same.withoutCommand()).isZero();
    assertThat(same.notes()).isEmpty();
    assertThat(same.asItWas().granted()).isEqualTo(same.recorded().granted());
    assertThat(same.asItWas().refused()).isEqualTo(same.recorded().refused());
    assertThat(same.asItWas().firstExhausted()).isEqualTo(same.recorded().firstExhausted());
    assertThat(same.asItWas().waiting()).isEqualTo(same.recorded().waiting());
    assertThat(same.whatIf()).isEqualTo(same.asItWas());
  }

  @Test
  void asItWasTheModelAnswersAsRecorded() {
    Play play = new Play(31, new Book(parts.codec(), "random"), "10.0.0.0/26", 900).until(20_000);
    parts.produce(play.book());

    WhatIf.Report same = ask("random", Change.NONE, null);

    assertThat(same.wishes()).isGreaterThan(1_000);
    assertThat(same.recorded().refused()).containsKey(RefusalCode.PoolExhausted);
    assertAsRecorded(same);

    WhatIf.Report none = ask("random", Asked.cooldown(0), null);
    assertThat(none.whatIf().granted()).isGreaterThan(same.recorded().granted());
    assertThat(none.whatIf().shortestReuseMs()).isLessThan(same.asItWas().shortestReuseMs());

    WhatIf.Report day = ask("random", Asked.cooldown(24 * 3_600), null);
    assertThat(day.whatIf().granted()).isLessThan(same.recorded().granted());
    assertThat(day.whatIf().firstExhausted()).isPositive();
  }

  /** Waiting, reservations, adoptions, transfers, bundles, imports, quotas, leases, resizes. */
  @Test
  void allKindsOfTrafficAreLivedThroughAsRecorded() {
    Play play = new Play(72, new Book(parts.codec(), "kinds"), "10.0.0.0/26", 900);
    new Traffic(72, play).until(20_000);
    parts.produce(play.book());

    WhatIf.Report same = ask("kinds", Change.NONE, null);

    assertAsRecorded(same);
    assertThat(same.recorded().waiting().served()).isGreaterThan(100);
    assertThat(same.recorded().waiting().expired()).isGreaterThan(100);

    WhatIf.Report hour = ask("kinds", Asked.cooldown(3_600), null);
    assertThat(hour.whatIf().waiting().served()).isLessThan(same.recorded().waiting().served());
    assertThat(hour.notes()).isNotEmpty();

    // Of two pools over the same addresses one or the other is there; those rest for longer now.
    Change spare =
        new Change(
            new Change.OfPools<>(null, Map.of("spare-1", 60_000L, "spare-2", 60_000L)),
            Change.OfPools.none(),
            Map.of());
    assertThat(ask("kinds", spare, null).notes())
        .anyMatch(note -> note.matches("pool spare-. could not have been removed then: .*"))
        .anyMatch(note -> note.matches("pool spare-. could not have been defined then: .*"));
  }

  /** Some hold, wait, rest or are being released already. */
  @Test
  void wheneverItBeginsNothingDiffersAsItWas() {
    Play play = new Play(73, new Book(parts.codec(), "middle"), "10.0.0.0/26", 900);
    new Traffic(73, play).until(20_000);
    parts.produce(play.book());
    Random random = new Random(73);
    for (int i = 0; i < 3; i++) {
      var meta = play.book().messages().get(random.nextInt(19_000)).meta();
      WhatIf.Report same =
          ask("middle", Change.NONE, Instant.ofEpochMilli(meta.time() + random.nextInt(2)));
      assertThat(same.wishes()).as("from event %d", meta.sequence()).isPositive();
      assertAsRecorded(same);
    }
  }
}
