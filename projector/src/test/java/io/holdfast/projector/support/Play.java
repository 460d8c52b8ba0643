package io.holdfast.projector.support;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Decider;
import io.holdfast.domain.decide.Decision;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.GatewayInstance;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.view.DesiredState;
import io.holdfast.wire.CauseKind;
import io.holdfast.wire.OutcomeMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random play of one network through the domain: users, agents, and time. The same seed gives the
 * same events.
 */
public final class Play {
  /** 2026-01-01T00:00:00Z. */
  public static final long START = 1_767_225_600_000L;

  private static final List<String> GATEWAYS = List.of("gw-1", "gw-2", "gw-3");
  private static final List<String> NODES = List.of("node-1", "node-2", "node-3");
  private static final List<String> TENANTS = List.of("acme", "umbrella", "initech");
  private static final int TIMERS = 1_000;

  private final Random random;
  private final Book book;
  private final Decider decider = new Decider(new Settings(15_000, 60_000, 60_000));
  private final MemoryState state = new MemoryState();
  private final List<IpAddress> held = new ArrayList<>();
  private final List<IpAddress> released = new ArrayList<>();
  private final String pool;
  private final int slowest;
  private Head head = Head.START;
  private long now = START;
  private long number;
  private long commands;

  /**
   * @param pool of this size addresses are taken
   * @param slowest at most so long between two steps, milliseconds; 0 too, sometimes
   */
  public Play(long seed, Book book, String pool, int slowest) {
    this.random = new Random(seed);
    this.book = book;
    this.pool = pool;
    this.slowest = slowest;
    begin();
  }

  private void begin() {
    command(
        new Command.DefinePool(
            "p4", IpFamily.V4, List.of(pool), List.of(), null, null, 20_000, Map.of(), null));
    command(
        new Command.DefinePool(
            "p6",
            IpFamily.V6,
            List.of("2001:db8::/120"),
            List.of(),
            null,
            null,
            0,
            Map.of("family", "six"),
            null));
    NODES.forEach(node -> report(new Report.NodeHeartbeat(node, "boot-1")));
    for (String gateway : GATEWAYS) {
      command(new Command.DefineGateway(gateway, NODES, Failover.FENCE_FIRST, 5_000, 3, 0));
    }
  }

  public MemoryState state() {
    return state;
  }

  public Head head() {
    return head;
  }

  public Book book() {
    return book;
  }

  /** Plays until the log has so many events, or some more. */
  public Play until(int events) {
    while (book.events().size() < events) {
      step();
    }
    return this;
  }

  /** One thing happens. */
  public void step() {
    pass(random.nextInt(3) == 0 ? 0 : random.nextInt(slowest + 1));
    happen();
  }

  /** Time passes, milliseconds, and what is due is done. */
  public void pass(long millis) {
    now += millis;
    boolean more = true;
    while (more) {
      Decision<Integer> due = decider.timers(state, head, now, START, TIMERS);
      more = due.answer() == TIMERS;
      record(due, CauseKind.TIMER, "", "timer");
    }
  }

  private void happen() {
    int dice = random.nextInt(100);
    if (dice < 26) {
      allocate();
    } else if (dice < 40) {
      release();
    } else if (dice < 48) {
      attach();
    } else if (dice < 68) {
      rule();
    } else if (dice < 98) {
      observe(pick(GATEWAYS));
    } else if (dice < 99) {
      move();
    } else {
      odd();
    }
  }

  private void allocate() {
    Owner owner = new Owner(pick(TENANTS), "Pod", "shop", "pod-" + random.nextInt(2_000), "");
    boolean six = random.nextInt(8) == 0;
    command(
        new Command.AllocateEip(
            List.of(six ? "p6" : "p4"),
            owner,
            null,
            six ? FamilyChoice.V6 : FamilyChoice.V4,
            random.nextInt(10) == 0 ? 3 : 1,
            random.nextInt(3) > 0 ? pick(GATEWAYS) : null,
            null));
  }

  private void release() {
    if (!released.isEmpty() && random.nextInt(5) == 0) {
      command(new Command.RestoreEip(pick(released), null, null));
      return;
    }
    if (!held.isEmpty()) {
      IpAddress ip = pick(held);
      command(
          random.nextInt(3) == 0
              ? new Command.ForceRelease(ip, null)
              : new Command.ReleaseEip(ip, null, null));
    }
  }

  private void attach() {
    if (!held.isEmpty()) {
      IpAddress ip = pick(held);
      command(
          random.nextInt(3) == 0
              ? new Command.DetachEip(ip, null)
              : new Command.AttachEip(ip, pick(GATEWAYS), null));
    }
  }

  private void rule() {
    if (held.isEmpty()) {
      return;
    }
    IpAddress ip = pick(held);
    boolean six = ip.family() == IpFamily.V6;
    IpAddress inside =
        IpAddress.parse(
            six
                ? "fd00::" + Integer.toHexString(1 + random.nextInt(500))
                : "10.0." + random.nextInt(2) + "." + (1 + random.nextInt(250)));
    Cidr source =
        Cidr.parse(
            six ? "fd00:" + random.nextInt(50) + "::/64" : "10.9." + random.nextInt(99) + ".0/24");
    boolean replace = random.nextBoolean();
    int port = 80 + random.nextInt(3);
    command(
        switch (random.nextInt(6)) {
          case 0, 1 -> new Command.BindFip(ip, inside, "vpc", replace, null);
          case 2 -> new Command.UnbindFip(ip, null);
          case 3 ->
              new Command.AddDnat(ip, Protocol.TCP, port, inside, 8_080, "vpc", replace, null);
          case 4 -> new Command.RemoveDnat(ip, Protocol.TCP, port, null);
          default ->
              random.nextBoolean()
                  ? new Command.AddSnat(ip, source, "vpc", null)
                  : new Command.RemoveSnat(ip, source, null);
        });
  }

  private void move() {
    command(
        random.nextInt(20) == 0
            ? new Command.RetireGateway(pick(GATEWAYS))
            : new Command.RescheduleGateway(pick(GATEWAYS), null));
  }

  /** What happens seldom. */
  private void odd() {
    switch (random.nextInt(4)) {
      case 0 ->
          command(
              new Command.DefineGateway(pick(GATEWAYS), NODES, Failover.FENCE_FIRST, 5_000, 3, 0));
      case 1 ->
          report(new Report.ProbeResult(pick(GATEWAYS), null, 1, random.nextBoolean(), "x\ty"));
      case 2 -> stray(pick(GATEWAYS));
      default -> {
        if (!held.isEmpty()) {
          command(new Command.BindFip(pick(held), pick(held), "vpc", false, 1L));
        }
      }
    }
  }

  /**
   * The agent applied what was desired, and reports it; earlier instances report that they hold
   * nothing.
   */
  private void observe(String name) {
    Gateway gateway = state.gateways().get(name);
    if (gateway == null) {
      return;
    }
    for (GatewayInstance earlier : gateway.unfenced()) {
      if (!gateway.isOn(earlier.node())) {
        observe(name, earlier.node(), false);
      }
    }
    if (gateway.node() != null) {
      observe(name, gateway.node(), random.nextInt(25) == 0);
    }
  }

  private void observe(String name, String node, boolean forgetful) {
    DesiredState desired = DesiredState.of(state, name, node);
    if (desired == null || desired.epoch() == 0) {
      return;
    }
    List<Report.SeenAddress> addresses = new ArrayList<>();
    List<Report.SeenRule> rules = new ArrayList<>();
    for (DesiredState.DesiredAddress a : desired.addresses()) {
      if (!forgetful || random.nextInt(4) > 0) {
        addresses.add(new Report.SeenAddress(a.ip(), a.prefixLength()));
      }
    }
    for (DesiredState.DesiredRule r : desired.rules()) {
      if (!forgetful || random.nextInt(4) > 0) {
        rules.add(new Report.SeenRule(r.ip(), r.spec().id(), r.spec().target()));
      }
    }
    report(
        new Report.Observation(
            name,
            node,
            desired.epoch(),
            ++number,
            desired.revision(),
            true,
            addresses,
            rules,
            List.of(),
            List.of()));
  }

  /** Somebody put an address on a gateway by hand. */
  private void stray(String name) {
    Gateway gateway = state.gateways().get(name);
    if (gateway == null || gateway.node() == null) {
      return;
    }
    IpAddress ip = held.isEmpty() ? IpAddress.parse("2001:db8::77") : pick(held);
    for (int i = random.nextInt(5); i > 0 && !ip.isLast(); i--) {
      ip = ip.next();
    }
    DesiredState desired = DesiredState.of(state, name, gateway.node());
    if (desired != null) {
      List<Report.SeenAddress> addresses = new ArrayList<>();
      desired
          .addresses()
          .forEach(a -> addresses.add(new Report.SeenAddress(a.ip(), a.prefixLength())));
      addresses.add(new Report.SeenAddress(ip, ip.family().bits()));
      List<Report.SeenRule> rules = new ArrayList<>();
      desired
          .rules()
          .forEach(r -> rules.add(new Report.SeenRule(r.ip(), r.spec().id(), r.spec().target())));
      report(
          new Report.Observation(
              name,
              gateway.node(),
              desired.epoch(),
              ++number,
              desired.revision(),
              true,
              addresses,
              rules,
              List.of(),
              List.of()));
    }
  }

  /** Decides a command and writes what follows. */
  public Outcome command(Command command) {
    String id = "c-" + ++commands;
    String actor = "actor-" + commands % 7;
    CommandMeta meta = new CommandMeta(id, actor, "because\n\\of \"it\"", false);
    book.command(meta, command);
    Decision<Outcome> decision = decider.command(state, head, meta, command, now);
    record(decision, CauseKind.COMMAND, id, actor);
    book.outcome(
        new OutcomeMeta(
            id, command.getClass().getSimpleName(), book.network(), now, actor, false, false),
        decision.answer());
    return decision.answer();
  }

  /** Decides a report and writes what follows. */
  public void report(Report report) {
    Decision<Disposition> decision = decider.report(state, head, report, now);
    record(decision, CauseKind.REPORT, "r-" + number, "agent");
  }

  private void record(Decision<?> decision, CauseKind kind, String cause, String actor) {
    decision
        .events()
        .forEach(e -> {
          book.event(e, kind, cause, actor);
          switch (e.event()) {
            case Event.EipAllocated a -> held.add(a.ip());
            case Event.EipReleaseRequested r -> {
              held.remove(r.ip());
              released.add(r.ip());
            }
            case Event.EipRestored r -> {
              released.remove(r.ip());
              held.add(r.ip());
            }
            case Event.EipFreed f -> released.remove(f.ip());
            default -> {}
          }
        });
    head = decision.head();
    decision.changes().apply();
  }

  /** Whether an address is held now. */
  public boolean isHeld(IpAddress ip) {
    Address address = state.addresses().get(ip);
    return address != null && address.phase() == Phase.ALLOCATED;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
