package io.holdfast.domain.view;

import io.holdfast.domain.model.PoolPolicy;
import io.holdfast.domain.model.PoolSpec;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.WaitingKey;
import io.holdfast.domain.view.Condition.Status;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A pool in sentences: how full it is and with what, who waits for it, and what would help. */
public final class PoolExplanation {
  private static final int RANGES = 5;

  private PoolExplanation() {}

  public static Sentences of(State state, PoolView pool) {
    return new Sentences(states(state, pool), why(pool), unblock(pool));
  }

  private static List<String> states(State state, PoolView pool) {
    List<String> all = new ArrayList<>();
    PoolSpec spec = pool.pool().spec();
    all.add(
        "Pool "
            + pool.name()
            + " offers "
            + Words.some(spec.ranges(), RANGES)
            + (spec.exclusions().isEmpty()
                ? ""
                : " without " + Words.some(spec.exclusions(), RANGES))
            + ": "
            + pool.size()
            + (pool.size().equals(BigInteger.ONE) ? " address" : " addresses")
            + ", as event "
            + pool.pool().revision()
            + " has it.");
    all.add(use(pool));
    all.add(given(spec));
    WaitingKey oldest =
        state.waiting().firstKey(WaitingKey.first(pool.name()), WaitingKey.last(pool.name()));
    Waiter waiter = oldest == null ? null : state.waiters().get(oldest.ticket());
    if (oldest != null && waiter != null) {
      all.add(
          waiting(pool)
              + " for it, the oldest "
              + waiter.request().owner()
              + " since "
              + Instants.text(waiter.since())
              + ", by event "
              + oldest.ticket()
              + " (its ticket), at most until "
              + Instants.text(waiter.deadline())
              + ".");
    }
    return all;
  }

  private static String use(PoolView pool) {
    PoolUse use = pool.use();
    StringBuilder text = new StringBuilder(pool.free() + " are free");
    part(text, use.allocated(), "allocated");
    part(text, use.releasing(), "being released");
    part(text, use.coolingDown(), "cooling down");
    part(text, use.quarantined(), "in quarantine");
    part(text, use.reserved(), "reserved");
    text.append('.');
    if (use.retained() > 0) {
      text.append(" Of these, ")
          .append(use.retained())
          .append(" it does not cover any more (retained): they are not handed out again.");
    }
    return text.toString();
  }

  private static void part(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(what);
    }
  }

  private static String given(PoolSpec spec) {
    StringBuilder text = new StringBuilder("Given next: ").append(next(spec.policy()));
    text.append(". An address ")
        .append(
            spec.cooldownMs() == 0 ? "does not rest" : "rests " + Words.span(spec.cooldownMs()));
    if (spec.crossTenantCooldownMs() > spec.cooldownMs()) {
      text.append(", for another tenant than its last ")
          .append(Words.span(spec.crossTenantCooldownMs()));
    }
    text.append('.');
    if (spec.optIn()) {
      text.append(" Only who names it or its labels is given any (optIn).");
    }
    if (spec.leaseMs() > 0) {
      text.append(" A tenure ends after ")
          .append(Words.span(spec.leaseMs()))
          .append(" unless it is renewed, if its owner asked for nothing else.");
    }
    return text.toString();
  }

  private static String next(PoolPolicy policy) {
    return switch (policy) {
      case UNKNOWN -> "as a policy says that this version does not know";
      case LEAST_RECENTLY_USED -> "the one that rested longest, else a never-used one";
      case FIRST_FREE -> "the lowest free one";
      case RANDOM -> "any free one";
      case STICKY -> "the one its owner had last, else the one that rested longest";
      case BEST_FIT -> "one from the shortest run of free ones that is long enough";
    };
  }

  private static String waiting(PoolView pool) {
    String more = pool.waiting() == PoolView.MOST_WAITING ? "at least " : "";
    return more + Words.count(pool.waiting(), "request waits", "requests wait");
  }

  private static List<String> why(PoolView pool) {
    List<String> all = new ArrayList<>();
    Condition available = pool.available();
    all.add(
        available.status() == Status.True
            ? "It can give an address now: " + available.message() + "."
            : "It can give none now (" + available.reason() + "): " + available.message() + ".");
    if (available.status() == Status.True && pool.waiting() > 0) {
      all.add(
          capital(waiting(pool))
              + " all the same: for certain addresses, for more or for adjacent ones than are free,"
              + " or because of a used-up quota.");
    }
    if (pool.use().quarantined() > 0) {
      all.add(
          Words.count(pool.use().quarantined(), "address is", "addresses are")
              + " in quarantine: something answers there that nobody asked to.");
    }
    return all;
  }

  private static List<String> unblock(PoolView pool) {
    List<String> all = new ArrayList<>();
    PoolUse use = pool.use();
    boolean isAvailable = pool.available().status() == Status.True;
    if (!isAvailable && pool.nextFreeAt() != 0) {
      all.add(
          "Nothing has to be done for the next address: it has rested at "
              + Instants.text(pool.nextFreeAt())
              + ".");
    }
    if (use.releasing() > 0) {
      all.add(
          "Explain one of those being released (phase Releasing): it says which gateway has to be"
              + " seen without it.");
    }
    if (use.quarantined() > 0) {
      all.add(
          "Explain one of those in quarantine (phase Quarantined): it says where it was seen and"
              + " what ends that.");
    }
    if (!isAvailable && use.reserved() > 0) {
      all.add("Put a reserved address back into use (UnreserveIp).");
    }
    if (!isAvailable) {
      all.add(
          "Give it more ranges (ResizePool), release what is not needed, or wait in line"
              + " (AllocateEip with onExhausted WAIT).");
    }
    return all;
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
