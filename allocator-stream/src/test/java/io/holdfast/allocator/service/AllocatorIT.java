package io.holdfast.allocator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole allocator on a real broker and a real registry. */
final class AllocatorIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** What a topic takes by default, 1,048,588 bytes, less what its batch and key need. */
  private static final int LARGEST = 1_048_480;

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
  void allocatesReleasesAndRemembersAcrossARestart() throws Exception {
    String network = "life";
    Owner owner = new Owner("acme", "Pod", "", "web-0", "u1");
    IpAddress ip = IpAddress.parse("10.0.0.1");
    try (Allocator allocator = parts.allocator()) {
      send(allocator, network, pool("p", "10.0.0.0/30"));
      Outcome.Accepted first = accepted(send(allocator, network, allocate("p", owner)));
      Outcome.Accepted again = accepted(send(allocator, network, allocate("p", owner)));

      assertThat(first.grants().getFirst().ip()).isEqualTo(ip);
      assertThat(again.grants()).isEqualTo(first.grants());
      assertThat(again.changed()).isFalse();
    }
    try (Allocator allocator = parts.allocator()) {
      parts.awaitReady(allocator);
      Optional<Phase> phase =
          allocator.read(
              network,
              view -> Optional.ofNullable(view.state().addresses().get(ip)).map(Address::phase));
      assertThat(phase).contains(Phase.ALLOCATED);

      send(allocator, network, new Command.ReleaseEip(ip, null, null));
      Outcome refused =
          send(allocator, network, new Command.ReleaseEip(IpAddress.parse("10.0.0.2"), null, null));

      assertThat(refused)
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              r -> assertThat(r.refusal().code()).isEqualTo(RefusalCode.AddressNotAllocated));
      List<String> events = new ArrayList<>();
      allocator.events(
          network, 1, false, () -> true, e -> events.add(e.body().getClass().getSimpleName()));
      assertThat(events)
          .containsExactly(
              "PoolDefined", "EipAllocated", "EipReleaseRequested", "EipCooldownStarted");
    }
  }

  @Test
  void storesThatWereLostAreFoldedFromTheLog() throws Exception {
    String network = "lost";
    try (Allocator allocator = parts.allocator()) {
      send(allocator, network, pool("p", "10.1.0.0/24"));
      for (int i = 0; i < 50; i++) {
        send(allocator, network, allocate("p", new Owner("acme", "Pod", "", "web-" + i, "")));
      }
    }
    parts.loseEverythingButTheLog();
    try (Allocator allocator = parts.allocator()) {
      parts.awaitReady(allocator);
      Optional<Long> allocated =
          allocator.read(
              network,
              view -> Optional.ofNullable(view.state().poolUse().get("p")).map(PoolUse::allocated));
      assertThat(allocated).contains(50L);
      Outcome.Accepted same =
          accepted(
              send(allocator, network, allocate("p", new Owner("acme", "Pod", "", "web-7", ""))));
      assertThat(same.changed()).isFalse();
    }
  }

  /** The second caller repeats what the first one sent; the other network has an id like theirs. */
  @Test
  void everyCallerWithAnIdGetsTheAnswerOfItsOwnNetwork() throws Exception {
    try (Allocator allocator = parts.allocator()) {
      parts.awaitReady(allocator);
      byte[] define = record("same-id", pool("p", "10.2.0.0/24"));
      byte[] refused = record("same-id", new Command.RemovePool("none"));

      CompletableFuture<AllocatorApi.Answer> first =
          allocator.command("twins-a", "same-id", define, LIMIT);
      CompletableFuture<AllocatorApi.Answer> again =
          allocator.command("twins-a", "same-id", define, LIMIT);
      CompletableFuture<AllocatorApi.Answer> other =
          allocator.command("twins-b", "same-id", refused, LIMIT);

      accepted(first.get().outcome());
      assertThat(again.get().outcome()).isEqualTo(first.get().outcome());
      assertThat(other.get().meta().network()).isEqualTo("twins-b");
      assertThat(other.get().outcome()).isInstanceOf(Outcome.Rejected.class);
    }
  }

  /** One that gave up takes nothing away from one that still waits. */
  @Test
  void aCallerThatGivesUpLeavesTheOthersWaiting() throws Exception {
    try (Allocator allocator = parts.allocator()) {
      parts.awaitReady(allocator);
      byte[] define = record("patience", pool("p", "10.2.0.0/24"));

      CompletableFuture<AllocatorApi.Answer> patient =
          allocator.command("patience", "patience", define, LIMIT);
      CompletableFuture<AllocatorApi.Answer> hasty =
          allocator.command("patience", "patience", define, Duration.ZERO);

      assertThatThrownBy(hasty::get).hasCauseInstanceOf(TimeoutException.class);
      accepted(patient.get().outcome());
    }
  }

  /** Each decision writes many addresses, the pool's counters and the network's head. */
  @Test
  void aReaderNeverSeesHalfADecision() throws Exception {
    String network = "torn";
    int each = 64;
    try (Allocator allocator = parts.allocator()) {
      parts.awaitReady(allocator);
      send(allocator, network, pool("p", "10.4.0.0/16"));
      List<CompletableFuture<AllocatorApi.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Owner owner = new Owner("acme", "Pod", "", "web-" + i, "");
        Command many =
            new Command.AllocateEip(List.of("p"), owner, null, FamilyChoice.V4, each, null, null);
        String id = "torn-" + i;
        answers.add(allocator.command(network, id, record(id, many), LIMIT));
      }
      CompletableFuture<Void> all =
          CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
      record Seen(long sequence, long counted, long found) {}
      while (!all.isDone()) {
        Seen seen =
            allocator.read(
                network,
                view -> {
                  AtomicLong found = new AtomicLong();
                  PoolUse use = view.state().poolUse().get("p");
                  view.state()
                      .addresses()
                      .scan(
                          IpAddress.parse("10.4.0.0"),
                          IpAddress.parse("10.5.0.0"),
                          (ip, address) -> found.incrementAndGet() > 0);
                  return new Seen(
                      view.head().sequence(), use == null ? -1 : use.allocated(), found.get());
                });
        assertThat(seen.found()).as("%s", seen).isEqualTo(seen.counted());
        assertThat(seen.sequence()).as("%s", seen).isEqualTo(seen.counted() + 1);
        assertThat(seen.counted() % each).as("%s", seen).isZero();
      }
      for (CompletableFuture<AllocatorApi.Answer> answer : answers) {
        accepted(answer.get().outcome());
      }
    }
  }

  /** As large as the topic takes: as a dead letter it is larger. */
  @Test
  void theLargestRecordThatCanBeSentPassesThrough() throws Exception {
    String network = "large";
    try (Allocator allocator = parts.allocator()) {
      parts.awaitReady(allocator);
      allocator.report(network, new byte[LARGEST]).get();
      byte[] define = largest();
      assertThat(define).hasSize(LARGEST);
      accepted(allocator.command(network, "large", define, LIMIT).get().outcome());

      List<String> events = new ArrayList<>();
      allocator.events(
          network, 1, false, () -> true, e -> events.add(e.body().getClass().getSimpleName()));
      assertThat(events).containsExactly("PoolDefined");
      assertThat(allocator.notReady()).isEmpty();
      assertThat(parts.sizes(Contract.DEAD_LETTERS)).anyMatch(size -> size > LARGEST);
    }
  }

  /** A pool of so many ranges and exclusions that nothing more fits; the reason fills the rest. */
  private static byte[] largest() {
    List<String> ranges = new ArrayList<>();
    for (int i = 0; i < 9_999; i++) {
      String prefix = String.format(Locale.ROOT, "2001:0db8:0000:0000:0000:0000:%04x:", i);
      ranges.add(prefix + "1000-" + prefix + "2000");
    }
    List<String> exclusions = new ArrayList<>();
    byte[] record = large(ranges, exclusions, "");
    while (record.length + 100 < LARGEST) {
      int missing = (LARGEST - record.length) / 100;
      exclusions.addAll(
          ranges.subList(exclusions.size(), exclusions.size() + Math.max(1, missing)));
      record = large(ranges, exclusions, "");
    }
    int rest = LARGEST - record.length;
    byte[] full = large(ranges, exclusions, "x".repeat(rest));
    // A longer length may itself take a byte more.
    return full.length == LARGEST
        ? full
        : large(ranges, exclusions, "x".repeat(rest - (full.length - LARGEST)));
  }

  private static byte[] large(List<String> ranges, List<String> exclusions, String reason) {
    CommandMeta meta = new CommandMeta("large", "test", reason, false);
    Command pool =
        new Command.DefinePool(
            "p", IpFamily.V6, ranges, exclusions, null, null, 300_000, Map.of(), null);
    return parts.codec().encode(Contract.COMMANDS, new Message<>(meta, pool));
  }

  private static byte[] record(String id, Command command) {
    CommandMeta meta = new CommandMeta(id, "test", "", false);
    return parts.codec().encode(Contract.COMMANDS, new Message<>(meta, command));
  }

  private static Command pool(String name, String range) {
    return new Command.DefinePool(
        name, IpFamily.V4, List.of(range), List.of(), null, null, 300_000, Map.of(), null);
  }

  private static Command allocate(String pool, Owner owner) {
    return new Command.AllocateEip(List.of(pool), owner, null, FamilyChoice.V4, 1, null, null);
  }

  private static Outcome.Accepted accepted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    return (Outcome.Accepted) outcome;
  }

  private static Outcome send(Allocator allocator, String network, Command command)
      throws Exception {
    String id = UUID.randomUUID().toString();
    return allocator.command(network, id, record(id, command), LIMIT).get().outcome();
  }
}
