package io.holdfast.allocator.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** All events after a place, or none of them. */
class RecentEventsTest {
  private static final int MANY = 1_000;
  private final RecentEvents recent = new RecentEvents();

  private byte[] add(String network, long sequence, int length) {
    byte[] record = new byte[length];
    recent.add(network, sequence, record);
    return record;
  }

  @Test
  void whatCameAfterAPlaceIsThereInOrder() {
    byte[] _ = add("a", 1, 10);
    byte[] second = add("a", 2, 10);
    byte[] _ = add("b", 1, 10);
    byte[] third = add("a", 3, 10);

    assertThat(recent.after("a", 1, MANY)).contains(List.of(second, third));
    assertThat(recent.after("a", 3, MANY)).contains(List.of());
  }

  @Test
  void nothingIsKnownOfOtherNetworksAndOfWhatIsStillToCome() {
    byte[] _ = add("a", 1, 10);

    assertThat(recent.after("b", 0, MANY)).isEmpty();
    assertThat(recent.after("a", 2, MANY)).isEmpty();
  }

  @Test
  void aGapHidesWhatIsBehindIt() {
    byte[] _ = add("a", 1, 10);
    byte[] third = add("a", 3, 10);

    assertThat(recent.after("a", 0, MANY)).isEmpty();
    assertThat(recent.after("a", 1, MANY)).isEmpty();
    assertThat(recent.after("a", 2, MANY)).contains(List.of(third));
  }

  @Test
  void moreThanTheLimitIsNotGiven() {
    byte[] first = add("a", 1, 10);
    byte[] second = add("a", 2, 10);

    assertThat(recent.after("a", 0, 2)).contains(List.of(first, second));
    assertThat(recent.after("a", 0, 1)).isEmpty();
  }

  /** Records of 1 MiB: 15 of them, and what each takes beside itself, fit into 16 MiB. */
  @Test
  void theOldestGoWhenItIsFull() {
    byte[] _ = add("old", 1, 1 << 20);
    for (int i = 1; i <= 15; i++) {
      byte[] _ = add("new", i, 1 << 20);
    }

    assertThat(recent.after("old", 0, MANY)).isEmpty();
    assertThat(recent.after("new", 0, MANY)).hasValueSatisfying(all -> assertThat(all).hasSize(15));
  }

  /** A record that comes again takes its place, not a further one. */
  @Test
  void whatComesAgainTakesNoFurtherRoom() {
    byte[] first = add("a", 1, 1 << 20);
    byte[] last = first;
    for (int i = 0; i < 100; i++) {
      last = add("a", 2, 1 << 20);
    }

    assertThat(recent.after("a", 0, MANY)).contains(List.of(first, last));
  }

  @Test
  void aRecordThatDoesNotFitIsNotKept() {
    byte[] _ = add("a", 1, 17 << 20);

    assertThat(recent.after("a", 0, MANY)).isEmpty();
    byte[] next = add("a", 2, 10);
    assertThat(recent.after("a", 1, MANY)).contains(List.of(next));
  }
}
