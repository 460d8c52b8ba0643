package io.holdfast.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of the registry's process. */
final class RegistryCommand {
  private RegistryCommand() {}

  static List<String> of(
      RegistryOptions options, RegistryHome home, int port, int managementPort, List<String> jvm) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A quick start and little memory; it answers a few requests a minute.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.lang=ALL-UNNAMED"));
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.add("-Djava.io.tmpdir=" + EmbeddedRegistry.tmp(options));
    command.addAll(jvm);
    options
        .aotCache()
        .filter(Files::exists)
        .ifPresent(file -> command.add("-XX:AOTCache=" + file.toAbsolutePath()));
    properties(options, port, managementPort)
        .forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-cp", home.classPath()));
    command.addAll(List.of(TetheredMain.class.getName(), "io.quarkus.runner.GeneratedMain"));
    return command;
  }

  private static Map<String, String> properties(
      RegistryOptions options, int port, int managementPort) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("quarkus.http.host", "127.0.0.1");
    properties.put("quarkus.http.port", Integer.toString(port));
    properties.put("quarkus.management.host", "127.0.0.1");
    properties.put("quarkus.management.port", Integer.toString(managementPort));
    properties.put("quarkus.http.access-log.enabled", "false");
    properties.put("quarkus.log.level", "WARN");
    properties.put("quarkus.otel.sdk.disabled", "true");
    properties.put("apicurio.storage.kind", "kafkasql");
    properties.put("apicurio.storage.snapshot.location", EmbeddedRegistry.tmp(options).toString());
    properties.put("apicurio.import.work-dir", EmbeddedRegistry.tmp(options).toString());
    properties.put("apicurio.kafkasql.bootstrap.servers", options.bootstrapServers());
    properties.put("apicurio.kafkasql.topic", RegistryOptions.JOURNAL);
    properties.put("apicurio.kafkasql.snapshots.topic", RegistryOptions.SNAPSHOTS);
    properties.put("apicurio.events.kafka.topic", RegistryOptions.EVENTS);
    // The journal is replayed by one reader, in order: more than one partition would shuffle it.
    properties.put("apicurio.kafkasql.topic.partitions", "1");
    options
        .journal()
        .forEach((name, value) -> properties.put("apicurio.kafkasql.topic." + name, value));
    // It waits out one poll of the empty snapshots topic at every start; the default is 5 s.
    properties.put("apicurio.kafkasql.consumer.poll.timeout", "200");
    // It replays everything in a new group each time: its offsets would only be litter.
    properties.put("apicurio.kafkasql.consumer.enable.auto.commit", "false");
    properties.put("apicurio.kafkasql.producer.linger.ms", "0");
    properties.put("apicurio.datasource.jdbc.initial-size", "2");
    properties.put("apicurio.datasource.jdbc.min-size", "2");
    properties.put("apicurio.datasource.jdbc.max-size", "10");
    return properties;
  }
}
