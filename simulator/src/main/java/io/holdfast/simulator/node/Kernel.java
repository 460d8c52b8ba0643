package io.holdfast.simulator.node;

import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one gateway really has on one node. A gate lets its addresses answer only while a lease
 * runs, whatever its agent does meanwhile. What somebody else put up is behind no gate.
 */
public final class Kernel {
  private final Kernels all;
  private final int agent;
  private final int gateway;
  private final int node;
  private final TreeMap<IpAddress, Up> addresses = new TreeMap<>();
  private final TreeMap<RuleKey, RuleSpec> rules = new TreeMap<>();
  private String mark = "";
  private long markedAt;
  private boolean fresh;
  private long leaseUntil;

  /**
   * An address on the interface.
   *
   * @param ours Holdfast put it there
   */
  public record Up(int prefixLength, boolean ours) {}

  Kernel(Kernels all, int agent, int gateway, int node) {
    this.all = all;
    this.agent = agent;
    this.gateway = gateway;
    this.node = node;
  }

  public int agent() {
    return agent;
  }

  public int gateway() {
    return gateway;
  }

  public int node() {
    return node;
  }

  public SortedMap<IpAddress, Up> addresses() {
    return addresses;
  }

  public SortedMap<RuleKey, RuleSpec> rules() {
    return rules;
  }

  /** The name of the instance that began here; empty: none has since the machine booted. */
  public String mark() {
    return mark;
  }

  /** The node's uptime when that instance began, milliseconds. */
  long markedAt() {
    return markedAt;
  }

  /** Whether it answers for what Holdfast put there. */
  public boolean isOpen() {
    return leaseUntil > all.now();
  }

  /** Whether an address of Holdfast's answers here now. */
  public boolean answersFor(IpAddress ip) {
    Up up = addresses.get(ip);
    return up != null && up.ours() && isOpen();
  }

  /** Power is gone, and with it everything. */
  void crash() {
    for (IpAddress ip : List.copyOf(addresses.keySet())) {
      take(ip);
    }
    clear("", 0);
    fresh = false;
  }

  /** Takes down all that is Holdfast's; the next instance has this name and begins now. */
  void clear(String nextMark, long uptime) {
    for (RuleKey key : List.copyOf(rules.keySet())) {
      remove(key);
    }
    List<IpAddress> ours = new ArrayList<>();
    addresses.forEach((ip, up) -> {
      if (up.ours()) {
        ours.add(ip);
      }
    });
    ours.forEach(this::take);
    leaseUntil = 0;
    mark = nextMark;
    markedAt = uptime;
    fresh = true;
  }

  /**
   * Brings an armed lease into use.
   *
   * @param until simulated time, milliseconds
   * @return false: the one before has run out, and others may have the addresses
   */
  boolean renew(long until) {
    boolean open = isOpen();
    if (!open && !fresh) {
      return false;
    }
    if (until > leaseUntil) {
      leaseUntil = until;
    }
    fresh = false;
    if (!open && isOpen()) {
      all.opened(this);
    }
    return true;
  }

  void add(IpAddress ip, int prefixLength) {
    put(ip, new Up(prefixLength, true));
  }

  void stray(IpAddress ip, int prefixLength) {
    if (!addresses.containsKey(ip)) {
      put(ip, new Up(prefixLength, false));
    }
  }

  /** What is not Holdfast's goes by the hand that put it there. */
  void cleanStrays() {
    List<IpAddress> strays = new ArrayList<>();
    addresses.forEach((ip, up) -> {
      if (!up.ours()) {
        strays.add(ip);
      }
    });
    strays.forEach(this::take);
  }

  private void put(IpAddress ip, Up up) {
    if (addresses.put(ip, up) == null) {
      all.carries(this, ip);
    }
    if (up.ours()) {
      all.added(this, ip);
    }
  }

  void take(IpAddress ip) {
    if (addresses.remove(ip) != null) {
      all.lost(this, ip);
    }
  }

  void add(RuleKey key, RuleSpec spec) {
    RuleSpec before = rules.put(key, spec);
    if (before != null) {
      all.lost(this, key, before);
    }
    all.carries(this, key, spec);
  }

  void remove(RuleKey key) {
    RuleSpec before = rules.remove(key);
    if (before != null) {
      all.lost(this, key, before);
    }
  }
}
