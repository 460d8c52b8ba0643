package io.holdfast.allocator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.allocator.store.InMemoryRows;
import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.store.Rows;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.decide.Answers;
import io.holdfast.domain.net.IpFamily;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recovery that is cut off after any portion is done by the next one, with every answer. */
final class InterruptedRecoveryTest {
  private static final long NOW = DrivenTopology.START.toEpochMilli();
  private static final long KEEP = 3_600_000;
  private static final int COMMANDS = 9;

  @TempDir Path dir;

  private RecordedLog log() {
    try (DrivenTopology before = new DrivenTopology(dir, RecordedLog.EMPTY)) {
      for (int i = 0; i < COMMANDS; i++) {
        String name = "p" + i;
        List<String> range = List.of("192.0.2." + 8 * i + "/30");
        before.command(
            "n",
            "c" + i,
            new Command.DefinePool(
                name, IpFamily.V4, range, List.of(), null, null, 0, Map.of(), null));
      }
      return before.log();
    }
  }

  @Test
  void nothingIsMissing() {
    RecordedLog log = log();
    for (int portions = 0; portions < 12; portions++) {
      Function<String, Rows> stores = InMemoryRows.stores();
      Recovery first = recovery(log, books(stores));
      for (int i = 0; i < portions; i++) {
        first.advance(NOW);
      }
      first.close();

      Books books = books(stores);
      Recovery second = recovery(log, books);
      while (!second.advance(NOW)) {
        // until it is done
      }

      Network network = books.network("n");
      assertThat(network.head().sequence()).isEqualTo(COMMANDS);
      for (int i = 0; i < COMMANDS; i++) {
        assertThat(Answers.find(network.state(), "c" + i, NOW + KEEP - 2))
            .as("answer %s, cut off after %s portions", i, portions)
            .isNotNull();
        assertThat(network.state().pools().get("p" + i)).isNotNull();
      }
    }
  }

  private static Recovery recovery(RecordedLog log, Books books) {
    return new Recovery(DrivenTopology.CODEC, log, books, 0, KEEP, NOW);
  }

  private static Books books(Function<String, Rows> stores) {
    return new Books(DrivenTopology.CODEC, new Layout(DrivenTopology.CODEC), stores, () -> 0);
  }
}
