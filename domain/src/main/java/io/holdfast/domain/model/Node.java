package io.holdfast.domain.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node that agents report from.
 *
 * @param bootId identity of its present boot, from the kernel
 * @param up false: lost, not heard of for too long
 * @param since epoch milliseconds of the last change of {@code bootId} or {@code up}
 * @param awaitedInventory boot whose owner inventory has not come yet; null if nothing is awaited
 * @param overdue whether that inventory is overdue
 * @param formerBoots boots that ended, the last 16: what still arrives from them is late
 */
public record Node(
    String bootId,
    boolean up,
    long since,
    @Nullable String awaitedInventory,
    boolean overdue,
    List<String> formerBoots)
    implements Fingerprint.Entry {
  private static final int FORMER_BOOTS = 16;

  public Node {
    formerBoots = List.copyOf(formerBoots);
  }

  public static Node registered(String bootId, long now) {
    return new Node(bootId, true, now, null, false, List.of());
  }

  public Node lost(long now) {
    return new Node(bootId, false, now, awaitedInventory, overdue, formerBoots);
  }

  public Node fenced(long now) {
    return new Node(bootId, false, now, null, false, formerBoots);
  }

  public Node returned(String newBootId, long now) {
    if (newBootId.equals(bootId)) {
      return new Node(bootId, true, now, awaitedInventory, overdue, formerBoots);
    }
    List<String> former = new ArrayList<>(formerBoots);
    former.add(bootId);
    if (former.size() > FORMER_BOOTS) {
      former.removeFirst();
    }
    return new Node(newBootId, true, now, newBootId, false, former);
  }

  /** What was to be known of owners of earlier boots is known. */
  public Node inventoried() {
    return new Node(bootId, up, since, null, false, formerBoots);
  }

  public Node inventoryOverdue() {
    return new Node(bootId, up, since, awaitedInventory, true, formerBoots);
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(bootId).add(up).add(since).add(awaitedInventory).add(overdue);
    formerBoots.forEach(f::add);
    f.add(formerBoots.size());
  }
}
