package io.holdfast.allocator.service;

import io.holdfast.domain.decide.Settings;
import io.holdfast.schemas.registry.RegistryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How an allocator runs.
 *
 * @param bootstrapServers brokers, {@code host:port,...}
 * @param stateDir where the stores keep their files; a cache of the log, may be deleted while the
 *     service is down
 * @param partitions partitions of the topics, if they are to be created; for ever
 * @param replication replicas of the topics, if they are to be created
 * @param flush whether the brokers are told to flush events and outcomes to disk before they count
 *     as written; for a single broker, which has no replica to fall back on
 * @param threads stream threads
 * @param commitInterval the least time between two transactions; most of a command's latency
 * @param advertised host and port at which other instances reach this one's HTTP API
 * @param kafka further client settings, for example for TLS and SASL; they win over the settings
 *     made here
 * @param commandRetention how long commands and their answers are kept, if the topics are to be
 *     created: so far back a command can be repeated after a power cut, and what-if can look
 */
public record AllocatorConfig(
    String bootstrapServers,
    RegistryConfig registry,
    String applicationId,
    Path stateDir,
    int partitions,
    short replication,
    boolean flush,
    int threads,
    Duration commitInterval,
    HostPort advertised,
    Settings settings,
    Map<String, String> kafka,
    Duration commandRetention) {
  public static final Duration DEFAULT_COMMAND_RETENTION = Duration.ofDays(7);
  private static final Duration LEAST_COMMIT_INTERVAL = Duration.ofMillis(1);

  /** A query waits up to 10 s for what it saw to be committed. */
  private static final Duration MOST_COMMIT_INTERVAL = Duration.ofSeconds(5);

  /** A host and a port. */
  public record HostPort(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * @throws IllegalArgumentException if the commit interval is not between 1 ms and 5 s
   */
  public AllocatorConfig {
    if (commitInterval.compareTo(LEAST_COMMIT_INTERVAL) < 0
        || commitInterval.compareTo(MOST_COMMIT_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "the commit interval is " + commitInterval.toMillis() + " ms; allowed: 1 ms to 5 s");
    }
    kafka = Map.copyOf(kafka);
  }

  /** Commands are kept for {@link #DEFAULT_COMMAND_RETENTION}. */
  public AllocatorConfig(
      String bootstrapServers,
      RegistryConfig registry,
      String applicationId,
      Path stateDir,
      int partitions,
      short replication,
      boolean flush,
      int threads,
      Duration commitInterval,
      HostPort advertised,
      Settings settings,
      Map<String, String> kafka) {
    this(
        bootstrapServers,
        registry,
        applicationId,
        stateDir,
        partitions,
        replication,
        flush,
        threads,
        commitInterval,
        advertised,
        settings,
        kafka,
        DEFAULT_COMMAND_RETENTION);
  }
}
