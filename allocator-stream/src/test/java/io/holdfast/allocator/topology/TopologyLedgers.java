package io.holdfast.allocator.topology;

import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.script.Ledger;
import io.holdfast.domain.script.LedgerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Scripts are played on the topology, one at a time: one ends where the next one begins. */
public final class TopologyLedgers implements LedgerFactory {
  /** Each has its own stores, and new ones after each restart: 1,000 take ten minutes. */
  private static final int ORDERS = Integer.getInteger("holdfast.scenario.orders", 50);

  private static @Nullable TopologyLedger current;
  private static @Nullable Path dir;

  @Override
  public Ledger open(Settings settings) {
    close();
    try {
      Path fresh = Files.createTempDirectory("holdfast-scenario");
      TopologyLedger opened = new TopologyLedger(settings, fresh);
      dir = fresh;
      current = opened;
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int orders(int wanted) {
    return Math.min(wanted, ORDERS);
  }

  /** Ends the last one, and deletes its stores. */
  static void close() {
    TopologyLedger last = current;
    Path used = dir;
    current = null;
    dir = null;
    if (last == null || used == null) {
      return;
    }
    last.close();
    try (Stream<Path> files = Files.walk(used)) {
      List<Path> childrenFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : childrenFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
