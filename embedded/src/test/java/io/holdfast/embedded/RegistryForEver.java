package io.holdfast.embedded;

import java.nio.file.Path;

/**
 * A process to be killed: starts a registry on the Kafka and directory given, prints its process
 * id, and waits.
 */
final class RegistryForEver {
  private RegistryForEver() {}

  public static void main(String[] args) throws InterruptedException {
    var registry = EmbeddedRegistry.start(RegistryOptions.on(args[0], Path.of(args[1])));
    System.out.println(registry.pid());
    Thread.currentThread().join();
  }
}
