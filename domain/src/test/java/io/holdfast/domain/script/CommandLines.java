package io.holdfast.domain.script;

import io.holdfast.domain.command.BundleItem;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.OnExhausted;
import io.holdfast.domain.command.ResizeMode;
import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.OwnerCheckPolicy;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.util.ArrayList;
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
              map(l, "labels"),
              l.option("confirm") == null
                  ? null
                  : new OwnerCheckPolicy(
                      (int) l.number("confirm", 3),
                      l.millis("over", 60_000),
                      l.millis("retry-min", 1_000),
                      l.millis("retry-max", 300_000)),
              PoolPolicy.valueOf(upper(l.option("policy", "least_recently_used"))),
              l.millis("across", 0),
              (int) l.number("priority", 0),
              l.has("opt-in"),
              l.millis("lease", 0),
              l.millis("probation", PoolSpec.PROBATION_MS));
      case "resize-pool" ->
          new Command.ResizePool(
              l.arg(0),
              List.of(l.arg(1).split(",", -1)),
              l.list("exclude"),
              cidr(l.option("subnet")),
              ip(l.option("via")),
              ResizeMode.valueOf(upper(l.option("mode", "reject"))),
              l.millis("drain", 3_600_000));
      case "remove-pool" -> new Command.RemovePool(l.arg(0));
      case "allocate" ->
          new Command.AllocateEip(
              request(l),
              l.option("wait") == null ? OnExhausted.REJECT : OnExhausted.WAIT,
              l.millis("wait", 0));
      case "bundle" -> new Command.AllocateBundle(items(l));
      case "cancel" -> new Command.CancelAllocation(owner(l.arg(0)));
      case "quota" ->
          new Command.SetQuota(
              l.arg(0), l.arg(1).equals("none") ? null : (Long) Long.parseLong(l.arg(1)));
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
      default -> LifeLines.parse(l);
    };
  }

  private static EipRequest request(Line l) {
    String lease = l.option("lease");
    return new EipRequest(
        l.list("pool"),
        map(l, "labels"),
        owner(l.option("owner", "a")),
        ip(l.option("ip")),
        FamilyChoice.valueOf(upper(l.option("family", "v4"))),
        (int) l.number("count", 1),
        l.has("contiguous"),
        l.option("gateway"),
        l.option("node"),
        lease == null ? null : (Long) Line.millis(lease),
        map(l, "tags"));
  }

  /** One item for each of {@code owners}, each with the rules of {@code fip=} and {@code dnat=}. */
  private static List<BundleItem> items(Line l) {
    List<BundleItem> items = new ArrayList<>();
    List<String> owners = l.list("owners");
    List<String> fips = l.list("fip");
    List<String> dnats = l.list("dnat");
    for (int i = 0; i < owners.size(); i++) {
      EipRequest r = request(l);
      List<RuleSpec> rules = new ArrayList<>();
      if (i < fips.size() && !fips.get(i).isEmpty()) {
        rules.add(new RuleSpec.Fip(IpAddress.parse(fips.get(i)), "v"));
      }
      if (i < dnats.size() && !dnats.get(i).isEmpty()) {
        rules.add(new RuleSpec.Dnat(Protocol.TCP, 443, IpAddress.parse(dnats.get(i)), 8443, "v"));
      }
      EipRequest own =
          new EipRequest(
              r.pools(),
              r.labels(),
              owner(owners.get(i)),
              r.ip(),
              r.family(),
              r.count(),
              r.contiguous(),
              r.gateway(),
              r.node(),
              r.leaseMs(),
              r.tags());
      items.add(new BundleItem(own, rules));
    }
    return items;
  }

  /** {@code name}, {@code name/uid}, {@code tenant:name} or {@code tenant:name/uid}. */
  static Owner owner(String text) {
    int colon = text.indexOf(':');
    String tenant = colon < 0 ? "t" : text.substring(0, colon);
    String rest = text.substring(colon + 1);
    int slash = rest.indexOf('/');
    return slash < 0
        ? new Owner(tenant, "Pod", "ns", rest, "")
        : new Owner(tenant, "Pod", "ns", rest.substring(0, slash), rest.substring(slash + 1));
  }

  static Map<String, String> map(Line l, String option) {
    Map<String, String> labels = new TreeMap<>();
    for (String label : l.list(option)) {
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
