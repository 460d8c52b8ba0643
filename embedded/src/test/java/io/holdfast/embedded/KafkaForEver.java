package io.holdfast.embedded;

import java.nio.file.Path;

/**
 * A process to be killed: starts a broker on the directory given, prints where it is, and waits.
 */
final class KafkaForEver {
  private KafkaForEver() {}

  public static void main(String[] args) throws InterruptedException {
    var kafka = EmbeddedKafka.start(KafkaOptions.in(Path.of(args[0])));
    System.out.println(kafka.bootstrapServers());
    Thread.currentThread().join();
  }
}
