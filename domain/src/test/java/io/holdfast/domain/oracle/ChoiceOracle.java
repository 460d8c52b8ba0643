package io.holdfast.domain.oracle;

import static io.holdfast.domain.oracle.Violation.unless;

import io.holdfast.domain.event.Choice;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.oracle.Facts.EipFact;
import io.holdfast.domain.oracle.Facts.PoolFact;
import io.holdfast.domain.oracle.Facts.Stage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the reason an allocation gives for its address is true. Pools that are large are not
 * looked at.
 */
final class ChoiceOracle {
  private static final BigInteger SMALL = BigInteger.valueOf(300);

  private final Facts facts;

  ChoiceOracle(Facts facts) {
    this.facts = facts;
  }

  /** Before the allocation is entered into the facts. */
  void allocated(EventHeader header, Event.EipAllocated e) {
    Choice choice = e.choice();
    unless(choice != null, "why", e + " does not say");
    PoolFact pool = Facts.need(facts.pools, e.pool(), "pools");
    if (choice == null || Span.size(pool.offered).compareTo(SMALL) > 0) {
      return;
    }
    PoolPolicy policy = pool.spec.policy();
    EipFact eip = facts.eips.get(e.ip());
    List<IpAddress> free = free(pool, header.time());
    switch (choice.why()) {
      case ASKED_FOR -> {}
      case LEAST_RECENTLY_USED -> {
        unless(eip != null, "why", e + " was never used");
        for (IpAddress other : free) {
          unless(
              freeAt(other) >= freeAt(e.ip()) || freeAt(other) < 0, "why", e + " before " + other);
        }
      }
      case NEVER_USED -> {
        unless(eip == null, "why", e + " was used");
        free.forEach(other -> unless(freeAt(other) < 0, "why", e + " before " + other));
      }
      case LOWEST -> {
        unless(policy == PoolPolicy.FIRST_FREE, "why", e + " under " + policy);
        for (IpAddress other : free) {
          boolean isLower = other.compareTo(e.ip()) < 0;
          unless(!isLower || isDue(other), "why", e + " before " + other);
        }
      }
      case RANDOM -> unless(policy == PoolPolicy.RANDOM, "why", e + " under " + policy);
      case HAD_IT_LAST ->
          unless(
              policy == PoolPolicy.STICKY && eip != null && e.owner().equals(eip.lastOwner),
              "why",
              e + " but " + (eip == null ? null : eip.lastOwner));
      case SAME_TENANT ->
          unless(
              eip != null
                  && eip.lastOwner != null
                  && e.owner().tenant().equals(eip.lastOwner.tenant()),
              "why",
              e + " of another");
      case BEST_FIT -> unless(policy.keepsRuns(), "why", e + " under " + policy);
      case UNKNOWN -> unless(false, "why", e.toString());
    }
  }

  /** Its deadline has passed, but its timer has not fired: it may be passed over. */
  private boolean isDue(IpAddress ip) {
    EipFact eip = facts.eips.get(ip);
    return eip != null && eip.stage == Stage.RESTING;
  }

  private long freeAt(IpAddress ip) {
    EipFact eip = facts.eips.get(ip);
    return eip == null ? -1 : eip.freeAt;
  }

  private List<IpAddress> free(PoolFact pool, long now) {
    List<IpAddress> free = new ArrayList<>();
    for (Span span : pool.offered) {
      for (IpAddress ip : span.addresses()) {
        if (isFree(facts.eips.get(ip), now)) {
          free.add(ip);
        }
      }
    }
    return free;
  }

  private static boolean isFree(@Nullable EipFact eip, long now) {
    return eip == null
        || eip.stage == Stage.UNUSED
        || (eip.stage == Stage.RESTING && eip.freeAt <= now);
  }
}
