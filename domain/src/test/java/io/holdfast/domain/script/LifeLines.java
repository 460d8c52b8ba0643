package io.holdfast.domain.script;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import org.jspecify.annotations.Nullable;

/** Lines that are commands about the life of one address. */
final class LifeLines {
  private LifeLines() {}

  /** Null if the line is no such command. */
  static @Nullable Command parse(Line l) {
    return switch (l.verb()) {
      case "renew" -> new Command.RenewLease(ip(l), lease(l), l.tenure(), owner(l));
      case "reserve" -> new Command.ReserveIp(ip(l));
      case "unreserve" -> new Command.UnreserveIp(ip(l));
      case "adopt" ->
          new Command.AdoptEip(
              ip(l),
              CommandLines.owner(l.option("owner", "a")),
              l.option("gateway"),
              l.option("node"),
              lease(l),
              CommandLines.map(l, "tags"));
      case "end-quarantine" -> new Command.EndQuarantine(ip(l));
      case "transfer" ->
          new Command.TransferEip(
              ip(l), l.arg(1), l.millis("valid", 3_600_000), l.tenure(), owner(l));
      case "accept" ->
          new Command.AcceptTransfer(
              ip(l), CommandLines.owner(l.option("owner", "u:a")), l.tenure());
      case "cancel-transfer" -> new Command.CancelTransfer(ip(l), l.tenure(), owner(l));
      case "tag" ->
          new Command.TagEip(
              ip(l), CommandLines.map(l, "set"), l.list("remove"), l.tenure(), owner(l));
      default -> null;
    };
  }

  private static IpAddress ip(Line l) {
    return IpAddress.parse(l.arg(0));
  }

  private static @Nullable Long lease(Line l) {
    String text = l.option("lease");
    return text == null ? null : (Long) Line.millis(text);
  }

  private static @Nullable Owner owner(Line l) {
    String text = l.option("owner");
    return text == null ? null : CommandLines.owner(text);
  }
}
