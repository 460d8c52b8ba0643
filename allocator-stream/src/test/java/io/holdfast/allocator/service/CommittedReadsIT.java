package io.holdfast.allocator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.allocator.service.AllocatorApi.UnavailableException;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.wire.Contract;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.holdfast.wire.NetworkHead;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is shown before it is committed. Transactions take seconds here: what the stores have
 * long is committed late, or not at all.
 */
final class CommittedReadsIT {
  private static final Duration LONG = Duration.ofSeconds(4);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path dir;
  private static RealParts parts;

  @BeforeAll
  static void start() {
    parts = RealParts.start(dir);
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  @Test
  void whatWasRolledBackIsNotShownWhenAnotherEventGetsItsNumber() throws Exception {
    String network = "rolled-back";
    try (Allocator allocator = parts.allocator(LONG)) {
      parts.awaitReady(allocator);
      // The next transaction begins now, and ends in four seconds.
      send(allocator, network, "1", pool("p")).get();
      List<NetworkHead> seen = new CopyOnWriteArrayList<>();
      CompletableFuture<NetworkHead> shown =
          CompletableFuture.supplyAsync(() ->
              until(
                  () ->
                      allocator.read(
                          network,
                          view -> {
                            seen.add(view.head());
                            return view.head();
                          }),
                  head -> head.sequence() == 2));
      var _ = send(allocator, network, "2", pool("q"));
      NetworkHead first =
          until(() -> seen.stream().filter(h -> h.sequence() == 2).findFirst(), Optional::isPresent)
              .orElseThrow();
      rollBack();

      NetworkHead answer = shown.get(60, TimeUnit.SECONDS);
      List<Message<EventMeta, Event>> log = log(allocator, network);
      assertThat(log).hasSize(2);
      assertThat(answer.digest()).isEqualTo(log.getLast().meta().digest());
      assertThat(answer.time()).isEqualTo(log.getLast().meta().time());
      assertThat(first.time()).as("it was decided twice").isNotEqualTo(answer.time());
    }
  }

  @Test
  void aRefusalIsShownWhenItIsCommitted() throws Exception {
    String network = "refused";
    Outcome refusal;
    try (Allocator allocator = parts.allocator(LONG)) {
      parts.awaitReady(allocator);
      send(allocator, network, "1", pool("p")).get();
      CompletableFuture<Outcome> answer =
          send(allocator, network, "no", new Command.RemovePool("none"));
      Optional<Outcome> shown =
          until(() -> allocator.outcome(network, "no"), outcome -> outcome.isPresent());

      // That one comes from the committed log: it is there too now, not seconds later.
      refusal = answer.get(1, TimeUnit.SECONDS);
      assertThat(refusal).isInstanceOf(Outcome.Rejected.class);
      assertThat(shown).contains(refusal);
    }
    // It is still the network's last word, and nothing of it is in the log after the start.
    try (Allocator allocator = parts.allocator(LONG)) {
      parts.awaitReady(allocator);
      assertThat(allocator.outcome(network, "no")).contains(refusal);
      assertThat(allocator.outcome(network, "never")).isEmpty();
    }
  }

  @Test
  void networksAreListedAsFarAsTheyAreCommitted() throws Exception {
    String network = "listed";
    try (Allocator allocator = parts.allocator(LONG)) {
      parts.awaitReady(allocator);
      for (int sequence = 1; sequence <= 2; sequence++) {
        long wanted = sequence;
        var _ = send(allocator, network, "c-" + sequence, pool("p-" + sequence));
        Map<String, NetworkHead> networks =
            until(
                allocator::networks,
                all -> all.getOrDefault(network, NetworkHead.START).sequence() == wanted);

        assertThat(log(allocator, network)).hasSize(sequence);
        assertThat(networks.getOrDefault(network, NetworkHead.START).digest())
            .isEqualTo(log(allocator, network).getLast().meta().digest());
      }
    }
  }

  /** As when the brokers take this instance for dead: its open transaction is aborted. */
  private static void rollBack() throws Exception {
    try (Admin admin = parts.admin()) {
      List<String> ids =
          admin.listTransactions().all().get().stream()
              .map(TransactionListing::transactionalId)
              .filter(id -> id.startsWith(RealParts.APPLICATION))
              .toList();
      assertThat(ids).isNotEmpty();
      admin.fenceProducers(ids).all().get();
    }
  }

  private static <T> T until(Supplier<T> look, Predicate<T> holds) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        T found = look.get();
        if (holds.test(found)) {
          return found;
        }
      } catch (UnavailableException e) {
        // The partition is being taken over.
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("not within " + LIMIT);
  }

  private static List<Message<EventMeta, Event>> log(Allocator allocator, String network) {
    List<Message<EventMeta, Event>> events = new ArrayList<>();
    allocator.events(network, 1, false, () -> true, events::add);
    return events;
  }

  private static Command pool(String name) {
    String range = "10." + Math.floorMod(name.hashCode(), 256) + ".0.0/24";
    return new Command.DefinePool(
        name, IpFamily.V4, List.of(range), List.of(), null, null, 300_000, Map.of(), null);
  }

  private static CompletableFuture<Outcome> send(
      Allocator allocator, String network, String id, Command command) {
    CommandMeta meta = new CommandMeta(id, "test", "", false);
    byte[] record = parts.codec().encode(Contract.COMMANDS, new Message<>(meta, command));
    return allocator.command(network, id, record, LIMIT).thenApply(AllocatorApi.Answer::outcome);
  }
}
