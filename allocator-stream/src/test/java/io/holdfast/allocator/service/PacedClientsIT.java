package io.holdfast.allocator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.allocator.topology.CommitPace;
import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.KafkaOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PacedClientsIT {
  @TempDir Path dir;

  /** Otherwise what was asked for would count as asked for ever, and nothing be asked again. */
  @Test
  void thePaceIsToldWhenATransactionHasEnded() {
    CommitPace pace = new CommitPace(Duration.ofMillis(10), () -> 0);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dir));
        var producer =
            new PacedClients(pace)
                .getProducer(
                    Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "t"))) {
      producer.initTransactions();
      producer.beginTransaction();
      pace.sent(0);
      assertThat(pace.isTime()).isTrue();

      producer.commitTransaction();

      assertThat(pace.isOpen()).isFalse();
    }
  }
}
