package io.holdfast.cli.verbs;

import io.holdfast.cli.args.OwnerArgs;
import io.holdfast.cli.out.Explained;
import io.holdfast.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast eip ...}. */
@Command(
    name = "eip",
    description =
        "Addresses: allocate, bundle, release, force-release, restore, renew, attach, detach, tag,"
            + " transfer, adopt, reserve, list, show, explain.",
    subcommands = {EipListVerb.class, EipAllocateVerb.class, EipBundleVerb.class})
public final class EipVerbs extends EipLifeVerbs {

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
    return s.show(s.query("eips", ip, "explain"), Explained::text);
  }
}
