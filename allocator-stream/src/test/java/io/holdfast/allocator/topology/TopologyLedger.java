package io.holdfast.allocator.topology;

import io.holdfast.allocator.store.Layout;
import io.holdfast.allocator.store.NetworkRows;
import io.holdfast.allocator.store.Rows;
import io.holdfast.allocator.store.StoreState;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.oracle.Oracle;
import io.holdfast.domain.oracle.Stimulus;
import io.holdfast.domain.oracle.Violation;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.report.ReportMeta;
import io.holdfast.domain.script.Ledger;
import io.holdfast.domain.script.StateAudit;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.State;
import io.holdfast.wire.CauseKind;
import io.holdfast.wire.Contract;
import io.holdfast.wire.DeadLetter;
import io.holdfast.wire.EventMeta;
import io.holdfast.wire.Message;
import io.holdfast.wire.NetworkHead;
import io.holdfast.wire.OutcomeMeta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.test.TestRecord;

/**
 * A network on the topology: what is asked and told are records, answers and events are read from
 * the topics, state from the stores.
 *
 * <p>Time passes as it does for a network that is ahead of its machine's clock, so that it passes
 * without a look. A look lets the clock catch up by a second, and both schedules of the topology
 * come once. What is due is also fired before every record; it counts as part of the next look,
 * where a script expects it.
 */
final class TopologyLedger implements Ledger, AutoCloseable {
  private static final String NETWORK = "scenario";
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A thread that has no work for longer than this listens anew. Other networks keep it busy. */
  private static final Duration AT_WORK = Duration.ofSeconds(3);

  private static final String ELSEWHERE = "elsewhere";
  private static final Pattern INVALID =
      Pattern.compile("(.*?) is '(.*)'; allowed: (.*)", Pattern.DOTALL);

  /** In no pool of any script. */
  private static final IpAddress NOWHERE = IpAddress.parse("203.0.113.254");

  private final Settings settings;
  private final Path dir;
  private final Oracle oracle;
  private final List<Recorded> log = new ArrayList<>();
  private final List<TestRecord<byte[], byte[]>> events = new ArrayList<>();
  private final List<TestRecord<byte[], byte[]>> outcomes = new ArrayList<>();
  private final List<Recorded> fired = new ArrayList<>();
  private DrivenTopology topology;
  private long now = START;
  private long clock = START;
  private long heardFrom = START;
  private long commandsFrom = START;
  private int starts;
  private int records;

  TopologyLedger(Settings settings, Path dir) {
    this.settings = settings;
    this.dir = dir;
    this.oracle = new Oracle(settings);
    this.topology = start(dir.resolve("first"));
    turn(); // a network's time goes on by itself from its first record on
  }

  @Override
  public State state() {
    return stateOf(topology);
  }

  private static State stateOf(DrivenTopology topology) {
    return new StoreState(
        new Layout(DrivenTopology.CODEC), NETWORK, name -> Rows.of(topology.store(name)));
  }

  @Override
  public Head head() {
    return headOf(topology);
  }

  private static Head headOf(DrivenTopology topology) {
    NetworkHead head =
        new NetworkRows(DrivenTopology.CODEC, Rows.of(topology.store(Layout.NETWORKS)))
            .get(NETWORK);
    return head == null ? Head.START : head.head();
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public Oracle oracle() {
    return oracle;
  }

  @Override
  public List<Recorded> log() {
    return log;
  }

  @Override
  public void pass(long millis) {
    now += millis;
    for (long left = millis; left > 0; left -= AT_WORK.toMillis()) {
      topology.lead(Duration.ofMillis(Math.min(left, AT_WORK.toMillis())));
      topology.report(ELSEWHERE, new Report.ProbeResult("gw", null, 1, true, ""));
    }
  }

  @Override
  public void delayed() {
    commandsFrom = now;
    topology.waited(
        ELSEWHERE,
        "delayed-" + records++,
        new Command.ReleaseEip(NOWHERE, null, null),
        AT_WORK.plusSeconds(1));
    topology.read(Contract.OUTCOMES);
  }

  @Override
  public Reply<Outcome> ask(CommandMeta meta, Command command) {
    topology.command(
        NETWORK, DrivenTopology.CODEC.encode(Contract.COMMANDS, new Message<>(meta, command)));
    Outcome answer = answer(meta.id());
    List<Recorded> own = followed(new Stimulus.Asked(meta, command, answer), meta.id());
    return new Reply<>(answer, own);
  }

  private Outcome answer(String id) {
    List<TestRecord<byte[], byte[]>> fresh = topology.read(Contract.OUTCOMES);
    outcomes.addAll(fresh);
    if (fresh.size() != 1) {
      throw new Violation(
          "topology",
          id + " got " + fresh.size() + " answers, dead letters " + topology.deadLetters());
    }
    Object message = DrivenTopology.CODEC.decode(Contract.OUTCOMES, fresh.getFirst().value());
    if (message instanceof Message<?, ?>(OutcomeMeta meta, Outcome outcome)
        && meta.commandId().equals(id)) {
      return outcome;
    }
    throw new Violation("topology", id + " was answered with " + message);
  }

  @Override
  public Reply<Disposition> tell(Report report) {
    double used = reports("used");
    double late = reports("late");
    String id = "report-" + records++;
    topology.report(NETWORK, new ReportMeta(id, "script"), report);
    List<DeadLetter> letters = topology.deadLetters();
    Disposition disposition;
    if (reports("used") > used) {
      disposition = Disposition.USED;
    } else if (reports("late") > late) {
      disposition = new Disposition.Late("it was counted as late");
    } else {
      disposition = invalid(letters);
    }
    return new Reply<>(disposition, followed(new Stimulus.Told(report, disposition), id));
  }

  private double reports(String disposition) {
    return topology.counted("holdfast.reports", "disposition", disposition);
  }

  private static Disposition invalid(List<DeadLetter> letters) {
    Violation.check(letters.size() == 1, "topology", "neither used nor late: " + letters);
    Matcher why = INVALID.matcher(letters.getFirst().message());
    Violation.check(why.matches(), "topology", "it does not say why: " + letters);
    return new Disposition.Invalid(why.group(1), why.group(2), why.group(3));
  }

  /** Shows the oracle what came first by itself, then what followed from a record. */
  private List<Recorded> followed(Stimulus stimulus, String id) {
    List<Recorded> due = new ArrayList<>();
    List<Recorded> own = new ArrayList<>();
    for (Message<EventMeta, Event> event : arrived()) {
      boolean isDue = event.meta().causeKind() == CauseKind.TIMER;
      if (isDue ? !own.isEmpty() : !event.meta().cause().equals(id)) {
        throw new Violation("topology", event + " after " + id);
      }
      (isDue ? due : own).add(recorded(event));
    }
    passed(due);
    oracle.check(stimulus, own, now);
    return own;
  }

  private void passed(List<Recorded> due) {
    if (!due.isEmpty()) {
      oracle.check(new Stimulus.Passed(heardFrom, commandsFrom), due, now);
      fired.addAll(due);
    }
  }

  @SuppressWarnings("unchecked") // the events topic has nothing but event messages
  private List<Message<EventMeta, Event>> arrived() {
    List<TestRecord<byte[], byte[]>> fresh = topology.read(Contract.EVENTS);
    events.addAll(fresh);
    List<Message<EventMeta, Event>> messages = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record : fresh) {
      messages.add(
          (Message<EventMeta, Event>) DrivenTopology.CODEC.decode(Contract.EVENTS, record.value()));
    }
    messages.forEach(message -> log.add(recorded(message)));
    return messages;
  }

  private static Recorded recorded(Message<EventMeta, Event> message) {
    EventMeta meta = message.meta();
    return new Recorded(
        new EventHeader(meta.sequence(), meta.time()), message.body(), meta.digest());
  }

  @Override
  public List<Recorded> look() {
    if (now - clock < LOOK.toMillis()) {
      turn(); // no time for a look
    } else {
      clock += LOOK.toMillis();
      topology.catchUp(LOOK);
      passed(arrived().stream().map(TopologyLedger::recorded).toList());
      oracle.looked(heardFrom, commandsFrom, now);
    }
    List<Recorded> all = List.copyOf(fired);
    fired.clear();
    return all;
  }

  /** A command that is refused: what is due before it happens, and nothing else. */
  private void turn() {
    String id = "turn-" + records++;
    topology.command(NETWORK, id, new Command.ReleaseEip(NOWHERE, null, null));
    Outcome answer = answer(id);
    Violation.check(answer instanceof Outcome.Rejected, "topology", id + " gave " + answer);
    passed(arrived().stream().map(TopologyLedger::recorded).toList());
  }

  /**
   * Once with nothing but the topics, and once with the stores as well. It goes on with the one and
   * the other in turn.
   */
  @Override
  public void restart() {
    Path kept = dir.resolve("kept-" + starts);
    try {
      topology.copyTo(kept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DrivenTopology before = topology;
    State live = state();
    Head head = head();
    clock = now;
    heardFrom = now;
    commandsFrom = now;
    boolean keeps = starts % 2 == 0;
    try (DrivenTopology other = start(keeps ? dir.resolve("lost-" + starts) : kept)) {
      same(live, head, other);
    }
    topology = start(keeps ? kept : dir.resolve("lost-" + starts));
    same(live, head, topology);
    before.close();
    starts++;
  }

  private static void same(State live, Head head, DrivenTopology after) {
    StateAudit.sameAfterReplay(live, stateOf(after));
    Violation.check(headOf(after).equals(head), "13 replay", head + " became " + headOf(after));
    Violation.check(after.events().isEmpty(), "13 replay", "a start led to events");
  }

  /** What a start reads moves it on record by record, so that no time passes. */
  private DrivenTopology start(Path stores) {
    RecordedLog recorded = new RecordedLog(events, outcomes, Integer.MAX_VALUE);
    DrivenTopology started =
        new DrivenTopology(
            stores, recorded, Instant.ofEpochMilli(clock), Uuid.randomUuid(), settings);
    for (int i = 0; i < 5 && !started.isReady(); i++) {
      started.report("not a network's name", new byte[0]);
    }
    Violation.check(started.isReady(), "topology", "it is not ready");
    started.deadLetters();
    return started;
  }

  @Override
  public void close() {
    topology.close();
  }
}
