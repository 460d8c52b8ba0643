package io.holdfast.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Knows whether the machine went down under the last run. A killed process loses nothing that the
 * kernel had taken; a machine that stops loses what was not flushed, and then only what is flushed
 * on purpose may be believed.
 */
final class RunMarker {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String UNKNOWN_BOOT = "unknown";

  private final Path bootIdFile;
  private final Path directory;
  private final Path file;

  RunMarker(Path dataDir) {
    this(dataDir, BOOT_ID);
  }

  /**
   * @param bootIdFile where the system says which boot this is; may be absent
   */
  RunMarker(Path dataDir, Path bootIdFile) {
    this.bootIdFile = bootIdFile;
    this.directory = dataDir;
    this.file = dataDir.resolve("running");
  }

  /** The last run did not end by itself, and the machine has booted since. */
  boolean machineWentDown() {
    try {
      if (!Files.exists(file)) {
        return false;
      }
      String boot = Files.readString(file).strip();
      // Where the system does not tell, an unclean end counts as the worse one.
      return boot.equals(UNKNOWN_BOOT) || !boot.equals(bootId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A run begins. On disk when this returns. */
  void begin() {
    try {
      Path next = file.resolveSibling("running.next");
      Files.writeString(next, bootId(), StandardCharsets.UTF_8);
      force(next);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The run ended by itself, and all it wrote has been handed over properly. */
  void end() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private String bootId() throws IOException {
    return Files.isReadable(bootIdFile) ? Files.readString(bootIdFile).strip() : UNKNOWN_BOOT;
  }
}
