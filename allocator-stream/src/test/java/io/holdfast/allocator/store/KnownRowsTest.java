package io.holdfast.allocator.store;

import static io.holdfast.allocator.store.SomeRows.all;
import static io.holdfast.allocator.store.SomeRows.firstTicket;
import static io.holdfast.allocator.store.SomeRows.number;
import static io.holdfast.allocator.store.SomeRows.owner;
import static io.holdfast.allocator.store.SomeRows.reusable;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.model.Owner;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.State;
import io.holdfast.wire.Codec;
import io.holdfast.wire.NumberedIds;
import org.junit.jupiter.api.Test;

/** What a network's state remembers costs no lookup: rows, and that there are none. */
final class KnownRowsTest {
  private static final Codec CODEC = new Codec(new NumberedIds());
  private static final Owner OWNER = new Owner("t", "Pod", "ns", "a", "");
  private static final Owner LATER = new Owner("t", "Pod", "ns", "b", "");

  /** A feature that a network does without costs it no lookups. */
  @Test
  void anEmptyTableIsNotReadForEver() {
    Walked walked = new Walked();
    State state = new StoreState(new Layout(CODEC), "n", name -> walked);
    State neighbour = new StoreState(new Layout(CODEC), "n.2", name -> walked);
    neighbour.tickets().put(OWNER, 7L);
    for (int i = 0; i < 5_000; i++) {
      assertThat(state.tickets().get(OWNER)).isNull();
      assertThat(state.tickets().firstKey(OWNER, LATER)).isNull();
    }
    assertThat(walked.gets + walked.scans).isBetween(1, 1_100);

    state.tickets().put(OWNER, 8L);
    assertThat(state.tickets().firstKey(OWNER, LATER)).isEqualTo(OWNER);
    State again = new StoreState(new Layout(CODEC), "n", name -> walked);
    for (int i = 0; i < 5_000; i++) {
      assertThat(again.tickets().get(LATER)).isNull();
    }
    assertThat(again.tickets().get(OWNER)).isEqualTo(8L);
    assertThat(again.tickets().firstKey(OWNER, LATER)).isEqualTo(OWNER);
  }

  /** After a thousand looks in vain it is known, wherever they were; never if it has rows. */
  @Test
  void whetherATableIsEmptyIsAskedSeldom() {
    Walked walked = new Walked();
    State state = new StoreState(new Layout(CODEC), "n", name -> walked);
    for (int place = 1; place <= 3_000; place++) {
      assertThat(firstTicket(state, place)).isNull();
    }
    assertThat(walked.scans).isEqualTo(1_001);
    state.tickets().put(LATER, 8L);
    for (int place = 1; place <= 3_000; place++) {
      assertThat(firstTicket(state, place)).isEqualTo(LATER);
    }
    assertThat(walked.scans).isEqualTo(4_001);

    state.reusable().put(reusable(1), Mark.SET);
    for (int i = 0; i < 3_000; i++) {
      assertThat(all(state)).hasSize(1);
    }
    assertThat(walked.scans).isEqualTo(4_003);
  }

  /** What other networks have there does not count, and looking is not given up. */
  @Test
  void aTableWithARowIsNotTakenForEmpty() {
    Walked walked = new Walked();
    new StoreState(new Layout(CODEC), "a", name -> walked).tickets().put(OWNER, 7L);
    StoreState state = new StoreState(new Layout(CODEC), "n", name -> walked);
    state.tickets().put(LATER, 8L);
    state.forget();
    for (int i = 1; i <= 3_000; i++) {
      assertThat(state.tickets().get(owner(i))).isNull();
    }
    assertThat(walked.scans).isEqualTo(3);
    assertThat(state.tickets().get(LATER)).isEqualTo(8L);
    assertThat(walked.gets).isEqualTo(3_001);

    state.tickets().remove(LATER);
    for (int i = 1; i <= 3_000; i++) {
      assertThat(state.tickets().get(owner(i))).isNull();
    }
    assertThat(walked.scans).isEqualTo(4);
    assertThat(walked.gets).isEqualTo(4_001);
  }

  /** The last 32, whether they are there or not; of a table that is small, all, for good. */
  @Test
  void aFewRowsAreKeptDecoded() {
    Walked walked = new Walked();
    StoreState state = new StoreState(new Layout(CODEC), "n", name -> walked);
    for (int i = 1; i <= 33; i++) {
      state.tickets().get(owner(i));
    }
    state.tickets().get(owner(33));
    state.tickets().get(owner(2));
    assertThat(walked.gets).as("the last 32").isEqualTo(33);
    state.tickets().get(owner(1));
    assertThat(walked.gets).as("one before").isEqualTo(34);
    state.forget();
    state.tickets().get(owner(33));
    assertThat(walked.gets).as("after the turn").isEqualTo(35);

    for (int i = 1; i <= 900; i++) {
      state.gateways().get(number(i));
    }
    state.forget();
    for (int i = 1; i <= 900; i++) {
      state.gateways().get(number(i));
    }
    assertThat(walked.gets).isEqualTo(935);
  }
}
