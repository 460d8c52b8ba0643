package io.holdfast.domain.script;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.FamilyChoice;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lines that are commands. */
final class CommandLines {
  private CommandLines() {}

  /** Null if the line is no command. */
  static @Nullable Command parse(Line l) {
    return switch (l.verb()) {
      case "define-pool" ->
          new Command.DefinePool(
              l.arg(0),
              l.option("family", l.arg(1).contains(":") ? "V6" : "V4").equals("V6")
                  ? IpFamily.V6
                  : IpFamily.V4,
              List.of(l.arg(1).split(",", -1)),
              l.list("exclude"),
              cidr(l.option("subnet")),
              ip(l.option("via")),
              l.millis("cooldown", 300_000),
              labels(l),
              l.option("confirm") == null
                  ? null
                  : new OwnerCheckPolicy(
                      (int) l.number("confirm", 3),
                      l.millis("over", 60_000),
                      l.millis("retry-min", 1_000),
                      l.millis("retry-max", 300_000)));
      case "resize-pool" ->
          new Command.ResizePool(
              l.arg(0),
              List.of(l.arg(1).split(",", -1)),
              l.list("exclude"),
              cidr(l.option("subnet")),
              ip(l.option("via")),
              ResizeMode.valueOf(upper(l.option("mode", "reject"))));
      case "remove-pool" -> new Command.RemovePool(l.arg(0));
      case "allocate" ->
          new Command.AllocateEip(
              l.list("pool"),
              owner(l.option("owner", "a")),
              ip(l.option("ip")),
              FamilyChoice.valueOf(upper(l.option("family", "v4"))),
              (int) l.number("count", 1),
              l.option("gateway"),
              l.option("node"));
      case "release" ->
          new Command.ReleaseEip(
              IpAddress.parse(l.arg(0)),
              l.tenure(),
              l.option("owner") == null ? null : owner(l.option("owner", "")));
      case "force-release" -> new Command.ForceRelease(IpAddress.parse(l.arg(0)), l.tenure());
      case "restore" ->
          new Command.RestoreEip(
              IpAddress.parse(l.arg(0)),
              l.tenure(),
              l.option("owner") == null ? null : owner(l.option("owner", "")));
      case "attach" -> new Command.AttachEip(IpAddress.parse(l.arg(0)), l.arg(1), l.tenure());
      case "detach" -> new Command.DetachEip(IpAddress.parse(l.arg(0)), l.tenure());
      case "bind-fip" ->
          new Command.BindFip(
              IpAddress.parse(l.arg(0)),
              IpAddress.parse(l.arg(1)),
              l.option("vpc", "v"),
              l.has("replace"),
              l.tenure());
      case "unbind-fip" -> new Command.UnbindFip(IpAddress.parse(l.arg(0)), l.tenure());
      case "add-dnat" ->
          new Command.AddDnat(
              IpAddress.parse(l.arg(0)),
              protocol(l.arg(1)),
              port(l.arg(1)),
              IpAddress.parse(l.arg(2)),
              (int) l.number("to", 8080),
              l.option("vpc", "v"),
              l.has("replace"),
              l.tenure());
      case "remove-dnat" ->
          new Command.RemoveDnat(
              IpAddress.parse(l.arg(0)), protocol(l.arg(1)), port(l.arg(1)), l.tenure());
      case "add-snat" ->
          new Command.AddSnat(
              IpAddress.parse(l.arg(0)), Cidr.parse(l.arg(1)), l.option("vpc", "v"), l.tenure());
      case "remove-snat" ->
          new Command.RemoveSnat(IpAddress.parse(l.arg(0)), Cidr.parse(l.arg(1)), l.tenure());
      case "define-gateway" ->
          new Command.DefineGateway(
              l.arg(0),
              List.of(l.arg(1).split(",", -1)),
              Failover.valueOf(upper(l.option("failover", "fence_first"))),
              l.millis("fence", 10_000),
              (int) l.number("threshold", 3),
              l.millis("hold", 60_000));
      case "reschedule" -> new Command.RescheduleGateway(l.arg(0), l.optionalArg(1));
      case "retire" -> new Command.RetireGateway(l.arg(0));
      case "fence-node" -> new Command.FenceNode(l.arg(0));
      default -> null;
    };
  }

  /** {@code name} or {@code name/uid}. */
  static Owner owner(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new Owner("t", "Pod", "ns", text, "")
        : new Owner("t", "Pod", "ns", text.substring(0, slash), text.substring(slash + 1));
  }

  private static Map<String, String> labels(Line l) {
    Map<String, String> labels = new TreeMap<>();
    for (String label : l.list("labels")) {
      labels.put(label.substring(0, label.indexOf(':')), label.substring(label.indexOf(':') + 1));
    }
    return labels;
  }

  private static Protocol protocol(String text) {
    return Protocol.valueOf(upper(text.substring(0, text.indexOf('/'))));
  }

  private static int port(String text) {
    return Integer.parseInt(text.substring(text.indexOf('/') + 1));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static @Nullable Cidr cidr(@Nullable String text) {
    return text == null ? null : Cidr.parse(text);
  }

  private static @Nullable IpAddress ip(@Nullable String text) {
    return text == null ? null : IpAddress.parse(text);
  }
}
