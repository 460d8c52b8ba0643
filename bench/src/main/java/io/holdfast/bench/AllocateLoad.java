package io.holdfast.bench;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.standalone.Standalone;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/** Allocations in one network, from one large pool, each for another owner. */
final class AllocateLoad implements Load {
  private static final String NETWORK = "bench";

  private final Standalone standalone;
  private final Topics topics;

  AllocateLoad(Standalone standalone) {
    this.standalone = standalone;
    this.topics =
        new Topics(
            standalone.bootstrapServers(),
            Contract.COMMANDS,
            Contract.OUTCOMES,
            "holdfast-command");
    Runs.await(
        this,
        produce(
            "pool",
            new Command.DefinePool(
                "p",
                IpFamily.V4,
                List.of("10.0.0.0/8"),
                List.of(),
                null,
                null,
                300_000,
                Map.of(),
                null)));
  }

  private Future<?> produce(String id, Command command) {
    byte[] value =
        standalone
            .codec()
            .encode(
                Contract.COMMANDS, new Message<>(new CommandMeta(id, "bench", "", false), command));
    return topics.send(NETWORK.getBytes(StandardCharsets.UTF_8), value);
  }

  @Override
  public Future<?> send(String id) {
    return produce(
        id,
        new Command.AllocateEip(
            List.of("p"),
            new Owner("bench", "Pod", "", id, ""),
            null,
            FamilyChoice.V4,
            1,
            null,
            null));
  }

  @Override
  public List<String> answers(Duration wait) {
    return topics.answers(wait);
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
