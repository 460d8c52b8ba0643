package io.holdfast.domain.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address that is or was in use. A never-used one has no record.
 *
 * @param pool the pool it came from, also when that pool no longer covers it
 * @param tenure the present tenure, or the last one; 0 if it never had one (quarantined before its
 *     first use)
 * @param tenancy set while ALLOCATED or RELEASING
 * @param carriages gateways it is wanted on or may still be on
 * @param rulesLeft rules that are not yet seen gone, wanted or not
 * @param freeAt epoch milliseconds at which it is or became free for everybody; while QUARANTINED,
 *     at which its probation ends, 0 if its being seen gone ends it, NEVER if an operator does;
 *     else 0
 * @param tenantFreeAt epoch milliseconds from which on the tenant that held it last may have it
 *     again although it still cools down for others; 0 where there is no such time
 * @param former the holder of the last tenure, once that is over and until the address is free, in
 *     a STICKY pool until somebody else has it; null also where the log is from before this was
 *     recorded
 */
public record Address(
    String pool,
    Phase phase,
    long tenure,
    @Nullable Tenancy tenancy,
    List<Carriage> carriages,
    int rulesLeft,
    long freeAt,
    long tenantFreeAt,
    @Nullable Former former)
    implements Fingerprint.Entry {

  public Address {
    carriages = List.copyOf(carriages);
  }

  /** A deadline that only an operator sets. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Of an address that has no record. */
  public static Address unused(String pool) {
    return new Address(pool, Phase.FREE, 0, null, List.of(), 0, 0, null);
  }

  /** Without a tenant that may have it earlier than others. */
  public Address(
      String pool,
      Phase phase,
      long tenure,
      @Nullable Tenancy tenancy,
      List<Carriage> carriages,
      int rulesLeft,
      long freeAt,
      @Nullable Former former) {
    this(pool, phase, tenure, tenancy, carriages, rulesLeft, freeAt, 0, former);
  }

  public static Address held(String pool, Tenancy tenancy) {
    return new Address(pool, Phase.ALLOCATED, tenancy.tenure(), tenancy, List.of(), 0, 0, null);
  }

  public Address with(Tenancy changed) {
    return new Address(
        pool, phase, tenure, changed, carriages, rulesLeft, freeAt, tenantFreeAt, former);
  }

  /**
   * @param restorable whether the holder is kept, for it to be brought back
   */
  public Address releasing(boolean restorable) {
    Former kept = restorable && tenancy != null ? Former.of(tenancy) : null;
    return new Address(pool, Phase.RELEASING, tenure, tenancy, carriages, rulesLeft, 0, kept);
  }

  /** Held again before it was free; what is still being withdrawn goes on being so. */
  public Address restored(Tenancy again) {
    return new Address(pool, Phase.ALLOCATED, again.tenure(), again, carriages, rulesLeft, 0, null);
  }

  /**
   * @param tenantUntil as tenantFreeAt
   */
  public Address coolingDown(long until, long tenantUntil) {
    return new Address(
        pool, Phase.COOLING_DOWN, tenure, null, List.of(), 0, until, tenantUntil, former);
  }

  /**
   * @param isKept whether its last holder is kept, to be given it again
   */
  public Address free(boolean isKept) {
    return new Address(
        pool, Phase.FREE, tenure, null, List.of(), 0, freeAt, 0, isKept ? former : null);
  }

  /** Taken out by an operator; it can be put back, and is free then. */
  public Address reserved() {
    return new Address(pool, Phase.RESERVED, tenure, null, List.of(), 0, freeAt, 0, null);
  }

  /** Put back by an operator: free since then. */
  public Address unreserved(long now) {
    return new Address(pool, Phase.FREE, tenure, null, List.of(), 0, now, 0, null);
  }

  /**
   * @param until as in {@link io.holdfast.domain.event.Event.IpQuarantined}
   */
  public Address quarantined(long until) {
    // Of a free one nobody is the holder any more, also where it may go back to its last.
    Former last = phase == Phase.FREE ? null : former;
    return new Address(pool, Phase.QUARANTINED, tenure, null, List.of(), 0, until, last);
  }

  public Address countRules(int delta) {
    return new Address(
        pool, phase, tenure, tenancy, carriages, rulesLeft + delta, freeAt, tenantFreeAt, former);
  }

  /** This, with the carriage on that gateway replaced, added, or (null) taken away. */
  public Address carriage(String gateway, @Nullable Carriage changed) {
    List<Carriage> all = new ArrayList<>(carriages.size() + 1);
    boolean done = false;
    for (Carriage c : carriages) {
      if (!c.gateway().equals(gateway)) {
        all.add(c);
      } else if (changed != null) {
        all.add(changed);
        done = true;
      }
    }
    if (changed != null && !done) {
      all.add(changed);
    }
    return new Address(pool, phase, tenure, tenancy, all, rulesLeft, freeAt, tenantFreeAt, former);
  }

  /** What is or may be on that gateway; null if nothing is, or on no gateway at all (null). */
  public @Nullable Carriage on(@Nullable String gateway) {
    for (Carriage c : carriages) {
      if (c.gateway().equals(gateway)) {
        return c;
      }
    }
    return null;
  }

  /**
   * Whether that gateway may be given the address now: it is wanted there, and surely on no other
   * gateway any more. Until then the move from one gateway to another is held back.
   */
  public boolean isDueOn(String gateway) {
    return carriages.size() == 1
        && carriages.getFirst().wanted()
        && carriages.getFirst().gateway().equals(gateway);
  }

  /**
   * Sequence number of the event that last changed it for users; of one that nobody holds, the
   * number of its last tenure, 0 if it never had one.
   */
  public long revision() {
    return tenancy == null ? tenure : tenancy.terms().revision();
  }

  /** Held and not being released, by exactly this tenure. */
  public boolean isHeldBy(long expectedTenure) {
    return phase == Phase.ALLOCATED && tenure == expectedTenure;
  }

  @Override
  public void addTo(Fingerprint f) {
    f.add(pool).add(phase).add(tenure).add(tenancy).addAll(carriages).add(rulesLeft).add(freeAt);
    if (former != null) {
      f.add(former);
    }
    if (tenantFreeAt != 0) {
      f.add(tenantFreeAt);
    }
  }
}
