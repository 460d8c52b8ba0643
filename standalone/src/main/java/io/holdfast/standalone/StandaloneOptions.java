package io.holdfast.standalone;

import io.holdfast.domain.decide.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How everything runs in one process.
 *
 * @param dataDir holds all data; survives restarts and kill -9
 * @param httpPort 0: a free one
 * @param kafkaPort 0: a free one
 * @param registryPort 0: a free one
 * @param partitions of the topics; taken when they are created
 * @param fsync events and outcomes are on disk before an answer is visible
 * @param quickStarts the first run spends half a minute and 120 MB in the background so that later
 *     ones start faster
 */
public record StandaloneOptions(
    Path dataDir,
    int httpPort,
    int kafkaPort,
    int registryPort,
    int partitions,
    boolean fsync,
    boolean quickStarts,
    Duration commitInterval,
    Settings settings) {

  /** Free ports, four partitions, everything on disk before it is answered. */
  public static StandaloneOptions in(Path dataDir) {
    return new StandaloneOptions(
        dataDir, 0, 0, 0, 4, true, false, Duration.ofMillis(10), Settings.DEFAULT);
  }

  public StandaloneOptions withPorts(int http, int kafka, int registry) {
    return new StandaloneOptions(
        dataDir, http, kafka, registry, partitions, fsync, quickStarts, commitInterval, settings);
  }

  public StandaloneOptions withFsync(boolean on) {
    return new StandaloneOptions(
        dataDir,
        httpPort,
        kafkaPort,
        registryPort,
        partitions,
        on,
        quickStarts,
        commitInterval,
        settings);
  }

  public StandaloneOptions withPartitions(int count) {
    return new StandaloneOptions(
        dataDir,
        httpPort,
        kafkaPort,
        registryPort,
        count,
        fsync,
        quickStarts,
        commitInterval,
        settings);
  }

  public StandaloneOptions withSettings(Settings changed) {
    return new StandaloneOptions(
        dataDir,
        httpPort,
        kafkaPort,
        registryPort,
        partitions,
        fsync,
        quickStarts,
        commitInterval,
        changed);
  }

  public StandaloneOptions withQuickStarts(boolean on) {
    return new StandaloneOptions(
        dataDir,
        httpPort,
        kafkaPort,
        registryPort,
        partitions,
        fsync,
        on,
        commitInterval,
        settings);
  }
}
