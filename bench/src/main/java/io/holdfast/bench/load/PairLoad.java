package io.holdfast.bench.load;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.schemas.wire.WireFormat;
import io.holdfast.standalone.Standalone;
import io.holdfast.wire.Contract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Commands of some networks through the topics, in turns: an address is allocated, then released,
 * and so on, or what else is asked for.
 */
public final class PairLoad implements Load {
  private final Standalone standalone;
  private final List<Script> scripts;
  private final Topics topics;
  private final Consumer<Script> pair;
  private int turn;

  /**
   * @param pair plays the next two commands of a network
   */
  public PairLoad(Standalone standalone, List<Script> scripts, Consumer<Script> pair) {
    this.standalone = standalone;
    this.scripts = List.copyOf(scripts);
    this.pair = pair;
    int refusal = standalone.codec().schemaId(Contract.OUTCOMES, Outcome.Rejected.class);
    this.topics =
        new Topics(
            standalone.bootstrapServers(),
            Contract.COMMANDS,
            Contract.OUTCOMES,
            "holdfast-command",
            bytes -> WireFormat.schemaId(bytes) == refusal);
  }

  /** Allocates and releases in a new network with one pool, of which so many are held. */
  public static PairLoad of(Standalone standalone, String network, String range, int held) {
    return of(standalone, List.of(network), range, held);
  }

  /** The same in several networks, in turns. */
  public static PairLoad of(Standalone standalone, List<String> networks, String range, int held) {
    List<Script> scripts = new ArrayList<>();
    for (String network : networks) {
      scripts.add(new Script(standalone.codec(), network));
    }
    PairLoad load = new PairLoad(standalone, scripts, new AllocateAndRelease(range));
    for (Script script : scripts) {
      script.play(Wishes.pool(range));
      Wishes.fill(script, range, held, null);
      Runs.done(load, script.take());
    }
    return load;
  }

  /** For the next of some owners, and back. */
  private static final class AllocateAndRelease implements Consumer<Script> {
    private static final int OWNERS = 1_000;

    private final String range;
    private int next;

    AllocateAndRelease(String range) {
      this.range = range;
    }

    @Override
    public void accept(Script script) {
      next = (next + 1) % OWNERS;
      Grant grant =
          script
              .play(Wishes.allocate(Wishes.owner("o" + next), Wishes.family(range), 1, null))
              .getFirst();
      script.play(new Command.ReleaseEip(grant.ip(), null, null));
    }
  }

  /** Always whole pairs: one more than asked for, if that is odd. */
  @Override
  public List<Sendable> prepare(int count) {
    List<Sendable> commands = new ArrayList<>(count + 1);
    while (commands.size() < count) {
      Script script = scripts.get(turn);
      turn = (turn + 1) % scripts.size();
      pair.accept(script);
      commands.addAll(script.take());
    }
    return commands;
  }

  @Override
  public Future<?> send(Sendable command) {
    return topics.send(command);
  }

  /** Of its own networks: others may be at work beside it. */
  @Override
  public List<Answer> answers(Duration wait) {
    return topics.answers(wait).stream().filter(this::isOwn).toList();
  }

  private boolean isOwn(Answer answer) {
    return scripts.stream().anyMatch(script -> answer.id().startsWith(script.network() + "-"));
  }

  @Override
  public void whileStopped(Runnable meanwhile) {
    standalone.withoutAllocator(meanwhile);
  }

  @Override
  public void close() {
    topics.close();
  }
}
