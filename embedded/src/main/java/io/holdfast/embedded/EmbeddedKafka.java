package io.holdfast.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One real Kafka node (broker and KRaft controller) in this JVM, reachable from this machine only.
 *
 * <p>Everything it knows is below {@link KafkaOptions#dataDir()}: a start on the same directory
 * finds the same cluster id, topics and records, after a {@link #close()} as well as after a kill.
 * A port of 0 may be another one each time.
 *
 * <p>A fatal fault while it runs does not halt the process, as it would a broker of its own: it
 * shows in {@link #fault()}. A disk that fails under the log is the exception; Kafka itself then
 * halts the JVM.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final String bootstrapServers;
  private final String clusterId;
  private final int port;
  private final FirstFault faults;
  private final BoundedStop stop;

  private EmbeddedKafka(int port, String clusterId, FirstFault faults, BoundedStop stop) {
    this.port = port;
    this.bootstrapServers = "127.0.0.1:" + port;
    this.clusterId = clusterId;
    this.faults = faults;
    this.stop = stop;
  }

  /**
   * Starts a broker and returns when it answers.
   *
   * @throws EmbeddedException.PortTaken when somebody else listens on the port
   * @throws EmbeddedException.DataDirectoryLocked when another broker uses the directory
   * @throws EmbeddedException.StartFailed for everything else, with the cause
   */
  public static EmbeddedKafka start(KafkaOptions options) {
    return start(options, address -> {});
  }

  /**
   * The same, for what can start beside the broker.
   *
   * @param bound takes the address, {@code host:port}, as soon as it is this broker's: connections
   *     are taken from then on, and answered when it has started
   */
  public static EmbeddedKafka start(KafkaOptions options, Consumer<String> bound) {
    DataDirectory directory = DataDirectory.open(options.dataDir());
    try {
      LoopbackPorts ports = LoopbackPorts.bind(options.port());
      try {
        directory.formatOnFirstUse();
        bound.accept(ports.broker());
        return start(options, directory, ports);
      } catch (RuntimeException e) {
        ports.close();
        throw e;
      }
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static EmbeddedKafka start(
      KafkaOptions options, DataDirectory directory, LoopbackPorts ports) {
    long begin = System.nanoTime();
    var faults = new FirstFault();
    var config = new KafkaConfig(BrokerProperties.of(options, directory, ports), false);
    var logDirs = KafkaRaftServer.initializeLogDirs(config, LOG, "");
    String clusterId = logDirs._1().clusterId().orElseThrow();
    var shared =
        new SharedServer(
            config,
            logDirs._1(),
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, clusterId),
            CompletableFuture.completedFuture(
                Map.of(BrokerProperties.NODE_ID, ports.controllerAddress())),
            List.of(),
            faults,
            ports);
    var controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), logDirs._2());
    var broker = new BrokerServer(shared);
    var stop = new BoundedStop("Kafka", STOP_LIMIT.plusSeconds(4));
    // The broker first: on its way out it still talks to the controller.
    stop.add(() -> broker.shutdown(STOP_LIMIT));
    stop.add(controller::shutdown);
    stop.add(ports::close);
    stop.add(directory::close);
    int port = ports.brokerPort();
    try {
      controller.startup();
      broker.startup();
      awaitAnswer("127.0.0.1:" + port);
    } catch (Exception e) {
      var failed =
          new EmbeddedException.StartFailed(
              "Kafka in " + options.dataDir() + " did not start", List.of(), e);
      try {
        stop.run();
      } catch (EmbeddedException.StopFailed unclean) {
        failed.addSuppressed(unclean);
      }
      throw failed;
    }
    LOG.info(
        "Kafka {} on 127.0.0.1:{} in {} ms",
        clusterId,
        port,
        (System.nanoTime() - begin) / 1_000_000);
    return new EmbeddedKafka(port, clusterId, faults, stop);
  }

  private static void awaitAnswer(String bootstrap)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG,
            20,
            AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
            20);
    try (Admin admin = Admin.create(config)) {
      admin.describeCluster().nodes().get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** {@code host:port}, as clients want it. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The port clients connect to; never 0. */
  public int port() {
    return port;
  }

  /** The id the data directory was given when it was first used. */
  public String clusterId() {
    return clusterId;
  }

  /**
   * The first fatal fault since the start. A broker that has one must be closed; its log is safe.
   */
  public Optional<Throwable> fault() {
    return faults.get();
  }

  /**
   * Stops the broker; takes less than 20 seconds whatever happens. Closing twice does nothing more.
   *
   * @throws EmbeddedException.StopFailed if it did not stop cleanly: its files are recovered at the
   *     next start
   */
  @Override
  public void close() {
    stop.run();
  }
}
