package io.holdfast.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the unpacked distribution of the registry is, and how its class path reads. */
record RegistryHome(Path path) {
  /** Names the directory; without it we look around our own code and the working directory. */
  static final String PROPERTY = "holdfast.registry.home";

  private static final List<Path> PLACES =
      List.of(Path.of("registry"), Path.of("embedded", "target", "registry"));

  static RegistryHome find() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return new RegistryHome(Path.of(named).toAbsolutePath());
    }
    return Stream.of(ourCode(), Path.of("").toAbsolutePath())
        .flatMap(start -> Stream.iterate(start, RegistryHome::hasParent, Path::getParent))
        .flatMap(ancestor -> PLACES.stream().map(ancestor::resolve))
        .filter(place -> Files.exists(place.resolve("quarkus-run.jar")))
        .findFirst()
        .map(RegistryHome::new)
        .orElseThrow(() ->
            new EmbeddedException.StartFailed(
                "the registry's distribution is not beside " + ourCode() + "; set -D" + PROPERTY,
                List.of(),
                null));
  }

  private static boolean hasParent(@Nullable Path path) {
    return path != null;
  }

  /** The directory or jar this class came from. */
  static Path ourCode() {
    try {
      return Path.of(
          RegistryHome.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("our own code has no place in the file system", e);
    }
  }

  /**
   * One flat class path in place of Quarkus' own class loader: the JVM can then cache loaded
   * classes between starts. The order is Quarkus' (generated, transformed, application, libraries).
   */
  String classPath() {
    return Stream.of(
            Stream.of(ourCode(), jar("generated-bytecode.jar"), jar("transformed-bytecode.jar")),
            jars(path.resolve("app")),
            jars(path.resolve("lib").resolve("main")),
            jars(path.resolve("lib").resolve("boot")))
        .flatMap(paths -> paths)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Path jar(String name) {
    return path.resolve("quarkus").resolve(name);
  }

  private static Stream<Path> jars(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }
}
