package io.holdfast.cli.verbs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.args.Durations;
import io.holdfast.cli.args.Policy;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a pool does with the addresses it covers; the same for a new pool and for a change. */
final class PoolSettings {
  @Option(
      names = "--cooldown",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long an address rests before it is used again (default: 5m).")
  private @Nullable Duration cooldown;

  @Option(
      names = "--cross-tenant-cooldown",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long it rests for tenants other than its last (default: as --cooldown).")
  private @Nullable Duration crossTenantCooldown;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description =
          "Which free address is next: ${COMPLETION-CANDIDATES} (default: least-recently-used).")
  private @Nullable Policy policy;

  @Option(
      names = "--priority",
      paramLabel = "N",
      description = "Where no pool is named, higher ones are tried first (default: 0).")
  private @Nullable Integer priority;

  @Option(
      names = "--opt-in",
      negatable = true,
      description = "Only for who names the pool or one of its labels.")
  private @Nullable Boolean optIn;

  @Option(
      names = "--default-lease",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "A tenure ends so soon unless renewed; 0s: it does not (default: 0s).")
  private @Nullable Duration lease;

  @Option(
      names = "--probation",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "A quarantined address is used again after so long in peace; 0s: never by itself"
              + " (default: 24h).")
  private @Nullable Duration probation;

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Free-form; may be repeated.")
  private @Nullable Map<String, String> labels;

  @Mixin private final OwnerCheckArgs ownerCheck = new OwnerCheckArgs();

  /** To a new pool. */
  void addTo(Fields fields) {
    settings(fields).map("labels", labels).with("ownerCheck", ownerCheck.fields());
  }

  /** Over what a pool has already. False: nothing is to be changed. */
  boolean putOver(ObjectNode definition) {
    ObjectNode changed = settings(new Fields()).json();
    definition.setAll(changed);
    if (labels != null) {
      labels.forEach(definition.withObjectProperty("labels")::put);
    }
    return ownerCheck.putOver(definition.withObjectProperty("ownerCheck"))
        || labels != null
        || !changed.isEmpty();
  }

  private Fields settings(Fields fields) {
    return fields
        .with("cooldownMs", cooldown)
        .with("crossTenantCooldownMs", crossTenantCooldown)
        .with("policy", policy)
        .with("priority", priority)
        .with("optIn", optIn)
        .with("leaseMs", lease)
        .with("probationMs", probation);
  }
}
