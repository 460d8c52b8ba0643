package io.holdfast.cli.verbs;

import io.holdfast.cli.args.Family;
import io.holdfast.cli.args.OwnerArgs;
import io.holdfast.cli.session.Session;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast eip ...}. */
@Command(
    name = "eip",
    description =
        "Addresses: allocate, release, force-release, restore, renew, attach, detach, tag, transfer,"
            + " adopt, reserve, list, show, explain.",
    subcommands = EipListVerb.class)
public final class EipVerbs extends EipLifeVerbs {

  @Command(
      name = "allocate",
      description = {
        "Give an owner an address.",
        "The same owner asking again gets the address it has: safe to repeat."
      },
      footer = {
        "",
        "Example:",
        "  holdfast eip allocate --pool public --owner acme/Pod/shop/front-0 --gateway gw-1"
      })
  int allocate(
      @Option(
              names = "--pool",
              paramLabel = "POOL",
              split = ",",
              description =
                  "Take from this pool; repeated: tried in this order. Else from any, by name.")
          @Nullable List<String> pools,
      @Mixin OwnerArgs owner,
      @Option(names = "--ip", paramLabel = "IP", description = "Exactly this address.")
          @Nullable String ip,
      @Option(
              names = "--family",
              paramLabel = "FAMILY",
              description =
                  "${COMPLETION-CANDIDATES} (default: v4). dual: one of each, both or none.")
          @Nullable Family family,
      @Option(
              names = "--count",
              paramLabel = "N",
              description = "How many of each family, all or none (default: 1).")
          @Nullable Integer count,
      @Option(
              names = "--gateway",
              paramLabel = "GATEWAY",
              description = "Attach to this gateway at once.")
          @Nullable String gateway,
      @Option(
              names = "--node",
              paramLabel = "NODE",
              description = "The owner lives on this node and dies with its boot.")
          @Nullable String node,
      @Mixin LeaseArg lease,
      @Option(names = "--tag", paramLabel = "KEY=VALUE", description = TAG)
          @Nullable Map<String, String> tags) {
    Fields fields = new Fields();
    lease.addTo(fields);
    return send(
        "AllocateEip",
        fields
            .map("tags", tags)
            .list("pools", pools)
            .with("owner", owner.require(spec()))
            .with("ip", ip)
            .with("family", family)
            .with("count", count)
            .with("gateway", gateway)
            .with("node", node));
  }

  @Command(
      name = "release",
      description = "End a tenure. Refused while the address has live rules.",
      footer = {
        "",
        "Example:",
        "  holdfast eip release 203.0.113.7 --owner acme/Pod/shop/front-0 --reason 'ticket 4711'"
      })
  int release(
      @Parameters(paramLabel = "IP", description = IP) String ip,
      @Mixin TenureArg tenure,
      @Mixin OwnerArgs owner) {
    Fields fields = Fields.of("ip", ip).with("owner", owner.get(spec()));
    tenure.addTo(fields);
    return send("ReleaseEip", fields);
  }

  @Command(
      name = "force-release",
      description = "End a tenure with its rules. Needs --reason.",
      footer = {
        "",
        "Example:",
        "  holdfast eip force-release 203.0.113.7 --reason 'tenant left, ticket 4711'"
      })
  int forceRelease(
      @Parameters(paramLabel = "IP", description = IP) String ip, @Mixin TenureArg tenure) {
    Fields fields = Fields.of("ip", ip);
    tenure.addTo(fields);
    return send("ForceRelease", fields);
  }

  @Command(
      name = "restore",
      description = {
        "Undo a release that was a mistake, while the address is releasing or cooling down.",
        "Its holder has it again with its rules, on its gateway, in a new tenure: all or nothing."
      },
      footer = {
        "",
        "Example:",
        "  holdfast eip restore 203.0.113.7 --reason 'released by mistake, ticket 4712'"
      })
  int restore(
      @Parameters(paramLabel = "IP", description = IP) String ip,
      @Mixin TenureArg tenure,
      @Mixin OwnerArgs owner) {
    Fields fields = Fields.of("ip", ip).with("owner", owner.get(spec()));
    tenure.addTo(fields);
    return send("RestoreEip", fields);
  }

  @Command(
      name = "attach",
      description = "Put an address on a gateway.",
      footer = {"", "Example:", "  holdfast eip attach 203.0.113.7 gw-1"})
  int attach(
      @Parameters(index = "0", paramLabel = "IP", description = IP) String ip,
      @Parameters(index = "1", paramLabel = "GATEWAY", description = "The gateway.") String gateway,
      @Mixin TenureArg tenure) {
    Fields fields = Fields.of("ip", ip).with("gateway", gateway);
    tenure.addTo(fields);
    return send("AttachEip", fields);
  }

  @Command(
      name = "detach",
      description = "Take an address without live rules off its gateway.",
      footer = {"", "Example:", "  holdfast eip detach 203.0.113.7"})
  int detach(@Parameters(paramLabel = "IP", description = IP) String ip, @Mixin TenureArg tenure) {
    Fields fields = Fields.of("ip", ip);
    tenure.addTo(fields);
    return send("DetachEip", fields);
  }

  @Command(
      name = "show",
      description = "One address: who holds it, where it is, its conditions and rules.",
      footer = {"", "Example:", "  holdfast eip show 203.0.113.7"})
  int show(@Parameters(paramLabel = "IP", description = IP) String ip) {
    Session s = session();
    return s.show(s.query("eips", ip), s.views().eips()::show);
  }

  @Command(
      name = "explain",
      description = "What holds an address, why it is not ready, and what would unblock it.",
      footer = {"", "Example:", "  holdfast eip explain 203.0.113.7"})
  int explain(@Parameters(paramLabel = "IP", description = IP) String ip) {
    Session s = session();
    return s.show(s.query("eips", ip, "explain"), s.views().eips()::explain);
  }
}
