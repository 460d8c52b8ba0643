package io.holdfast.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the cache of {@link EmbeddedRegistry#train} in the background, for the next start. Closing
 * breaks it off. That it cannot be made is no fault: starts are slower then.
 */
public final class RegistryCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryCache.class);
  private static final String PREFIX = "registry-";
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final Thread thread;

  private RegistryCache(RegistryOptions options, Path file) {
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("registry-training")
            .start(() -> {
              try {
                dropOthers(file);
                EmbeddedRegistry.train(options, file);
              } catch (RuntimeException e) {
                LOG.debug("no cache for the next start of the registry", e);
              }
            });
  }

  /**
   * The place in a directory of the cache that fits this JVM and this code; empty if there can be
   * none, as for code that is in no jar.
   */
  public static Optional<Path> in(Path directory) {
    Path code = RegistryHome.ourCode();
    if (Files.isDirectory(code)) {
      return Optional.empty();
    }
    try {
      int fits =
          Objects.hash(
              System.getProperty("java.vm.version"),
              System.getProperty("java.home"),
              RegistryHome.find().classPath(),
              Files.getLastModifiedTime(code).toMillis());
      return Optional.of(
          directory.resolve(PREFIX + HexFormat.of().toHexDigits(fits) + ".aot").toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Begins.
   *
   * @param options of a registry that runs beside the real one: on the same Kafka, in a directory
   *     of its own
   */
  public static RegistryCache make(RegistryOptions options, Path file) {
    return new RegistryCache(options, file);
  }

  private static void dropOthers(Path file) {
    Path directory = Objects.requireNonNull(file.getParent());
    try {
      Files.createDirectories(directory);
      try (DirectoryStream<Path> others =
          Files.newDirectoryStream(directory, PREFIX + "*.{aot,unfinished}")) {
        for (Path other : others) {
          Files.deleteIfExists(other);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      var _ = thread.join(STOP_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
