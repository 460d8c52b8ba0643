package io.holdfast.domain.view;

import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.net.InvalidAddressException;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A refusal in sentences: why, with the figures of then, how the things it was about are now, and
 * what would help. Whether the command would be accepted now only a dry run of it can tell: the
 * state keeps answers, not commands.
 */
final class RefusalExplanation {
  private RefusalExplanation() {}

  static Sentences of(State state, String commandId, Outcome.Rejected rejected, long time) {
    Refusal refusal = rejected.refusal();
    List<String> why = new ArrayList<>();
    why.add(sentence(refusal.message()));
    if (!refusal.details().isEmpty()) {
      List<String> figures = new ArrayList<>();
      new TreeMap<>(refusal.details()).forEach((key, value) -> figures.add(key + " " + value));
      why.add("Then: " + String.join(", ", figures) + ".");
    }
    why.addAll(now(state, refusal, time));
    return new Sentences(
        List.of(
            "Command "
                + commandId
                + " was refused ("
                + refusal.code()
                + ") when the network was at sequence "
                + rejected.sequence()
                + ". It changed nothing."),
        why,
        List.of(
            help(refusal),
            "Ask again under a new command id, with dryRun first to see whether it would be"
                + " accepted now: under its old id it is given the same answer."));
  }

  /** How the things are now that the refusal names. */
  private static List<String> now(State state, Refusal refusal, long time) {
    List<String> all = new ArrayList<>();
    for (String name : pools(refusal)) {
      Pool pool = state.pools().get(name);
      all.add(
          pool == null
              ? "Now: there is no pool " + name + "."
              : "Now pool " + name + ": " + now(PoolView.of(state, name, pool, time)));
    }
    String tenant = refusal.details().get("tenant");
    if (tenant != null) {
      Quota quota = state.quotas().get(tenant);
      all.add(
          quota == null
              ? "Now: tenant " + tenant + " has no limit."
              : "Now: tenant " + tenant + " has " + quota.used() + " of " + quota.limit() + ".");
    }
    String ip = refusal.details().get("ip");
    if (ip != null) {
      all.add(address(state, ip));
    }
    String gateway = refusal.details().get("gateway");
    if (gateway != null) {
      Gateway known = state.gateways().get(gateway);
      all.add(
          "Now: gateway "
              + gateway
              + (known == null || known.isRetired()
                  ? " is unknown."
                  : known.retiring() ? " is being retired." : " is on node " + known.node() + "."));
    }
    String node = refusal.details().get("node");
    if (node != null) {
      Node known = state.nodes().get(node);
      all.add(
          "Now: node "
              + node
              + (known == null ? " is unknown." : known.up() ? " is up." : " is lost."));
    }
    return all;
  }

  private static String now(PoolView pool) {
    return pool.available().message()
        + (pool.nextFreeAt() == 0
            ? "."
            : "; the next that rests is free at " + Instants.text(pool.nextFreeAt()) + ".");
  }

  /** Those that it names by itself, and those whose figures it gives. */
  private static SortedSet<String> pools(Refusal refusal) {
    TreeSet<String> all = new TreeSet<>();
    refusal
        .details()
        .forEach((key, value) -> {
          if (key.equals("pool")) {
            all.add(value);
          } else if (key.endsWith(".size")) {
            all.add(key.substring(0, key.length() - ".size".length()));
          }
        });
    return all;
  }

  private static String address(State state, String text) {
    try {
      IpAddress ip = IpAddress.parse(text);
      EipView eip = EipView.find(new Lens(state), ip);
      return eip == null
          ? "Now: " + ip + " belongs to no pool."
          : "Now: " + Explanation.of(new Lens(state), eip, List.of()).state().getFirst();
    } catch (InvalidAddressException e) {
      return "Now: " + text + " is no address.";
    }
  }

  private static String sentence(String message) {
    String text = message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
    return text.endsWith(".") ? text : text + ".";
  }

  private static String help(Refusal refusal) {
    return switch (refusal.code()) {
      case Unknown -> "A newer version decided this: ask one of its instances.";
      case Invalid -> "Correct " + refusal.field() + "; allowed: " + refusal.allowed() + ".";
      case PoolUnknown -> "Define the pool (DefinePool), or name another.";
      case PoolOverlap -> "Leave out of the pool what another offers or still has in use.";
      case PoolExhausted ->
          "Wait in line (AllocateEip with onExhausted WAIT), name more pools, or give the pool more"
              + " ranges (ResizePool).";
      case NoMatchingPool -> "Name another pool or other labels, or label a pool (DefinePool).";
      case OutOfRange -> "Ask for an address that a pool offers, or add it to one (ResizePool).";
      case AddressInUse, AddressReleasing, AddressCoolingDown, AddressQuarantined ->
          "Wait for it (AllocateEip with onExhausted WAIT), or ask for another; explain the address"
              + " to see what it waits for.";
      case AddressReserved -> "Put it back into use (UnreserveIp), or ask for another.";
      case AddressNotAllocated -> "Nobody holds it: allocate it first, or name the right address.";
      case StaleTenure -> "Look whether the present tenure is meant, and name it.";
      case StaleRevision -> "Look at how it is now, and ask with its present revision.";
      case NotOwner -> "Name the present holder, if that is whose address is meant.";
      case InUse -> "End the use that it names first.";
      case GatewayUnknown -> "Define the gateway (DefineGateway), or name another.";
      case GatewayRetiring -> "Name another gateway, or define it anew once it is retired.";
      case NodeUnknown -> "Start the node's agent: its heartbeats make it known.";
      case NoCandidate -> "Bring up another candidate, or add one (DefineGateway).";
      case RuleUnknown -> "Name a rule that the address has.";
      case PortConflict -> "Remove the rule that has the port, or say replace.";
      case InternalIpInUse -> "Remove the rule that leads to the internal address first.";
      case QuotaExceeded ->
          "Release addresses of the tenant and let them cool down, or raise its limit (SetQuota).";
      case ImportRefused -> "Correct the lines that it names, and import the file again.";
      case NotWaiting -> "Nothing has to be done: it waits for nothing.";
    };
  }
}
