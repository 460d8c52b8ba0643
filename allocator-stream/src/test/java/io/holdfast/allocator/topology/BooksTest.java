package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.allocator.store.InMemoryRows;
import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.store.Rows;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.ResidentKey;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class BooksTest {
  private static final ResidentKey KEY = new ResidentKey("node", IpAddress.parse("192.0.2.1"));

  private final Function<String, Rows> stores = InMemoryRows.stores();
  private final Books books =
      new Books(DrivenTopology.CODEC, new Layout(DrivenTopology.CODEC), stores, () -> 0);

  @Test
  void aNetworkKeepsRowsDecodedForItsTurnOnly() {
    Network one = books.network("one");
    one.state().residents().put(KEY, Mark.SET);
    byte[] row = InMemoryRows.onlyKey(stores.apply(Layout.ADDRESSES));
    stores.apply(Layout.ADDRESSES).put(row, null);
    assertThat(books.network("one").state().residents().get(KEY)).as("its turn").isNotNull();

    books.turnTo(books.network("two"));
    assertThat(one.state().residents().get(KEY)).as("read from the store").isNull();
  }

  @Test
  void aNameOfNothingIsLetGo() {
    var _ = books.network("nothing");
    books.letGo("nothing");
    books.letGo("never heard of");
    assertThat(books.all()).isEmpty();

    Network timed = books.network("timed");
    timed.state().timers().put(new TimerKey(5, TimerKind.OUTCOMES, "", ""), Mark.SET);
    books.letGo("timed");
    assertThat(books.all()).containsExactly(timed);
  }
}
