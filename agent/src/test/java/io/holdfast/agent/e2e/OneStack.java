package io.holdfast.agent.e2e;

import io.holdfast.domain.decide.Settings;
import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a network of its own ({@link TestService}) on one stack. That is started for the
 * first test that asks, and closed after the last one: broker, registry and allocator take longer
 * to start than most tests take.
 */
final class OneStack implements ParameterResolver {
  /**
   * Without a heartbeat for this long a node is lost. Longer than most agents take to start, and
   * shorter than any fence is waited for, so that no test waits for it.
   */
  private static final int NODE_LOST_AFTER_MS = 4_000;

  /** So short that a test can await it; nothing follows from it but an alarm. */
  private static final int INVENTORY_DUE_MS = 2_000;

  private static final Namespace NAMESPACE = Namespace.create(OneStack.class);
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestService.class;
  }

  @Override
  public TestService resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Stack stack =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent("stack", _ -> Stack.start(), Stack.class);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            "service",
            _ -> new TestService(stack.url(), "net-" + NETWORKS.incrementAndGet()),
            TestService.class);
  }

  /** The stack and its folder. */
  private record Stack(Standalone standalone, Path folder) implements AutoCloseable {
    static Stack start() {
      try {
        Path folder = Files.createTempDirectory("holdfast-agent-tests");
        return new Stack(
            Standalone.start(
                StandaloneOptions.in(folder)
                    .withFsync(false)
                    .withPartitions(1)
                    .withSettings(new Settings(NODE_LOST_AFTER_MS, INVENTORY_DUE_MS, 3_600_000)),
                line -> {}),
            folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    URI url() {
      return URI.create(standalone.httpUrl().toString());
    }

    @Override
    public void close() throws IOException {
      standalone.close();
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
