package io.holdfast.agent.exec;

import io.holdfast.agent.driver.Change;
import io.holdfast.agent.driver.Driver;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.agent.driver.Item;
import io.holdfast.agent.driver.Lease;
import io.holdfast.agent.driver.LeaseLapsedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Drives a gateway through a user's program: one run per change, and one to list what is there. */
final class ExecDriver implements Driver {
  private final String network;
  private final String gateway;
  private final String program;
  private final Guard guard;
  private final LongSupplier uptime;
  private final AtomicLong token = new AtomicLong();

  /**
   * @param uptime milliseconds since boot
   */
  ExecDriver(ExecOptions options, String network, String gateway, LongSupplier uptime)
      throws DriverException {
    this.network = network;
    this.gateway = gateway;
    this.program = options.program().toString();
    this.guard = new Guard(options.runFolder(), network, gateway, options.limit());
    this.uptime = uptime;
  }

  @Override
  public String instance() throws DriverException {
    return list(List.of()).instance();
  }

  @Override
  public void begin(String instance) throws DriverException {
    clear();
    guard.begin();
    command("mark", verb("mark").with("instance", instance).list(), false);
  }

  @Override
  public Inventory look() throws DriverException {
    return list(List.of()).inventory();
  }

  @Override
  public Inventory look(Set<Item> items) throws DriverException {
    Set<String> ips = new TreeSet<>();
    items.forEach(item -> ips.add(item.ip().toString()));
    Inventory all = list(List.copyOf(ips)).inventory();
    List<Inventory.Address> addresses = new ArrayList<>(all.addresses());
    addresses.removeIf(a -> !items.contains(new Item.Address(a.ip())));
    List<Inventory.Rule> rules = new ArrayList<>(all.rules());
    rules.removeIf(r -> !items.contains(new Item.Rule(r.ip(), r.rule())));
    Set<Item> absent = new HashSet<>(items);
    addresses.forEach(a -> absent.remove(new Item.Address(a.ip())));
    rules.forEach(r -> absent.remove(new Item.Rule(r.ip(), r.rule())));
    return new Inventory(false, addresses, rules, absent);
  }

  /**
   * @param ips the program may leave out all others; none: all
   */
  private Listing list(List<String> ips) throws DriverException {
    List<String> arguments = new ArrayList<>(verb("list").list());
    arguments.addAll(ips);
    return Listing.read(guard.always("list", with(arguments)).out());
  }

  @Override
  public void apply(Change change) throws DriverException {
    List<DriverException> failed = new ArrayList<>();
    long epoch = change.epoch();
    for (Change.RuleRemoval r : change.removeRules()) {
      attempt(failed, verb("remove-rule").rule(epoch, r), false);
    }
    for (Change.AddressRemoval a : change.removeAddresses()) {
      attempt(failed, verb("remove-address").address(epoch, a), false);
    }
    for (Change.AddressAddition a : change.addAddresses()) {
      attempt(failed, verb("add-address").address(epoch, a), true);
    }
    for (Change.RuleAddition r : change.addRules()) {
      attempt(failed, verb("add-rule").rule(epoch, r), true);
    }
    if (!failed.isEmpty()) {
      DriverException first = failed.getFirst();
      int others = failed.size() - 1;
      throw new DriverException(
          first.action() + (others == 0 ? "" : " and " + others + " more"), first.said(), first);
    }
  }

  /** One that fails does not keep the others from being done; a lapsed lease does. */
  private void attempt(List<DriverException> failed, Arguments arguments, boolean leased)
      throws DriverException {
    List<String> list = arguments.list();
    try {
      command(String.join(" ", list), list, leased);
    } catch (LeaseLapsedException e) {
      throw e;
    } catch (DriverException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      failed.add(e);
    }
  }

  /** Says what the program said if it says that it failed; that it says so is no evidence. */
  private void command(String action, List<String> arguments, boolean leased)
      throws DriverException {
    Run run =
        leased ? guard.leased(action, with(arguments)) : guard.always(action, with(arguments));
    if (run.status() != 0) {
      throw new DriverException(action, run.said());
    }
  }

  @Override
  public Lease arm(Duration length) throws DriverException {
    guard.limit(mostOf(length));
    long number = token.updateAndGet(last -> Math.max(last + 1, uptime.getAsLong()));
    guard.arm(number, length, with(verb("clear").list()));
    return new Lease(number, length);
  }

  /**
   * How long one run may take so that the fence is done in time. A lease of 0.9 F ends at most F
   * after the last contact, and the service waits for 1.1 F + 2 s. In between, the fence may have
   * to wait for one run, and then clears, which is another. A tenth of it is left for clocks and
   * for starting processes.
   */
  static Duration mostOf(Duration lease) {
    long betweenMs = lease.toMillis() / 9 + 2_000;
    return Duration.ofMillis(betweenMs * 9 / 20);
  }

  @Override
  public void renew(Lease armed) throws DriverException {
    guard.renew(armed.number());
  }

  @Override
  public void clear() throws DriverException {
    Run run = guard.always("clear", with(verb("clear").list()));
    Listing left = list(List.of());
    boolean gone =
        left.instance().isEmpty()
            && left.inventory().addresses().stream().noneMatch(Inventory.Address::ours)
            && left.inventory().rules().stream().noneMatch(Inventory.Rule::ours);
    if (!gone) {
      throw new DriverException("clear", "things are left; it said: " + run.said());
    }
  }

  private Arguments verb(String verb) {
    return Arguments.of(verb, network, gateway);
  }

  private List<String> with(List<String> arguments) {
    List<String> all = new ArrayList<>();
    all.add(program);
    all.addAll(arguments);
    return all;
  }

  @Override
  public void close() {
    // It holds nothing open.
  }
}
