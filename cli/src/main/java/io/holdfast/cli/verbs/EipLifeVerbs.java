package io.holdfast.cli.verbs;

import io.holdfast.cli.args.Durations;
import io.holdfast.cli.args.OwnerArgs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verbs about the life of an address: lease, tags, transfer, adoption, reservation, quarantine. */
public abstract class EipLifeVerbs extends VerbGroup {
  static final String IP = "The address.";
  static final String TAG = "For people and programs; may be repeated.";

  @Command(
      name = "renew",
      description = {
        "Put the end of a lease off, give an address one, or take it away.",
        "Its owner's asking again (allocate) renews it, too."
      },
      footer = {"", "Example:", "  holdfast eip renew 203.0.113.7 --lease 8h"})
  public int renew(
      @Parameters(paramLabel = "IP", description = IP) String ip,
      @Mixin LeaseArg lease,
      @Mixin TenureArg tenure,
      @Mixin OwnerArgs owner) {
    Fields fields = Fields.of("ip", ip).with("owner", owner.get(spec()));
    lease.addTo(fields);
    tenure.addTo(fields);
    return send("RenewLease", fields);
  }

  @Command(
      name = "tag",
      description = "Change the tags of an address.",
      footer = {"", "Example:", "  holdfast eip tag 203.0.113.7 --tag env=prod --remove team"})
  public int tag(
      @Parameters(paramLabel = "IP", description = IP) String ip,
      @Option(names = "--tag", paramLabel = "KEY=VALUE", description = TAG)
          @Nullable Map<String, String> tags,
      @Option(
              names = "--remove",
              paramLabel = "KEY",
              description = "Takes a tag away; may be repeated.")
          @Nullable List<String> remove,
      @Mixin TenureArg tenure,
      @Mixin OwnerArgs owner) {
    Fields fields =
        Fields.of("ip", ip)
            .map("set", tags)
            .list("remove", remove)
            .with("owner", owner.get(spec()));
    tenure.addTo(fields);
    return send("TagEip", fields);
  }

  @Command(
      name = "transfer",
      description = {
        "Offer an address to another tenant, which takes it with 'eip accept'.",
        "Refused while it is on a gateway or has rules."
      },
      footer = {"", "Example:", "  holdfast eip transfer 203.0.113.7 --to other --valid 2h"})
  public int transfer(
      @Parameters(paramLabel = "IP", description = IP) String ip,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "TENANT",
              description = "Who may accept it.")
          String to,
      @Option(
              names = "--valid",
              paramLabel = "DURATION",
              converter = Durations.class,
              description = "How long the offer counts (default: 24h).")
          @Nullable Duration valid,
      @Mixin TenureArg tenure,
      @Mixin OwnerArgs owner) {
    Fields fields =
        Fields.of("ip", ip)
            .with("toTenant", to)
            .with("validMs", valid)
            .with("owner", owner.get(spec()));
    tenure.addTo(fields);
    return send("TransferEip", fields);
  }

  @Command(
      name = "accept",
      description = "Take an address that is offered: a new tenure begins.",
      footer = {"", "Example:", "  holdfast eip accept 203.0.113.7 --owner other/Pod/shop/front-0"})
  public int accept(
      @Parameters(paramLabel = "IP", description = IP) String ip,
      @Mixin OwnerArgs owner,
      @Mixin TenureArg tenure) {
    Fields fields = Fields.of("ip", ip).with("owner", owner.require(spec()));
    tenure.addTo(fields);
    return send("AcceptTransfer", fields);
  }

  @Command(
      name = "cancel-transfer",
      description = "Take an offer back.",
      footer = {"", "Example:", "  holdfast eip cancel-transfer 203.0.113.7"})
  public int cancelTransfer(
      @Parameters(paramLabel = "IP", description = IP) String ip,
      @Mixin TenureArg tenure,
      @Mixin OwnerArgs owner) {
    Fields fields = Fields.of("ip", ip).with("owner", owner.get(spec()));
    tenure.addTo(fields);
    return send("CancelTransfer", fields);
  }

  @Command(
      name = "adopt",
      description = {
        "Give an owner an address that was in use before Holdfast knew of it.",
        "At its end it is reserved, not freed."
      },
      footer = {
        "",
        "Example:",
        "  holdfast eip adopt 203.0.113.7 --owner acme/Pod/shop/front-0 --gateway gw-1"
      })
  public int adopt(
      @Parameters(paramLabel = "IP", description = IP) String ip,
      @Mixin OwnerArgs owner,
      @Option(
              names = "--gateway",
              paramLabel = "GATEWAY",
              description = "It is on this gateway; left out: on none of ours.")
          @Nullable String gateway,
      @Option(
              names = "--node",
              paramLabel = "NODE",
              description = "The owner lives on this node and dies with its boot.")
          @Nullable String node,
      @Mixin LeaseArg lease,
      @Option(names = "--tag", paramLabel = "KEY=VALUE", description = TAG)
          @Nullable Map<String, String> tags) {
    Fields fields =
        Fields.of("ip", ip)
            .with("owner", owner.require(spec()))
            .with("gateway", gateway)
            .with("node", node)
            .map("tags", tags);
    lease.addTo(fields);
    return send("AdoptEip", fields);
  }

  @Command(
      name = "reserve",
      description = "Take a free address out of its pool. Needs --reason.",
      footer = {"", "Example:", "  holdfast eip reserve 203.0.113.9 --reason 'for the new router'"})
  public int reserve(@Parameters(paramLabel = "IP", description = IP) String ip) {
    return send("ReserveIp", Fields.of("ip", ip));
  }

  @Command(
      name = "unreserve",
      description = "Put a reserved address back: it is free at once.",
      footer = {"", "Example:", "  holdfast eip unreserve 203.0.113.9"})
  public int unreserve(@Parameters(paramLabel = "IP", description = IP) String ip) {
    return send("UnreserveIp", Fields.of("ip", ip));
  }

  @Command(
      name = "end-quarantine",
      description = {
        "State that nothing else answers for an address any more; it cools down then.",
        "Needs --reason."
      },
      footer = {
        "",
        "Example:",
        "  holdfast eip end-quarantine 203.0.113.9 --reason 'printer renumbered'"
      })
  public int endQuarantine(@Parameters(paramLabel = "IP", description = IP) String ip) {
    return send("EndQuarantine", Fields.of("ip", ip));
  }
}
