package io.holdfast.agent.linux;

import io.holdfast.agent.driver.Inventory;
import io.holdfast.domain.net.IpAddress;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends the connections of what was removed, also if the removal was cut short, by whomever: an
 * address stays behind the gate until its connections have ended, so the gate is the record of what
 * is still to be done, and it outlives the agent.
 */
final class Severing {
  private final String table;
  private final Elements elements;
  private final Conntrack conntrack;

  /**
   * Connections of what is gone may go on. True at first: nobody knows what an agent before this
   * one left behind.
   */
  private boolean due = true;

  Severing(String table, Elements elements, Conntrack conntrack) {
    this.table = table;
    this.elements = elements;
    this.conntrack = conntrack;
  }

  /** As long as this is so, nothing may be called gone. */
  boolean isDue() {
    return due;
  }

  /** Something is about to be removed. */
  void begin() {
    due = true;
  }

  /**
   * Ends the connections of exactly this, which is all that was removed since {@link #begin}.
   *
   * @param gone addresses that have left the interface
   */
  void end(Set<IpAddress> gone, List<NatElement> removed) throws IOException {
    if (!gone.isEmpty() || !removed.isEmpty()) {
      Ways ways = new Ways(removed);
      conntrack.end(c -> isOf(gone, c) || ways.in(c) || ways.out(c));
    }
    release(gone);
    due = false;
  }

  /** Ends all connections of these addresses; the whole gate is to be removed after that. */
  void end(Set<IpAddress> gone) throws IOException {
    conntrack.end(c -> isOf(gone, c));
    due = false;
  }

  /**
   * Ends all that should have ended: connections of addresses that are behind the gate and not on
   * the interface, and those translated by an address behind the gate that no element leads that
   * way any more. Puts Holdfast's addresses behind the gate that somebody has taken from there.
   */
  void sweep(List<Inventory.Address> there, Collection<NatElement> rules) throws IOException {
    Set<IpAddress> gated = elements.gated();
    Set<IpAddress> gone = new HashSet<>(gated);
    there.forEach(a -> gone.remove(a.ip()));
    gated.addAll(gate(there, gated));
    if (!gated.isEmpty()) {
      Ways ways = new Ways(rules);
      conntrack.end(c -> isOf(gone, c) || isStray(c, gated, ways));
    }
    rules.forEach(e -> gone.remove(NatRules.eip(e))); // traffic can still go out by them
    release(gone);
    due = false;
  }

  private Set<IpAddress> gate(List<Inventory.Address> there, Set<IpAddress> gated)
      throws IOException {
    Set<IpAddress> open = new HashSet<>();
    there.stream().filter(Inventory.Address::ours).forEach(a -> open.add(a.ip()));
    open.removeAll(gated);
    if (!open.isEmpty() && elements.hasGate()) {
      ElementChange transaction = new ElementChange(table);
      transaction.gate(open);
      elements.run(transaction);
    }
    return open;
  }

  private void release(Set<IpAddress> gone) throws IOException {
    ElementChange transaction = new ElementChange(table);
    transaction.release(gone);
    elements.run(transaction);
  }

  private static boolean isOf(Set<IpAddress> ips, Conntrack.Connection c) {
    return ips.contains(c.to()) || ips.contains(c.replyTo());
  }

  /** A helper's further connections are translated as the first one was, by no element. */
  private static boolean isStray(Conntrack.Connection c, Set<IpAddress> eips, Ways ways) {
    boolean in = eips.contains(c.to()) && !c.to().equals(c.replyFrom());
    boolean out = eips.contains(c.replyTo()) && !c.replyTo().equals(c.from());
    return !c.expected() && ((in && !ways.in(c)) || (out && !ways.out(c)));
  }
}
