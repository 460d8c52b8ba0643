package io.holdfast.domain.oracle;

import io.holdfast.domain.model.EipRequest;
import io.holdfast.domain.model.GatewaySpec;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the oracle knows: plain, mutable, small. */
final class Facts {
  final Map<String, PoolFact> pools = new TreeMap<>();
  final Map<IpAddress, EipFact> eips = new TreeMap<>();
  final Map<String, GatewayFact> gateways = new TreeMap<>();
  final Map<String, NodeFact> nodes = new TreeMap<>();

  /** Where gateways were seen with addresses that they should not carry. */
  final Map<DriftPlace, DriftFact> drifts = new TreeMap<>();

  /** Limits by tenant. */
  final Map<String, Long> quotas = new TreeMap<>();

  /** Who waits, by ticket. */
  final Map<Long, WaitFact> waiters = new TreeMap<>();

  record WaitFact(EipRequest request, long deadline) {
    /** Whether others are not to be served from its pools before it. */
    boolean holdsUp() {
      return request.ip() == null && !request.contiguous();
    }
  }

  enum Stage {
    UNUSED,
    HELD,
    LEAVING,
    RESTING,
    QUARANTINED,
    RESERVED
  }

  static final class PoolFact {
    PoolSpec spec;
    List<Span> offered;

    PoolFact(PoolSpec spec) {
      this.spec = spec;
      this.offered = Span.offered(spec);
    }

    boolean offers(IpAddress ip) {
      return ip.family() == spec.family() && Span.contains(offered, ip);
    }
  }

  /** Where an item may be on one gateway. */
  static final class Place {
    boolean wanted;
    long revision;
    int prefixLength;
    final Set<Long> epochs = new TreeSet<>();
    long readyEpoch;
  }

  static final class RuleFact {
    boolean wanted = true;
    String target = "";
    String vpc = "";
    long revision;

    /** Internal sides that may be in a kernel; exclusive kinds only. */
    final Set<String> inside = new HashSet<>();

    @Nullable String gateway;
    @Nullable Place place;
  }

  static final class EipFact {
    Stage stage = Stage.UNUSED;
    long tenure;
    String pool = "";
    @Nullable Owner owner;
    @Nullable NodeBinding node;
    @Nullable String gateway;
    long freeAt;
    final Map<String, Place> places = new TreeMap<>();
    final Map<String, RuleFact> rules = new TreeMap<>();
    int absent;
    long firstAbsentAt;

    /** Who held it last and how, until it is free; what went with the tenure. */
    @Nullable Owner formerOwner;

    /** Who held it last, for ever. */
    @Nullable Owner lastOwner;

    /** Free for this tenant only, which has just been given it. */
    @Nullable String earlyFor;

    long tenantFreeAt;

    @Nullable NodeBinding formerNode;
    @Nullable String formerGateway;
    final Map<String, String> formerRules = new TreeMap<>();

    /** On whose quota it counts: allocated, releasing and cooling addresses do. */
    @Nullable String tenant() {
      Owner counted =
          switch (stage) {
            case HELD -> owner;
            case LEAVING, RESTING -> formerOwner;
            case UNUSED, QUARANTINED, RESERVED -> null;
          };
      return counted == null ? null : counted.tenant();
    }

    /** Its lease: what a renewal lasts, its end, the end that none goes beyond, its warning. */
    long leaseMs;

    long leaseUntil;
    long leaseLast;
    long warnAt;
    long formerLeaseMs;

    boolean adopted;
    final Map<String, String> tags = new TreeMap<>();
    final Map<String, String> formerTags = new TreeMap<>();
    @Nullable String offeredTo;
    long offeredUntil;

    /** Until when something is believed to answer for it, while held or leaving. */
    long conflictUntil;

    /** As in the event that put it into quarantine. */
    long quarantineUntil;

    void begin(Map<String, String> itsTags) {
      adopted = false;
      tags.clear();
      tags.putAll(itsTags);
      offeredTo = null;
      conflictUntil = 0;
      quarantineUntil = 0;
      leaseMs = 0;
      leaseUntil = 0;
      leaseLast = 0;
      warnAt = 0;
    }

    /** In the words of the state. */
    String terms() {
      return " lease="
          + leaseMs
          + "/"
          + leaseUntil
          + "/"
          + warnAt
          + "/"
          + leaseLast
          + " tags="
          + tags
          + " offer="
          + (offeredTo == null ? "none" : offeredTo + "/" + offeredUntil)
          + " conflict="
          + conflictUntil
          + (adopted ? " adopted" : "");
    }

    long liveRules() {
      return rules.values().stream().filter(r -> r.wanted).count();
    }
  }

  record Earlier(long epoch, String node, long replacedAt, long leaseMs) {}

  static final class GatewayFact {
    GatewaySpec spec;
    @Nullable String node;
    @Nullable String instance;

    /** Of the last instance that said so. */
    long uptimeMs;

    long epoch;
    boolean retiring;
    long placedAt;
    long leaseMs;
    int probeFailures;

    /**
     * Under TAKEOVER the present instance was given something while an earlier one was not fenced.
     */
    boolean overlapped;

    final List<Earlier> earlier = new ArrayList<>();

    /** By node: sequence number of the last fencing of an instance there. */
    final Map<String, Long> fencedAt = new TreeMap<>();

    /** Whether that epoch ran on the node, and is the present one or not fenced yet. */
    boolean mayRun(long someEpoch, String someNode) {
      return (someEpoch == epoch && someNode.equals(node))
          || earlier.stream().anyMatch(i -> i.epoch() == someEpoch && i.node().equals(someNode));
    }

    /** Whether any instance that is not fenced is on the node. */
    boolean mayRunOn(String someNode) {
      return someNode.equals(node) || earlier.stream().anyMatch(i -> i.node().equals(someNode));
    }

    GatewayFact(GatewaySpec spec) {
      this.spec = spec;
    }

    boolean active() {
      return node != null
          && !retiring
          && (earlier.isEmpty() || spec.failover() == io.holdfast.domain.model.Failover.TAKEOVER);
    }
  }

  static final class NodeFact {
    String boot = "";
    boolean up = true;
    boolean inventoryTaken = true;
    long heardAt;
    final Set<String> formerBoots = new HashSet<>();
  }

  record DriftPlace(String gateway, String node, IpAddress ip) implements Comparable<DriftPlace> {
    @Override
    public int compareTo(DriftPlace other) {
      return Comparator.comparing(DriftPlace::gateway)
          .thenComparing(DriftPlace::node)
          .thenComparing(DriftPlace::ip)
          .compare(this, other);
    }
  }

  static final class DriftFact {
    /** Epochs that were seen with it and not without since, and the number of the observation. */
    final Map<Long, Long> observationByEpoch = new TreeMap<>();

    /** Sequence number of the event that told of it last. */
    long toldAt;
  }

  /** Whether a request may be given from this pool: it is about it, and has asked where needed. */
  boolean wants(EipRequest request, String pool) {
    boolean asked = request.pools().contains(pool) || !request.labels().isEmpty();
    return isAbout(request, pool) && (asked || !need(pools, pool, "pools").spec.optIn());
  }

  /** Whether what is held of this pool counts for a request: named, if any is, and labelled. */
  boolean isAbout(EipRequest request, String pool) {
    PoolSpec spec = need(pools, pool, "pools").spec;
    boolean family =
        switch (request.family()) {
          case V4 -> spec.family() == IpFamily.V4;
          case V6 -> spec.family() == IpFamily.V6;
          case DUAL -> true;
          case UNKNOWN -> false;
        };
    for (Map.Entry<String, String> label : request.labels().entrySet()) {
      if (!label.getValue().equals(spec.labels().get(label.getKey()))) {
        return false;
      }
    }
    return family && (request.pools().isEmpty() || request.pools().contains(pool));
  }

  private boolean isUp(@Nullable String node) {
    return node == null || need(nodes, node, "nodes").up;
  }

  long used(String tenant) {
    return eips.values().stream().filter(e -> tenant.equals(e.tenant())).count();
  }

  boolean mayHave(String tenant, int more) {
    Long limit = quotas.get(tenant);
    return limit == null || used(tenant) + more <= limit;
  }

  /** Whether somebody with an older ticket is to be served from the pool first. */
  boolean isPromised(String pool, long ticket) {
    return isPromised(pool, ticket, "");
  }

  /**
   * The same when an address is given that counted on a tenant's quota until just now.
   *
   * @param charged that tenant; empty: it counted on none
   */
  boolean isPromised(String pool, long ticket, String charged) {
    return waiters.entrySet().stream()
        .anyMatch(w ->
            w.getKey() < ticket
                && w.getValue().holdsUp()
                && wants(w.getValue().request(), pool)
                && canHave(w.getValue().request(), charged));
  }

  /** Whether it is not its node or its tenant's quota that it waits for. */
  boolean canHave(EipRequest request) {
    return canHave(request, "");
  }

  private boolean canHave(EipRequest request, String charged) {
    String tenant = request.owner().tenant();
    int more = missing(request) + (tenant.equals(charged) ? 1 : 0);
    return isUp(request.node()) && mayHave(tenant, more);
  }

  /** How many addresses its owner lacks of what it asks for. */
  int missing(EipRequest request) {
    if (request.ip() != null) {
      return 1;
    }
    int missing = 0;
    for (IpFamily family : families(request)) {
      missing += (int) Math.max(0, request.count() - held(request, family));
    }
    return missing;
  }

  /** How many addresses its owner has of what it asks for. */
  long held(EipRequest request, IpFamily family) {
    return eips.entrySet().stream()
        .filter(e -> e.getValue().stage == Stage.HELD)
        .filter(e -> request.owner().equals(e.getValue().owner))
        .filter(e -> e.getKey().family() == family)
        .filter(e -> isAbout(request, e.getValue().pool))
        .count();
  }

  static List<IpFamily> families(EipRequest request) {
    return switch (request.family()) {
      case V4 -> List.of(IpFamily.V4);
      case V6 -> List.of(IpFamily.V6);
      case DUAL -> List.of(IpFamily.V4, IpFamily.V6);
      case UNKNOWN -> List.of();
    };
  }

  static <K, V> V need(Map<K, V> map, K key, String rule) {
    V value = map.get(key);
    if (value == null) {
      throw new Violation(rule, "an event names " + key + ", which does not exist");
    }
    return value;
  }

  boolean drifts(IpAddress ip) {
    return drifts.keySet().stream().anyMatch(place -> place.ip().equals(ip));
  }
}
