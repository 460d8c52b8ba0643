package io.holdfast.cli.audit;

import io.holdfast.cli.session.ClusterArgs;
import io.holdfast.cli.session.Session;
import io.holdfast.projector.log.Consumers;
import io.holdfast.projector.log.EntryReader;
import io.holdfast.projector.log.LogScan;
import io.holdfast.projector.log.ReadOnlySchemas;
import io.holdfast.schemas.registry.RegistryClient;
import io.holdfast.wire.Codec;
import io.holdfast.wire.SchemaIds;
import picocli.CommandLine.Mixin;

/** The log, for the verbs that read it themselves. */
final class LogArgs {
  @Mixin private ClusterArgs cluster = new ClusterArgs();

  Consumers consumers(Session session) {
    var environment = session.terminal().environment();
    return new Consumers(cluster.bootstrapServers(environment), cluster.kafka(environment));
  }

  /** A client of the registry; the caller closes it. */
  RegistryClient registry(Session session) {
    return new RegistryClient(cluster.registry(session.terminal().environment()));
  }

  static Codec codec(RegistryClient registry) {
    return new Codec(new ReadOnlySchemas(SchemaIds.of(registry)));
  }

  LogScan log(Session session, RegistryClient registry) {
    return new LogScan(consumers(session), new EntryReader(codec(registry)));
  }
}
