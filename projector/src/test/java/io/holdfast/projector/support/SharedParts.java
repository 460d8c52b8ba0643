package io.holdfast.projector.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One broker and one database for all classes that ask for {@link Parts}: started once, and empty
 * each time they are given away. They are closed when all tests are over.
 */
public final class SharedParts implements ParameterResolver {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(SharedParts.class);

  /** With the folder that they are in. */
  private record Held(Path dir, Parts parts) implements AutoCloseable {
    static Held start() {
      try {
        Path dir = Files.createTempDirectory("holdfast-projector");
        return new Held(dir, new Parts(dir));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      parts.close();
      try (Stream<Path> files = Files.walk(dir)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Parts.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Parts parts =
        context
            .getRoot()
            .getStore(OURS)
            .computeIfAbsent(Held.class, c -> Held.start(), Held.class)
            .parts();
    parts.reset();
    return parts;
  }
}
