package io.holdfast.embedded;

import java.nio.file.Path;

/**
 * What an {@link EmbeddedPostgresql} is to be.
 *
 * @param dataDir where everything is kept, binaries too; made on first use
 * @param port the port on 127.0.0.1; 0 takes a free one at every start
 * @param fsync what was committed survives a power cut
 */
public record PostgresqlOptions(Path dataDir, int port, boolean fsync) {
  public PostgresqlOptions {
    dataDir = dataDir.toAbsolutePath().normalize();
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not in 0..65535");
    }
  }

  /** Keeps its data in {@code dataDir}, safe from power cuts, and listens on a free port. */
  public static PostgresqlOptions in(Path dataDir) {
    return new PostgresqlOptions(dataDir, 0, true);
  }

  /** The same, on this port. */
  public PostgresqlOptions withPort(int newPort) {
    return new PostgresqlOptions(dataDir, newPort, fsync);
  }

  /** The same, with or without waiting for the disk. */
  public PostgresqlOptions withFsync(boolean on) {
    return new PostgresqlOptions(dataDir, port, on);
  }
}
