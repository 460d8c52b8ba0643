package io.holdfast.demo;

import io.holdfast.allocator.service.AllocatorApi;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.report.ReportMeta;
import io.holdfast.domain.view.EipView;
import io.holdfast.domain.view.Lens;
import io.holdfast.standalone.Standalone;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One network to play on, and what was said and checked. */
final class Stage {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String MARKER = "marker-";

  private final Standalone standalone;
  private final String network;
  private final Consumer<String> story;
  private final List<Check> checks = new ArrayList<>();
  private int markers;

  Stage(Standalone standalone, String network, Consumer<String> story) {
    this.standalone = standalone;
    this.network = network;
    this.story = story;
  }

  String network() {
    return network;
  }

  /** Base URL of the service. */
  java.net.URI url() {
    return standalone.httpUrl();
  }

  private AllocatorApi api() {
    return standalone.allocator();
  }

  List<Check> checks() {
    return checks;
  }

  void say(String line) {
    story.accept("   " + line);
  }

  void check(String scenario, String what, boolean passed, Object seen) {
    checks.add(new Check(scenario, what, passed, String.valueOf(seen)));
    story.accept(
        (passed ? "   ok    " : "   FAILED ") + scenario + "  " + what + "  [" + seen + "]");
  }

  // Commands

  Outcome command(Command command) {
    return send(command).join().outcome();
  }

  /** All at once; answers in the order of the commands. */
  List<Outcome> commands(List<? extends Command> commands) {
    return commands.stream().map(this::send).toList().stream()
        .map(f -> f.join().outcome())
        .toList();
  }

  CompletableFuture<AllocatorApi.Answer> send(Command command) {
    CommandMeta meta =
        new CommandMeta(UUID.randomUUID().toString(), "demo", "the demo plays", false);
    byte[] record = standalone.codec().encode(Contract.COMMANDS, new Message<>(meta, command));
    return api().command(network, meta.id(), record, LIMIT);
  }

  void pool(String name, String range, @Nullable String subnet, long cooldownMs) {
    OwnerCheckPolicy quick = new OwnerCheckPolicy(3, 600, 50, 500);
    IpAddress first = IpAddress.parse(range.substring(0, range.indexOf('/')));
    command(
        new Command.DefinePool(
            name,
            first.family(),
            List.of(range),
            List.of(),
            subnet == null ? null : Cidr.parse(subnet),
            null,
            cooldownMs,
            Map.of(),
            quick));
  }

  void gateway(String name, String... nodes) {
    command(new Command.DefineGateway(name, List.of(nodes), Failover.FENCE_FIRST, 1_000, 3, 0));
  }

  static Owner owner(String name) {
    return new Owner("demo", "Pod", "", name, "uid-" + name);
  }

  static Command.AllocateEip allocate(String pool, Owner owner, @Nullable String gateway) {
    return new Command.AllocateEip(List.of(pool), owner, null, FamilyChoice.V4, 1, gateway, null);
  }

  /** The address of an accepted allocation. */
  Grant granted(Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted && !accepted.grants().isEmpty()) {
      return accepted.grants().getFirst();
    }
    throw new IllegalStateException("no address was given: " + outcome);
  }

  static String code(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted accepted -> accepted.changed() ? "accepted" : "accepted, nothing to do";
      case Outcome.Rejected rejected -> rejected.refusal().code().name();
    };
  }

  // Reports

  void report(Report report) {
    byte[] record =
        standalone
            .codec()
            .encode(
                Contract.REPORTS,
                new Message<>(new ReportMeta(UUID.randomUUID().toString(), "demo"), report));
    api().report(network, record).join();
  }

  /**
   * Returns when all reports made before are worked off: a node nobody knew registers behind them.
   */
  void settleReports() {
    String marker = MARKER + ++markers;
    report(new Report.NodeHeartbeat(marker, "boot"));
    await("reports are worked off", view -> view.state().nodes().get(marker) != null);
  }

  /** Whether an event comes of {@link #settleReports}: its nodes register, and fall silent. */
  static boolean isOfMarker(Event event) {
    return switch (event) {
      case Event.NodeRegistered e -> e.node().startsWith(MARKER);
      case Event.NodeLost e -> e.node().startsWith(MARKER);
      default -> false;
    };
  }

  /**
   * Does a thing again and again, as a client that polls would, until it says that it is enough.
   */
  void repeat(String what, java.util.function.BooleanSupplier step) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!step.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not within " + LIMIT.toSeconds() + " s: " + what);
      }
    }
  }

  /**
   * Puts commands on the topic without waiting for answers, as any producer can, whether the
   * allocator runs or not.
   */
  void queue(List<? extends Command> commands) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", standalone.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Command command : commands) {
        CommandMeta meta =
            new CommandMeta(UUID.randomUUID().toString(), "demo", "the demo plays", false);
        byte[] record = standalone.codec().encode(Contract.COMMANDS, new Message<>(meta, command));
        var _ =
            producer.send(
                new ProducerRecord<>(
                    Contract.COMMANDS,
                    network.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    record));
      }
    }
  }

  // State

  void await(String what, Predicate<View> until) {
    if (!api().await(network, until, LIMIT)) {
      throw new IllegalStateException("not within " + LIMIT.toSeconds() + " s: " + what);
    }
  }

  <T> T read(java.util.function.Function<View, T> reader) {
    return api().read(network, reader);
  }

  Optional<Address> address(IpAddress ip) {
    return read(view -> Optional.ofNullable(view.state().addresses().get(ip)));
  }

  boolean isReady(IpAddress ip) {
    return read(view -> ready(view, ip));
  }

  static boolean ready(View view, IpAddress ip) {
    EipView eip = EipView.find(new Lens(view.state()), ip);
    return eip != null && eip.ready();
  }

  PoolUse use(String pool) {
    return read(view -> Optional.ofNullable(view.state().poolUse().get(pool)))
        .orElseThrow(() -> new IllegalStateException("there is no pool " + pool));
  }

  long sequence() {
    return read(view -> view.head().sequence());
  }

  /** Committed events from a sequence number on. */
  List<Event> events(long from) {
    List<Event> events = new ArrayList<>();
    api().events(network, from, false, () -> true, e -> events.add(e.body()));
    return events;
  }

  /** Waits until no address of the pool is allocated, releasing or cooling down. */
  void awaitUnused(String pool) {
    await(
        "all of pool " + pool + " is free",
        view -> {
          PoolUse use = view.state().poolUse().get(pool);
          return use != null && use.used() == 0;
        });
  }

  /** Waits in real time: for a cool-down, there is nothing else to wait for. */
  void awaitFree(IpAddress ip) {
    await(
        ip + " is free",
        view -> {
          Address address = view.state().addresses().get(ip);
          return address == null || address.phase() == io.holdfast.domain.model.Phase.FREE;
        });
  }

  /** Stops the allocator, does something, and starts it again. */
  void restart(Runnable meanwhile) {
    standalone.withoutAllocator(meanwhile);
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!api().notReady().isEmpty() && System.nanoTime() < deadline) {
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }
}
