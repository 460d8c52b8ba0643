package io.holdfast.cli.verbs;

import io.holdfast.cli.args.Durations;
import io.holdfast.cli.args.Family;
import io.holdfast.cli.args.OwnerArgs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast eip allocate}. */
@Command(
    name = "allocate",
    description = {
      "Give an owner an address.",
      "The same owner asking again gets the address it has: safe to repeat."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast eip allocate --pool public --owner acme/Pod/shop/front-0 --gateway gw-1",
      "  holdfast eip allocate --label tier=gold --owner acme/VM/db --lease 24h --wait 10m"
    })
final class EipAllocateVerb extends VerbGroup implements Callable<Integer> {
  @Option(
      names = "--pool",
      paramLabel = "POOL",
      split = ",",
      description =
          "Take from this pool; repeated: tried in this order. Else from any, by priority and"
              + " name.")
  private @Nullable List<String> pools;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "Only from pools with this label; may be repeated.")
  private @Nullable Map<String, String> labels;

  @Mixin private final OwnerArgs owner = new OwnerArgs();

  @Option(names = "--ip", paramLabel = "IP", description = "Exactly this address.")
  private @Nullable String ip;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      description = "${COMPLETION-CANDIDATES} (default: v4). dual: one of each, both or none.")
  private @Nullable Family family;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many of each family, all or none (default: 1).")
  private @Nullable Integer count;

  @Option(names = "--contiguous", description = "Adjacent ones.")
  private boolean contiguous;

  @Option(
      names = "--gateway",
      paramLabel = "GATEWAY",
      description = "Attach to this gateway at once.")
  private @Nullable String gateway;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description = "The owner lives on this node and dies with its boot.")
  private @Nullable String node;

  @Mixin private final LeaseArg lease = new LeaseArg();

  @Option(names = "--tag", paramLabel = "KEY=VALUE", description = EipLifeVerbs.TAG)
  private @Nullable Map<String, String> tags;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      arity = "0..1",
      fallbackValue = "1h",
      converter = Durations.class,
      description = "If nothing is free, wait in line, for so long at most (default: 1h).")
  private @Nullable Duration wait;

  @Override
  public Integer call() {
    Fields fields = new Fields();
    lease.addTo(fields);
    return send(
        "AllocateEip",
        fields
            .list("pools", pools)
            .map("labels", labels)
            .with("owner", owner.require(spec()))
            .with("ip", ip)
            .with("family", family)
            .with("count", count)
            .flag("contiguous", contiguous)
            .with("gateway", gateway)
            .with("node", node)
            .map("tags", tags)
            .with("onExhausted", wait == null ? null : "WAIT")
            .with("waitMs", wait));
  }
}
