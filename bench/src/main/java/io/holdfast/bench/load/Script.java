package io.holdfast.bench.load;

import io.holdfast.bench.load.Load.Sendable;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.decide.Decision;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands of one network. They are played in memory first: a release has to name the address
 * that an allocation before it will be given, long before anybody has answered it.
 */
public final class Script {
  /** Answers need not be remembered here. */
  private static final Settings SETTINGS = new Settings(3_600_000, 3_600_000, 1_000);

  private static final int FORGET_EVERY = 64;

  private final Codec codec;
  private final String network;
  private final Decider decider = new Decider(SETTINGS);
  private final MemoryState state = new MemoryState();
  private final List<Sendable> made = new ArrayList<>();
  private Head head = Head.START;
  private long now = 1_000_000;
  private long count;

  public Script(Codec codec, String network) {
    this.codec = codec;
    this.network = network;
  }

  public String network() {
    return network;
  }

  /** The state after all that was played. */
  public MemoryState state() {
    return state;
  }

  /** Adds a command, and says what it will be given. */
  public List<Grant> play(Command command) {
    CommandMeta meta = new CommandMeta(network + "-" + count, "bench", "bench", false);
    count++;
    now++;
    Decision<Outcome> decision = decider.command(state, head, meta, command, now);
    if (!(decision.answer() instanceof Outcome.Accepted accepted)) {
      throw new IllegalStateException(command + ": " + decision.answer());
    }
    decision.changes().apply();
    head = decision.head();
    if (count % FORGET_EVERY == 0) {
      forget();
    }
    made.add(
        new Sendable(
            meta.id(), key(), codec.encode(Contract.COMMANDS, new Message<>(meta, command))));
    return accepted.grants();
  }

  /** Has the state learn of a report that is sent by other means. */
  public void heard(Report report) {
    now++;
    var decision = decider.report(state, head, report, now);
    decision.changes().apply();
    head = decision.head();
  }

  private void forget() {
    Decision<Integer> due = decider.timers(state, head, now, 0, 2 * FORGET_EVERY);
    due.changes().apply();
    head = due.head();
  }

  byte[] key() {
    return network.getBytes(StandardCharsets.UTF_8);
  }

  /** What was played since the last time, ready to be sent in this order. */
  public List<Sendable> take() {
    List<Sendable> taken = List.copyOf(made);
    made.clear();
    return taken;
  }
}
