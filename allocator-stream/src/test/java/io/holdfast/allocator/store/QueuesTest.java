package io.holdfast.allocator.store;

import static io.holdfast.allocator.store.SomeRows.all;
import static io.holdfast.allocator.store.SomeRows.firstTicket;
import static io.holdfast.allocator.store.SomeRows.number;
import static io.holdfast.allocator.store.SomeRows.reusable;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.model.Owner;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.OrderedTable;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import io.holdfast.wire.Codec;
import io.holdfast.wire.NumberedIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tables that are queues: what was removed from their front is not walked over again. */
final class QueuesTest {
  private static final Codec CODEC = new Codec(new NumberedIds());
  private static final Owner LATER = new Owner("t", "Pod", "ns", "b", "");

  /** RocksDB would walk over all that was deleted there. */
  @Test
  void aQueueIsLookedForWhereItBegins() {
    Walked walked = new Walked();
    State state = new StoreState(new Layout(CODEC), "n", name -> walked);
    for (int i = 1; i <= 100; i++) {
      state.reusable().put(reusable(i), Mark.SET);
    }
    for (int i = 1; i < 100; i++) {
      assertThat(first(state)).isEqualTo(reusable(i));
      state.reusable().remove(reusable(i));
    }
    assertThat(first(state)).isEqualTo(reusable(100));
    assertThat(walked.gets + walked.scans).isLessThan(10);

    state.reusable().put(reusable(7), Mark.SET);
    assertThat(first(state)).isEqualTo(reusable(7));
  }

  /** In its turn a network keeps rows at hand; out of turn only where they begin. */
  @Test
  void aQueueIsStillThereAfterATurn() {
    StoreState state = new StoreState(new Layout(CODEC), "n", InMemoryRows.stores());
    for (int i = 1; i <= 300; i++) {
      state.reusable().put(reusable(i), Mark.SET);
      first(state);
    }
    for (int i = 1; i <= 300; i++) {
      assertThat(first(state)).isEqualTo(reusable(i));
      state.reusable().remove(reusable(i));
      if (i % 7 == 0) {
        state.forget();
      }
    }
    assertThat(first(state)).isNull();
    state.reusable().put(reusable(3), Mark.SET);
    assertThat(first(state)).isEqualTo(reusable(3));
  }

  /** More rows than are kept at hand, looked at from more places than are remembered. */
  @Test
  void aLongTableIsTheSameFromEverywhere() {
    long seed = System.nanoTime();
    System.out.println("QueuesTest, long table: seed " + seed);
    Random random = new Random(seed);
    StoreState state = new StoreState(new Layout(CODEC), "n", InMemoryRows.stores());
    OrderedTable<String, Long> table = state.table(TableId.LAST_SEEN);
    NavigableMap<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < 4_000; i++) {
      int at = random.nextInt(2_000);
      int rows = random.nextInt(20) == 0 ? 300 : 1;
      boolean isPut = random.nextBoolean();
      for (int row = at; row < at + rows; row++) {
        if (isPut) {
          expected.put(number(row), (long) i);
          table.put(number(row), (long) i);
        } else {
          expected.remove(number(row));
          table.remove(number(row));
        }
      }
      if (random.nextInt(50) == 0) {
        state.forget();
      }
      int place = 100 * random.nextInt(20);
      String from = number(place);
      String to = number(place + 1 + random.nextInt(2_000));
      int most = random.nextInt(3) == 0 ? 2_000 : 1 + random.nextInt(5);
      List<Map.Entry<String, Long>> seen = new ArrayList<>();
      table.scan(
          from,
          to,
          (key, value) -> {
            seen.add(Map.entry(key, value));
            return seen.size() < most;
          });
      assertThat(seen)
          .isEqualTo(expected.subMap(from, to).entrySet().stream().limit(most).toList());
    }
  }

  /** Where it begins is known exactly, in a turn and after it. */
  @Test
  void nothingThatWasRemovedFromAQueueIsWalkedOver() {
    Walked walked = new Walked();
    StoreState state = new StoreState(new Layout(CODEC), "n", name -> walked);
    for (int i = 1; i <= 300; i++) {
      state.reusable().put(reusable(i), Mark.SET);
    }
    first(state); // From the second look on, the rows are at hand.
    for (int i = 1; i <= 1_300; i++) {
      assertThat(first(state)).isEqualTo(reusable(i));
      state.reusable().remove(reusable(i));
      state.reusable().put(reusable(300 + i), Mark.SET);
      // With rows left at hand, then each time the 64 that were read are used up, then no more.
      if (i <= 700 ? i % 7 == 0 : i <= 1_000 && (i - 700) % 64 == 0) {
        state.forget();
      }
    }
    assertThat(walked.removed).isZero();
  }

  @Test
  void aQueueThatIsEmptyIsWalkedOverOnce() {
    Walked walked = new Walked();
    State state = new StoreState(new Layout(CODEC), "n", name -> walked);
    for (int i = 1; i <= 50; i++) {
      state.reusable().put(reusable(i), Mark.SET);
      state.reusable().remove(reusable(i));
    }
    for (int i = 1; i <= 3; i++) {
      assertThat(first(state)).isNull();
    }
    assertThat(walked.removed).isEqualTo(50);
    assertThat(walked.scans).isEqualTo(1);
  }

  /** 64 are read at once; of more than 128 that came to be there, 64 stay. */
  @Test
  void onlyTheFirstRowsAreKept() {
    Walked walked = new Walked();
    StoreState state = new StoreState(new Layout(CODEC), "n", name -> walked);
    state.reusable().put(reusable(1_000), Mark.SET);
    first(state);
    first(state);
    assertThat(walked.scans).as("where it begins, and what is there").isEqualTo(2);
    for (int i = 1; i <= 300; i++) {
      state.reusable().put(reusable(i), Mark.SET);
    }
    assertThat(first(state)).isEqualTo(reusable(1));
    assertThat(walked.scans).as("at hand").isEqualTo(2);
    assertThat(all(state)).hasSize(301);
    assertThat(walked.scans).as("beyond").isEqualTo(3);

    state.forget();
    assertThat(all(state)).hasSize(301);
    assertThat(walked.scans).as("both anew").isEqualTo(5);
    assertThat(all(state)).hasSize(301);
    assertThat(walked.scans).as("beyond").isEqualTo(6);
  }

  @Test
  void sixteenPlacesAreRemembered() {
    Walked walked = new Walked();
    State state = new StoreState(new Layout(CODEC), "n", name -> walked);
    state.tickets().put(LATER, 8L);
    for (int place = 1; place <= 17; place++) {
      for (int look = 0; look < 3; look++) {
        assertThat(firstTicket(state, place)).isEqualTo(LATER);
      }
      assertThat(walked.scans).isEqualTo(2 * place);
    }
    firstTicket(state, 2);
    assertThat(walked.scans).as("still known").isEqualTo(34);
    firstTicket(state, 1);
    assertThat(walked.scans).as("given up").isEqualTo(35);
  }

  private static @Nullable ReusableKey first(State state) {
    return state.reusable().firstKey(ReusableKey.first("p"), ReusableKey.last("p"));
  }
}
