package io.holdfast.embedded;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the first fatal fault of a broker, where Kafka's own handler would halt the process we
 * share with it.
 */
final class FirstFault implements FaultHandlerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  Optional<Throwable> get() {
    return Optional.ofNullable(first.get());
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    return (message, cause) -> {
      LOG.error("{}: {}", name, message, cause);
      var fault = new IllegalStateException(name + ": " + message, cause);
      if (fatal) {
        first.compareAndSet(null, fault);
      }
      action.run();
      return fault;
    };
  }
}
