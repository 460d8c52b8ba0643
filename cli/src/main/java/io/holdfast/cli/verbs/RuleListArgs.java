package io.holdfast.cli.verbs;

import io.holdfast.cli.client.Query;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which rules to list. */
final class RuleListArgs {
  @Option(names = "--ip", paramLabel = "IP", description = "Of this address.")
  private @Nullable String ip;

  @Option(names = "--gateway", paramLabel = "GATEWAY", description = "On this gateway.")
  private @Nullable String gateway;

  @Mixin private final ReadyArgs ready = new ReadyArgs();

  Query addTo(Query query, String kind) {
    return query
        .with("ip", ip)
        .with("gateway", gateway)
        .with("kind", kind)
        .with("ready", ready.wanted());
  }
}
