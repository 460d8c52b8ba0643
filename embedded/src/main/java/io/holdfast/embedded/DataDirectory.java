package io.holdfast.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * The directory a broker or a database keeps everything in, owned by one process at a time.
 *
 * <p>The lock is the operating system's, so a killed owner leaves none behind. Kafka has one as
 * well, but it is taken late, and then losing it looks like any other failure.
 */
final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final FileChannel lockFile;

  private DataDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  static DataDirectory open(Path root) {
    try {
      Files.createDirectories(root);
      return lock(root);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use data directory " + root, e);
    }
  }

  private static DataDirectory lock(Path root) throws IOException {
    Path file = root.resolve("holdfast.lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new EmbeddedException.DataDirectoryLocked(
            root, "process " + Files.readString(file), null);
      }
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())));
      return new DataDirectory(root, channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new EmbeddedException.DataDirectoryLocked(root, "somebody in this process", e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Where the broker's partitions are. */
  Path log() {
    return root.resolve("log");
  }

  /**
   * Gives the directory its cluster id on first use. Kafka writes {@code meta.properties} last, so
   * a format that was cut short is simply done again.
   */
  void formatOnFirstUse() {
    if (Files.exists(log().resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(log());
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(BrokerProperties.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setMetadataLogDirectory(log().toString())
          .addDirectory(log().toString())
          // Voters by configuration: the controller's port may then differ at every start.
          .setHasDynamicQuorum(false)
          .run();
    } catch (Exception e) {
      throw new EmbeddedException.StartFailed("cannot format " + log(), List.of(), e);
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release " + root, e);
    }
  }
}
