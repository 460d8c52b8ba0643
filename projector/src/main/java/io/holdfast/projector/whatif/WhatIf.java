package io.holdfast.projector.whatif;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
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
import java.util.HashSet;
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
  private static final String IMPORT = Command.ImportNetwork.class.getSimpleName();

  private final LogScan log;
  private final Codec codec;

  public WhatIf(LogScan log, Codec codec) {
    this.log = log;
    this.codec = codec;
  }

  /**
   * An answer that would have been another one.
   *
   * @param was accepted, or the code of the refusal; of who waited, what came of that
   */
  public record Difference(
      long time, String commandId, String actor, String owner, String was, String wouldBe) {}

  /**
   * What was found.
   *
   * @param from epoch milliseconds of the first wish that was asked again; 0: there was none
   * @param to epoch milliseconds of the last one
   * @param wishes how many AllocateEip and AllocateBundle there were
   * @param modelDiffers how many of them the model, configured as it was, answers otherwise than
   *     the record
   * @param differences answers of the other configuration that differ from those of the model as it
   *     was, the first ones
   * @param differing how many there are in all
   * @param withoutCommand recorded allocations whose command is not in the log any more: the model
   *     leaves them out
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
   * @param from not what was asked before the first wish of that time or later, or null
   * @param limit at most so many differences are named
   * @throws IllegalArgumentException with a sentence for people, if the change names a pool that
   *     never was in the window, or a tenant that the log does not know: nothing would have
   *     differed, whatever was meant
   */
  public Report run(
      String network, Change change, @Nullable Instant from, int limit, LogScan.Progress progress) {
    List<Wish> wishes = new ArrayList<>();
    Set<String> imports = new HashSet<>();
    Tenants tenants = new Tenants();
    answers(network, from == null ? 0 : from.toEpochMilli(), wishes, imports, tenants);
    Comparison comparison = new Comparison(change, limit);
    Recording recording = new Recording(wishes, imports, comparison);
    log.events(
        Optional.of(network),
        progress,
        entry -> {
          if (entry instanceof Entry.OfEvent e) {
            recording.take(e.meta(), e.event());
            tenants.take(e.event());
          }
          return true;
        });
    recording.end();
    change.requireAmong(comparison.pools(), tenants.known());
    return comparison.report(network, recording);
  }

  /** Finds them in the order in which they were answered: each once, and no dry runs. */
  private void answers(
      String network, long from, List<Wish> wishes, Set<String> imports, Tenants tenants) {
    Map<String, Command> commands = new HashMap<>();
    log.raw(
        Contract.COMMANDS,
        Optional.of(network),
        (done, total) -> {},
        (place, key, value) -> {
          if (decoded(value) instanceof Message<?, ?>(CommandMeta meta, Command c)
              && Wish.isOne(c)) {
            commands.putIfAbsent(meta.id(), c);
            tenants.asked(c);
          }
          return true;
        });
    log.entries(
        Contract.OUTCOMES,
        Optional.of(network),
        (done, total) -> {},
        entry -> {
          if (entry instanceof Entry.OfOutcome o && !o.meta().repeated() && !o.meta().dryRun()) {
            Command command = commands.remove(o.meta().commandId());
            // A clock that went back does not end the window.
            if (command != null && (!wishes.isEmpty() || o.meta().time() >= from)) {
              wishes.add(new Wish(o, command));
            } else if (o.meta().command().equals(IMPORT)) {
              imports.add(o.meta().commandId());
            }
          }
          return true;
        });
  }

  /** What cannot be read was not decided on either. */
  private @Nullable Object decoded(byte[] value) {
    try {
      return codec.decode(Contract.COMMANDS, value);
    } catch (UnreadableException | BadValueException e) {
      return null;
    }
  }
}
