package io.holdfast.agent.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.agent.plan.Known;
import io.holdfast.agent.plan.Plan;
import io.holdfast.agent.service.ServiceException;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.DesiredState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Look, apply, look again, report: of what was touched, and now and then of everything. One thread
 * uses it.
 */
final class Matcher {
  private static final Logger LOG = LoggerFactory.getLogger(Matcher.class);
  private static final Duration REPORT = Duration.ofSeconds(10);

  /** From so many items on, looking at all is cheaper than at each. */
  private static final int FEW = 200;

  private final Site site;
  private final String network;
  private final String gateway;
  private final LeaseBook lease;
  private final BackOff repeats = new BackOff(50, 5_000);
  private final Work work = new Work();
  private @Nullable Wanted wanted;

  /** There is news that was not worked on. */
  private boolean fresh;

  /** What was begun last did not come to its end: it is not known what the service was told. */
  private boolean broken;

  private @Nullable Inventory known;
  private @Nullable Inventory told;
  private long lookedAt;
  private long retryAt = Long.MAX_VALUE;
  private long number;

  Matcher(Site site, String network, String gateway, LeaseBook lease) {
    this.site = site;
    this.network = network;
    this.gateway = gateway;
    this.lease = lease;
  }

  /** There is a new instance: nothing is known of it, and the service was told nothing. */
  void forget() {
    known = null;
    told = null;
    work.forget();
  }

  /** What is known may be wrong. */
  void lookAnew() {
    known = null;
  }

  /**
   * Takes news.
   *
   * @param news null: there are none
   */
  void add(@Nullable Wanted news) {
    if (news != null) {
      Wanted before = wanted;
      wanted = before == null ? news : before.then(news.state(), news.touched());
      fresh = true;
    }
  }

  @Nullable DesiredState desired() {
    Wanted present = wanted;
    return present == null ? null : present.state();
  }

  /** Does what is to be done now; returns how long there is nothing else, milliseconds. */
  long work(Driver driver) throws DriverException, ServiceException, InterruptedException {
    Wanted present = wanted;
    if (present == null) {
      return site.lookEvery().toMillis();
    }
    Inventory before = known;
    boolean all = before == null || site.now() >= lookedAt + site.lookEvery().toMillis();
    boolean idle = !fresh && !broken && site.now() < retryAt;
    if (all && idle && before != null && isToldWhole(present.state())) {
      // The usual case, and the one that costs when nothing goes on.
      all = !Known.same(before, lookAll(driver));
      known = all ? null : before;
    }
    if (all || !idle) {
      match(driver, all ? Wanted.whole(present.state()) : present, all);
    }
    return Math.max(1, Math.min(retryAt, lookedAt + site.lookEvery().toMillis()) - site.now());
  }

  private void match(Driver driver, Wanted todo, boolean lookAtAll)
      throws DriverException, ServiceException, InterruptedException {
    broken = true;
    Inventory before = known;
    if (lookAtAll || before == null) {
      before = lookAll(driver);
    }
    DesiredState desired = todo.part();
    Change change = Plan.of(desired, part(before, todo.touched()));
    apply(driver, change);
    Set<Item> due = work.due(desired, change);
    boolean whole = lookAtAll || work.isWhole(todo.state()) || due.size() > FEW;
    Inventory seen;
    if (!whole) {
      seen =
          due.isEmpty() ? new Inventory(false, List.of(), List.of(), Set.of()) : driver.look(due);
    } else {
      seen = change.isEmpty() ? before : lookAll(driver);
    }
    Inventory after = Known.merge(before, seen);
    known = after;
    if (desired.epoch() > 0 && isNews(desired, whole, due, after)) {
      for (ObjectNode o : Observations.of(desired, seen, due, this::nextNumber)) {
        site.service().report(network, "Observation", o, REPORT);
      }
    }
    told = after;
    work.told(desired, todo.touched(), whole);
    boolean settled = Plan.of(desired, part(after, todo.touched())).isEmpty();
    wanted = settled ? todo.done() : todo;
    fresh = false;
    broken = false;
    repeat(settled);
  }

  private static Inventory part(Inventory inventory, Optional<Set<IpAddress>> touched) {
    return touched.map(ips -> Known.part(inventory, ips)).orElse(inventory);
  }

  private boolean isNews(DesiredState desired, boolean whole, Set<Item> due, Inventory after) {
    Inventory before = told;
    return !due.isEmpty()
        || before == null
        || (whole && (!isToldWhole(desired) || !Known.same(before, after)));
  }

  private boolean isToldWhole(DesiredState desired) {
    return work.wholeAt() >= desired.revision();
  }

  private Inventory lookAll(Driver driver) throws DriverException {
    Inventory all = driver.look();
    lookedAt = site.now();
    known = all;
    return all;
  }

  private void apply(Driver driver, Change change) {
    if (change.isEmpty() || !lease.runs(site.now())) {
      return;
    }
    long began = System.nanoTime();
    try {
      driver.apply(change);
      LOG.info(
          "gateway {}/{}: -{} +{} addresses, -{} +{} rules in {} ms",
          network,
          gateway,
          change.removeAddresses().size(),
          change.addAddresses().size(),
          change.removeRules().size(),
          change.addRules().size(),
          (System.nanoTime() - began) / 1_000_000);
    } catch (DriverException e) {
      // What came of it is seen by looking.
      LOG.warn("gateway {}/{}: {}", network, gateway, e.getMessage());
    }
  }

  /** Grows over restarts of the agent, too, as long as the boot lasts. */
  private long nextNumber() {
    number = Math.max(number + 1, site.now() * 1_000);
    return number;
  }

  private void repeat(boolean settled) {
    if (settled) {
      repeats.reset();
      retryAt = Long.MAX_VALUE;
    } else {
      long wait = repeats.nextMs();
      LOG.warn("gateway {}/{} is not yet as it should be; again in {} ms", network, gateway, wait);
      retryAt = site.now() + wait;
    }
  }
}
