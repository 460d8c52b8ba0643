package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.projector.log.Entry;
import io.holdfast.projector.log.LogScan;
import io.holdfast.wire.BadValueException;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import io.holdfast.wire.UnreadableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a network live through its recorded demand twice: as it was configured, to see how well the
 * model meets the record, and under another configuration.
 */
public final class WhatIf {
  private final LogScan log;
  private final Codec codec;

  public WhatIf(LogScan log, Codec codec) {
    this.log = log;
    this.codec = codec;
  }

  /**
   * An answer that would have been another one.
   *
   * @param was accepted, or the code of the refusal
   */
  public record Difference(
      long time, String commandId, String actor, String owner, String was, String wouldBe) {}

  /**
   * What was found.
   *
   * @param from epoch milliseconds of the first wish that was asked again; 0: there was none
   * @param to epoch milliseconds of the last one
   * @param wishes how many AllocateEip there were
   * @param modelDiffers how many of them the model, configured as it was, answers otherwise than
   *     the record
   * @param differences answers of the other configuration that differ from those of the model as it
   *     was, the first ones
   * @param differing how many there are in all
   * @param withoutCommand recorded allocations whose command is not in the log any more
   * @param notes what else could not have been as it was
   */
  public record Report(
      String network,
      long from,
      long to,
      long wishes,
      Figures recorded,
      Figures asItWas,
      Figures whatIf,
      long modelDiffers,
      long differing,
      List<Difference> differences,
      long withoutCommand,
      List<String> notes) {}

  /**
   * @param from not what was asked before, or null
   * @param limit at most so many differences are named
   * @throws IllegalArgumentException with a sentence for people, if the change names a pool that
   *     never was in the window: nothing would have differed, whatever was meant
   */
  public Report run(
      String network, Change change, @Nullable Instant from, int limit, LogScan.Progress progress) {
    List<Recording.Wish> wishes = wishes(network, from == null ? 0 : from.toEpochMilli());
    Comparison comparison = new Comparison(change, limit);
    Recording recording = new Recording(wishes, comparison);
    log.events(
        Optional.of(network),
        progress,
        entry -> {
          if (entry instanceof Entry.OfEvent e) {
            recording.take(e.meta(), e.event());
          }
          return true;
        });
    recording.end();
    change.requireAmong(comparison.pools());
    return comparison.report(network, recording.withoutCommand());
  }

  /** In the order in which they were answered: each once, and no dry runs. */
  private List<Recording.Wish> wishes(String network, long from) {
    Map<String, Command.AllocateEip> commands = new HashMap<>();
    log.raw(
        Contract.COMMANDS,
        Optional.of(network),
        (done, total) -> {},
        (place, key, value) -> {
          if (decoded(value) instanceof Message<?, ?>(CommandMeta meta, Command.AllocateEip c)) {
            commands.putIfAbsent(meta.id(), c);
          }
          return true;
        });
    List<Recording.Wish> wishes = new ArrayList<>();
    log.entries(
        Contract.OUTCOMES,
        Optional.of(network),
        (done, total) -> {},
        entry -> {
          if (entry instanceof Entry.OfOutcome o
              && !o.meta().repeated()
              && !o.meta().dryRun()
              && o.meta().time() >= from) {
            Command.AllocateEip command = commands.remove(o.meta().commandId());
            if (command != null) {
              wishes.add(new Recording.Wish(o, command));
            }
          }
          return true;
        });
    return wishes;
  }

  /** What cannot be read was not decided on either. */
  private @Nullable Object decoded(byte[] value) {
    try {
      return codec.decode(Contract.COMMANDS, value);
    } catch (UnreadableException | BadValueException e) {
      return null;
    }
  }

  /** Both worlds side by side. */
  private static final class Comparison implements Recording.Taker {
    private final World asItWas = new World(Change.NONE);
    private final World whatIf;
    private final int limit;
    private final Figures.Count recorded = new Figures.Count();
    private final List<Difference> differences = new ArrayList<>();
    private long differing;
    private long modelDiffers;
    private long wishes;
    private long first;
    private long last;

    Comparison(Change change, int limit) {
      this.whatIf = new World(change);
      this.limit = limit;
    }

    @Override
    public void before(EventHeader header, Event event) {
      asItWas.fold(header, event);
      whatIf.fold(header, event);
    }

    @Override
    public void begin() {
      asItWas.begin();
      whatIf.begin();
    }

    @Override
    public void within(Demand demand) {
      Outcome was = asItWas.take(demand);
      Outcome wouldBe = whatIf.take(demand);
      if (demand instanceof Demand.Asked asked && was != null && wouldBe != null) {
        compare(asked, was, wouldBe);
      }
    }

    private void compare(Demand.Asked asked, Outcome was, Outcome wouldBe) {
      wishes++;
      first = first == 0 ? asked.time() : first;
      last = asked.time();
      recorded.answered(asked.answer(), asked.time());
      modelDiffers += text(asked.answer()).equals(text(was)) ? 0 : 1;
      if (!text(was).equals(text(wouldBe))) {
        differing++;
        if (differences.size() < limit) {
          differences.add(
              new Difference(
                  asked.time(),
                  asked.id(),
                  asked.actor(),
                  asked.command().owner().toString(),
                  text(was),
                  text(wouldBe)));
        }
      }
    }

    private static String text(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Accepted _ -> "accepted";
        case Outcome.Rejected r -> r.refusal().code().name();
      };
    }

    Set<String> pools() {
      return whatIf.pools();
    }

    Report report(String network, long withoutCommand) {
      return new Report(
          network,
          first,
          last,
          wishes,
          recorded.figures(),
          asItWas.figures(),
          whatIf.figures(),
          modelDiffers,
          differing,
          List.copyOf(differences),
          withoutCommand,
          whatIf.notes());
    }
  }
}
