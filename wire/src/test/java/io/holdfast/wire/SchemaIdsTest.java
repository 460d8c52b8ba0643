package io.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.net.IpAddress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ids that are still to come. */
class SchemaIdsTest {
  private static final Message<CommandMeta, Command> RELEASE =
      new Message<>(
          new CommandMeta("c", "a", "", false),
          new Command.ReleaseEip(IpAddress.parse("10.0.0.1"), null, null));

  private final CompletableFuture<SchemaIds> coming = new CompletableFuture<>();
  private final Codec codec = new Codec(SchemaIds.of(coming));

  @Test
  void whoNeedsOneWaits() throws Exception {
    CompletableFuture<byte[]> written =
        CompletableFuture.supplyAsync(() -> codec.encode(Contract.COMMANDS, RELEASE));
    assertThat(written).isNotDone();

    coming.complete(new NumberedIds());

    byte[] bytes = written.get(10, TimeUnit.SECONDS);
    assertThat(codec.decode(Contract.COMMANDS, bytes)).isEqualTo(RELEASE);
  }

  @Test
  void whoNeedsOneFailsIfTheyDoNotCome() {
    coming.cancel(false);

    assertThatThrownBy(() -> codec.encode(Contract.COMMANDS, RELEASE))
        .isInstanceOf(CancellationException.class);
  }
}
