package io.holdfast.embedded;

import java.util.HashMap;
import java.util.Map;

/**
 * The broker's configuration: one node that is broker and controller, tuned for a quick start and a
 * small footprint.
 */
final class BrokerProperties {
  static final int NODE_ID = 1;
  static final String BROKER_LISTENER = "BROKER";
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private BrokerProperties() {}

  static Map<String, String> of(
      KafkaOptions options, DataDirectory directory, LoopbackPorts ports) {
    Map<String, String> properties = new HashMap<>(defaults());
    properties.putAll(options.properties());
    properties.putAll(identity(directory, ports));
    return properties;
  }

  private static Map<String, String> defaults() {
    return Map.ofEntries(
        // A misspelt topic must be an error, not a topic.
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("num.partitions", "1"),
        // One node: no replication of the internal topics, and few partitions, as each costs files
        // at every start.
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "4"),
        // Ten years: positions that are dropped while nothing runs would have old commands read
        // again.
        Map.entry("offsets.retention.minutes", "5256000"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "4"),
        // What follows right on a commit waits until its markers are written: some milliseconds.
        Map.entry("add.partitions.to.txn.retry.backoff.ms", "2"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("group.min.session.timeout.ms", "1000"),
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "4"),
        Map.entry("num.recovery.threads.per.data.dir", "2"),
        Map.entry("background.threads", "2"),
        Map.entry("log.cleaner.enable", "true"),
        Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20)),
        Map.entry("log.cleaner.io.buffer.size", Integer.toString(64 << 10)),
        // The controller lets a broker register again when the session of its killed predecessor
        // has run out,
        // so this is the start time after a kill. A starved machine that misses it loses leadership
        // for a moment.
        Map.entry("broker.heartbeat.interval.ms", "500"),
        Map.entry("broker.session.timeout.ms", "3000"),
        // JMX is process-wide; two brokers in one JVM would fight over the names.
        Map.entry("metric.reporters", ""));
  }

  private static Map<String, String> identity(DataDirectory directory, LoopbackPorts ports) {
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "log.dirs",
        directory.log().toString(),
        "listeners",
        BROKER_LISTENER
            + "://"
            + ports.broker()
            + ","
            + CONTROLLER_LISTENER
            + "://"
            + ports.controller(),
        "advertised.listeners",
        BROKER_LISTENER + "://" + ports.broker(),
        "listener.security.protocol.map",
        BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
        "inter.broker.listener.name",
        BROKER_LISTENER,
        "controller.listener.names",
        CONTROLLER_LISTENER,
        "controller.quorum.voters",
        NODE_ID + "@" + ports.controller());
  }
}
