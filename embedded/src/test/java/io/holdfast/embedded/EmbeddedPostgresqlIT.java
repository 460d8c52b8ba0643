package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresqlIT {
  @TempDir Path data;

  /** It looks for servers that a killed owner left; one that is in use is none. */
  @Test
  void leavesASecondOneTheFirstAlone() throws Exception {
    try (EmbeddedPostgresql first = EmbeddedPostgresql.start(PostgresqlOptions.in(data))) {
      assertThatThrownBy(() -> EmbeddedPostgresql.start(PostgresqlOptions.in(data)))
          .isInstanceOf(EmbeddedException.DataDirectoryLocked.class);

      try (Socket there = new Socket(InetAddress.getLoopbackAddress(), first.port())) {
        assertThat(there.isConnected()).isTrue();
      }
    }
    try (EmbeddedPostgresql again = EmbeddedPostgresql.start(PostgresqlOptions.in(data))) {
      assertThat(again.port()).isPositive();
    }
  }
}
