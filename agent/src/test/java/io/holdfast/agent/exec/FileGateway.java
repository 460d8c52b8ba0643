package io.holdfast.agent.exec;

import io.holdfast.agent.driver.DriverException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The example of docs/agent.md at work on folders of a test, and a look at its files. */
public final class FileGateway {
  private static final Path EXAMPLE = Path.of("..", "docs", "examples", "file-gateway.sh");

  private final Path files;
  private final Path program;

  public FileGateway(Path folder) {
    this.files = folder.resolve("files");
    this.program = folder.resolve("program.sh");
    Path example = Files.exists(EXAMPLE) ? EXAMPLE : Path.of("docs", "examples", "file-gateway.sh");
    write(
        """
        #!/bin/sh
        [ ! -e '%1$s/break' ] || . '%1$s/break'
        HOLDFAST_FILES='%2$s' exec sh '%3$s' "$@"
        """
            .formatted(folder, files, example.toAbsolutePath().normalize()));
  }

  private void write(String script) {
    try {
      Files.createDirectories(files);
      Files.writeString(program, script);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program to be given to the agent. */
  public Path program() {
    return program;
  }

  /** Lines of shell that come before all that the program does; empty: none. */
  public void breakWith(String shell) throws IOException {
    Path file = program.resolveSibling("break");
    if (shell.isEmpty()) {
      Files.deleteIfExists(file);
    } else {
      Path fresh = program.resolveSibling("break.new");
      Files.writeString(fresh, shell + "\n");
      Files.move(
          fresh,
          file,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** All files are gone, as after a boot. */
  public void wipe() throws IOException {
    try (Stream<Path> all = Files.walk(files)) {
      for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  Path folder(String network, String gateway) {
    return files.resolve(network).resolve(gateway);
  }

  /** Somebody else puts a file there. */
  public void foreign(String network, String gateway, String name) throws IOException {
    Files.createDirectories(folder(network, gateway).resolve("addresses"));
    Files.writeString(folder(network, gateway).resolve("addresses").resolve(name), "somebody\n");
  }

  /** Names of the files there are: {@code addresses/10.0.0.5_24}, {@code rules/10.0.0.5_fip}. */
  public Set<String> there(String network, String gateway) {
    Set<String> names = new TreeSet<>();
    for (String kind : new String[] {"addresses", "rules"}) {
      Path folder = folder(network, gateway).resolve(kind);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> list = Files.list(folder)) {
          list.forEach(f -> names.add(kind + "/" + f.getFileName()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return names;
  }

  ExecDriver driver(Path run, String gateway, java.time.Duration limit) throws DriverException {
    return new ExecDriver(
        new ExecOptions(program, run, limit),
        "net",
        gateway,
        io.holdfast.agent.node.Kernel::uptimeMillis);
  }
}
