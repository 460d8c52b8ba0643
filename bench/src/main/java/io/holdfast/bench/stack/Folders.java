package io.holdfast.bench.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Folders of a run; all of them are gone afterwards. */
public final class Folders implements AutoCloseable {
  private final Path root;
  private final Thread onExit = new Thread(this::delete, "bench-folders");

  public Folders() {
    try {
      root = Files.createTempDirectory("holdfast-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Ctrl-C, too, leaves nothing behind.
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /** A new one. */
  public Path folder(String name) {
    try {
      return Files.createTempDirectory(root, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a folder takes of the disk, bytes: an index of Kafka's is long and almost empty. */
  public static long bytes(Path folder) throws IOException {
    Process du =
        new ProcessBuilder("du", "-sk", folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD) // files that go away meanwhile
            .start();
    String said = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return 1_024 * Long.parseLong(said.substring(0, said.indexOf('\t')));
  }

  private void delete() {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException fault) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException fault)
                throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      System.err.println("holdfast: " + root + " could not be deleted: " + e);
    }
  }

  @Override
  public void close() {
    delete();
    Runtime.getRuntime().removeShutdownHook(onExit);
  }
}
