package io.holdfast.domain.script;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.decide.Settings;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.NodeBinding;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Place;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.report.CheckResult;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plays a script, line by line, watched by the oracle.
 *
 * <p>Commands are in {@link CommandLines}; all take {@code id= actor= reason= dry}. Everything
 * else:
 *
 * <pre>
 * heartbeat n1 b1                       a report, literally (so are the next seven)
 * started gw1 n1 b1 i1
 * observe gw1 [node] [epoch=] [number=] [applied=] [ip=10.0.0.1/24,...] [rule=10.0.0.1|fip|192.168.0.5,...]
 *         [all] [but=10.0.0.1] [partial] [absent=10.0.0.1,...]      "all": as wanted; defaults: the current instance
 * probe gw1 epoch=1 ok|fail
 * probe 10.0.0.1 tenure=5 ok|fail
 * check 10.0.0.1 tenure=5 absent|present|unknown [sick]
 * inventory n1 b2 [owners=a,b] [incomplete]
 * conflict 10.0.0.1 [by=02:00:00:00:00:66]
 * delayed                               a command was heard that had waited: others may wait still
 * tick +300s                            time passes, timers fire; "wait": nothing looks at it (through
 *                                       the topology what is due fires before the next record, too)
 * restart                               the service starts again from its log
 * repeat 100 LINE                       with {i} for the number
 * beat n1 | cut n1 | heal n1 | off n1 | boot n1 | reboot n1           simulated nodes
 * begin gw1 n1 | hello gw1 n1 | sync gw1 n1 | apply gw1 n1 [all|adds|stuck] | stray gw1 n1 10.0.0.9
 * look gw1 n1 as=r1 [partial] | deliver r1                            an agent's report, when and as often as wished
 * agent gw1 n1                          hello, sync, apply, look, deliver
 * eip 10.0.0.1 | rule 10.0.0.1 fip | pool p | gateway gw1 | drifts | audit    show
 * </pre>
 *
 * The words after {@code ->} must all be in the result: the answer (ok, same, 10.0.0.1#5, a
 * refusal's code, used, late, invalid), the names of the events that followed, {@code Name*3} for
 * exactly three of them, {@code silent} for none.
 */
public final class Script {
  private static final LedgerFactory LEDGERS = LedgerFactory.ofThisModule();

  private final Ledger ledger;
  private final Agents agents = new Agents();
  private final Map<String, Report> mail = new HashMap<>();
  private final List<String> played = new ArrayList<>();
  private boolean auditAlways = true;
  private int ids;
  private long numbers = 1_000;
  private @Nullable Outcome lastOutcome;

  public Script() {
    this(Settings.DEFAULT);
  }

  public Script(Settings settings) {
    this.ledger = LEDGERS.open(settings);
  }

  /** How many of so many random orders are played here. */
  public static int orders(int wanted) {
    return LEDGERS.orders(wanted);
  }

  public Ledger ledger() {
    return ledger;
  }

  /** Tables are checked at the end of each {@link #play} only: for many addresses. */
  public Script auditAtTheEnd() {
    auditAlways = false;
    return this;
  }

  /** The answer to the last command. */
  public Outcome lastOutcome() {
    if (lastOutcome == null) {
      throw new IllegalStateException("no command yet");
    }
    return lastOutcome;
  }

  /** The refusal of the last command. */
  public Refusal lastRefusal() {
    if (lastOutcome() instanceof Outcome.Rejected rejected) {
      return rejected.refusal();
    }
    throw new AssertionError("it was not refused: " + lastOutcome);
  }

  /** Plays all lines; {@code #} begins a comment. */
  public Script play(String lines) {
    lines
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty() && !l.startsWith("#"))
        .forEach(this::step);
    ledger.audit();
    return this;
  }

  /** Plays one line and returns its result. */
  public String step(String text) {
    played.add(text);
    if (text.startsWith("repeat ")) {
      String[] parts = text.split(" ", 3);
      String result = "";
      for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
        result = one(parts[2].replace("{i}", Integer.toString(i)));
      }
      return result;
    }
    return one(text);
  }

  private String one(String text) {
    Line line = Line.parse(text);
    Result result = run(line);
    agents.check(ledger.oracle());
    if (auditAlways) {
      ledger.audit();
    }
    List<String> expected = line.expected();
    if (expected != null) {
      for (String word : expected) {
        if (!result.has(word)) {
          throw new AssertionError(
              "expected '" + word + "'\n" + text + "\ngave " + result + "\n\nplayed:\n" + tail());
        }
      }
    }
    return result.toString();
  }

  private String tail() {
    return String.join("\n", played.subList(Math.max(0, played.size() - 40), played.size()));
  }

  private record Result(List<String> words, List<Recorded> events, String detail) {
    boolean has(String word) {
      if (word.equals("silent")) {
        return events.isEmpty();
      }
      int star = word.indexOf('*');
      if (star > 0) {
        return count(word.substring(0, star)) == Integer.parseInt(word.substring(star + 1));
      }
      return words.contains(word) || count(word) > 0;
    }

    private long count(String name) {
      return events.stream().filter(e -> e.event().getClass().getSimpleName().equals(name)).count();
    }

    @Override
    public String toString() {
      Map<String, Long> counts = new LinkedHashMap<>();
      events.forEach(e -> counts.merge(e.event().getClass().getSimpleName(), 1L, Long::sum));
      StringBuilder text = new StringBuilder(String.join(" ", words));
      counts.forEach((name, n) -> text.append(' ').append(name).append(n == 1 ? "" : "*" + n));
      return (counts.isEmpty() ? text + " silent" : text)
          + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
  }

  private static Result shown(String... words) {
    return new Result(List.of(words), List.of(), "");
  }

  private Result run(Line l) {
    Command command = CommandLines.parse(l);
    if (command != null) {
      if (command instanceof Command.FenceNode fence && !l.has("wrongly")) {
        agents.off(fence.node());
      }
      return ask(l, command);
    }
    return switch (l.verb()) {
      case "heartbeat" -> tell(new Report.NodeHeartbeat(l.arg(0), l.arg(1)));
      case "started" ->
          tell(
              new Report.InstanceStarted(
                  l.arg(0), l.arg(1), l.arg(2), l.arg(3), Long.parseLong(l.option("uptime", "0"))));
      case "observe" -> tell(observation(l));
      case "probe" -> tell(probe(l));
      case "check" -> tell(ownerCheck(l));
      case "inventory" ->
          tell(
              new Report.OwnerInventory(
                  l.arg(0), l.arg(1), !l.has("incomplete"), owners(l.list("owners"))));
      case "conflict" ->
          tell(
              new Report.ConflictSeen(
                  IpAddress.parse(l.arg(0)), l.option("by", "02:00:00:00:00:66")));
      case "delayed" -> {
        ledger.delayed();
        yield shown();
      }
      case "tick" -> {
        ledger.pass(Line.millis(l.arg(0)));
        agents.passed(ledger.now());
        yield new Result(List.of(), ledger.look(), "");
      }
      case "wait" -> {
        ledger.pass(Line.millis(l.arg(0)));
        agents.passed(ledger.now());
        yield shown();
      }
      case "restart" -> {
        ledger.restart();
        yield shown();
      }
      case "beat" -> {
        if (!agents.reaches(l.arg(0))) {
          yield shown("unheard");
        }
        Result result = tell(new Report.NodeHeartbeat(l.arg(0), agents.boot(l.arg(0))));
        agents.heard(l.arg(0), ledger.now());
        yield result;
      }
      case "cut" -> {
        agents.node(l.arg(0)).cut = true;
        yield shown();
      }
      case "heal" -> {
        agents.node(l.arg(0)).cut = false;
        yield shown();
      }
      case "off" -> {
        agents.off(l.arg(0));
        yield shown();
      }
      case "boot" -> {
        if (!agents.node(l.arg(0)).on) {
          agents.boot(l.arg(0), true);
        }
        yield shown();
      }
      case "reboot" -> {
        agents.boot(l.arg(0), true);
        yield shown();
      }
      case "begin" -> {
        agents.begin(l.arg(0), l.arg(1));
        yield shown();
      }
      case "hello" -> hello(l.arg(0), l.arg(1));
      case "sync" -> {
        agents.sync(
            agents.agent(l.arg(0), l.arg(1)), ledger.oracle(), ledger.state(), ledger.now());
        yield shown();
      }
      case "apply" -> {
        String mode = l.optionalArg(2);
        agents.apply(agents.agent(l.arg(0), l.arg(1)), mode == null ? "all" : mode);
        yield shown();
      }
      case "stray" -> {
        agents.stray(agents.agent(l.arg(0), l.arg(1)), IpAddress.parse(l.arg(2)));
        yield shown();
      }
      case "look" -> {
        Report report = agents.look(agents.agent(l.arg(0), l.arg(1)), l.has("partial"));
        if (report != null) {
          mail.put(l.option("as", "r"), report);
        }
        yield shown();
      }
      case "deliver" -> {
        Report report = mail.get(l.arg(0));
        yield report == null ? shown("nothing") : tell(report);
      }
      case "agent" -> agent(l.arg(0), l.arg(1));
      case "eip" -> eip(IpAddress.parse(l.arg(0)));
      case "rule" -> rule(new RuleKey(IpAddress.parse(l.arg(0)), l.arg(1)));
      case "pool" -> pool(l.arg(0));
      case "gateway" -> gateway(l.arg(0));
      case "drifts" -> drifts();
      case "audit" -> {
        ledger.audit();
        yield shown();
      }
      default -> throw new IllegalArgumentException("unknown verb: " + l.text());
    };
  }

  private Result ask(Line l, Command command) {
    CommandMeta meta =
        new CommandMeta(
            l.option("id", "auto-" + ids++),
            l.option("actor", "tester"),
            l.option("reason", "because"),
            l.has("dry"),
            l.option("rev") == null ? null : (Long) l.number("rev", 0));
    Ledger.Reply<Outcome> reply = ledger.ask(meta, command);
    lastOutcome = reply.answer();
    List<String> words = new ArrayList<>();
    String detail = "";
    switch (reply.answer()) {
      case Outcome.Accepted accepted -> {
        words.add(accepted.changed() ? "ok" : "same");
        Place place = accepted.waiting();
        if (place != null) {
          words.add("waiting");
          words.add("waiting#" + place.position());
        }
        accepted.details().forEach((key, value) -> words.add(key + "=" + value));
        for (Grant grant : accepted.grants()) {
          words.add(grant.ip().toString());
          words.add(grant.ip() + "#" + grant.tenure());
        }
      }
      case Outcome.Rejected rejected -> {
        Refusal refusal = rejected.refusal();
        words.add(refusal.code().name());
        if (refusal.field() != null) {
          words.add(refusal.field());
        }
        detail = refusal.message() + " " + new TreeMap<>(refusal.details());
      }
    }
    return new Result(words, reply.events(), detail);
  }

  private Result tell(Report report) {
    Ledger.Reply<Disposition> reply = ledger.tell(report);
    return switch (reply.answer()) {
      case Disposition.Used used -> new Result(List.of("used"), reply.events(), "");
      case Disposition.Late late -> new Result(List.of("late"), reply.events(), late.why());
      case Disposition.Invalid invalid ->
          new Result(List.of("invalid", invalid.field()), reply.events(), invalid.toString());
    };
  }

  private Result hello(String gateway, String node) {
    if (!agents.reaches(node)) {
      return shown("unheard");
    }
    return tell(
        new Report.InstanceStarted(
            gateway, node, agents.boot(node), agents.agent(gateway, node).instanceName()));
  }

  private Result agent(String gateway, String node) {
    Agents.Agent agent = agents.agent(gateway, node);
    List<Recorded> events = new ArrayList<>(hello(gateway, node).events());
    agents.sync(agent, ledger.oracle(), ledger.state(), ledger.now());
    agents.apply(agent, "all");
    Report report = agents.look(agent, false);
    if (report == null || !agents.reaches(node)) {
      return new Result(List.of("nothing"), events, "");
    }
    Result result = tell(report);
    events.addAll(result.events());
    return new Result(result.words(), events, result.detail());
  }

  private Report.Observation observation(Line l) {
    String name = l.arg(0);
    Gateway gateway = ledger.state().gateways().get(name);
    String node = l.args().size() > 1 && l.arg(1).startsWith("n") ? l.arg(1) : null;
    if (node == null && gateway != null && gateway.node() != null) {
      node = gateway.node();
    }
    List<Report.SeenAddress> addresses = new ArrayList<>();
    List<Report.SeenRule> rules = new ArrayList<>();
    if (l.has("all")) {
      wanted(name, Set.copyOf(l.list("but")), addresses, rules);
    }
    for (String text : l.list("ip")) {
      int slash = text.indexOf('/');
      addresses.add(
          new Report.SeenAddress(
              IpAddress.parse(text.substring(0, slash)),
              Integer.parseInt(text.substring(slash + 1))));
    }
    for (String text : l.list("rule")) {
      String[] parts = text.split("\\|", -1);
      rules.add(new Report.SeenRule(IpAddress.parse(parts[0]), parts[1], parts[2]));
    }
    List<Report.AbsentRule> absentRules = new ArrayList<>();
    for (String text : l.list("absent-rule")) {
      String[] parts = text.split("\\|", -1);
      absentRules.add(new Report.AbsentRule(IpAddress.parse(parts[0]), parts[1]));
    }
    return new Report.Observation(
        name,
        node == null ? "nowhere" : node,
        l.number("epoch", gateway == null ? 1 : gateway.epoch()),
        l.number("number", ++numbers),
        l.number("applied", gateway == null ? 0 : gateway.revision()),
        !l.has("partial"),
        addresses,
        rules,
        l.list("absent").stream().map(IpAddress::parse).toList(),
        absentRules);
  }

  private void wanted(
      String gateway,
      Set<String> but,
      List<Report.SeenAddress> addresses,
      List<Report.SeenRule> rules) {
    ledger
        .state()
        .carried()
        .scan(
            CarriedKey.first(gateway, true),
            CarriedKey.last(gateway, true),
            (key, mark) -> {
              Address address = ledger.state().addresses().get(key.ip());
              Rule rule = ledger.state().rules().get(new RuleKey(key.ip(), key.rule()));
              var carriage = address == null ? null : address.on(gateway);
              if (but.contains(key.ip().toString()) || but.contains(key.ip() + "|" + key.rule())) {
                return true;
              }
              if (rule != null) {
                rules.add(new Report.SeenRule(key.ip(), key.rule(), rule.spec().target()));
              } else if (carriage != null) {
                addresses.add(new Report.SeenAddress(key.ip(), carriage.prefixLength()));
              }
              return true;
            });
  }

  private static Report probe(Line l) {
    boolean ok = l.has("ok");
    boolean ofEip = l.options().containsKey("tenure");
    return new Report.ProbeResult(
        ofEip ? null : l.arg(0),
        ofEip ? IpAddress.parse(l.arg(0)) : null,
        ofEip ? l.number("tenure", 0) : l.number("epoch", 0),
        ok,
        ok ? "" : "timeout");
  }

  private static Report ownerCheck(Line l) {
    return new Report.OwnerCheck(
        IpAddress.parse(l.arg(0)),
        l.number("tenure", 0),
        CheckResult.valueOf(l.arg(1).toUpperCase(Locale.ROOT)),
        !l.has("sick"),
        "timeout");
  }

  private static List<Owner> owners(List<String> names) {
    return names.stream().map(CommandLines::owner).toList();
  }

  private Result eip(IpAddress ip) {
    Address address = ledger.state().addresses().get(ip);
    if (address == null) {
      return shown("unused");
    }
    List<String> words = new ArrayList<>();
    words.add(address.phase().name());
    words.add(address.phase() + "#" + address.tenure());
    words.add("rev=" + address.revision());
    Pool pool = ledger.state().pools().get(address.pool());
    words.add(pool != null && pool.covers(ip) ? "covered" : "retained");
    Tenancy tenancy = address.tenancy();
    if (tenancy != null) {
      words.add("owner:" + tenancy.owner().name());
      words.add("on:" + tenancy.gateway());
      NodeBinding bound = tenancy.node();
      words.add("bound:" + (bound == null ? "none" : bound.node() + "/" + bound.bootId()));
      words.add(tenancy.terms().lease() == null ? "unleased" : "leased");
      tenancy.terms().tags().forEach((key, value) -> words.add("tag:" + key + "=" + value));
      words.add(tenancy.terms().offer() == null ? "unoffered" : "offered");
      words.add(tenancy.terms().adopted() ? "adopted" : "allocated");
      words.add(tenancy.terms().conflict() == null ? "undisputed" : "disputed");
      words.add(tenancy.doubt() == null ? "sure" : "doubt:" + tenancy.doubt().unknown());
      String on = tenancy.gateway();
      boolean ready = on != null && StateAudit.ready(ledger.state(), address.on(on));
      words.add(ready ? "ready" : "unready");
    }
    address.carriages().forEach(c -> words.add("/" + c.prefixLength()));
    return new Result(words, List.of(), address.toString());
  }

  private Result rule(RuleKey key) {
    Rule rule = ledger.state().rules().get(key);
    return rule == null
        ? shown("none")
        : shown(
            rule.wanted() ? "wanted" : "removing",
            StateAudit.ready(ledger.state(), rule.carriage()) ? "ready" : "unready",
            rule.spec().target());
  }

  private Result pool(String name) {
    Pool pool = ledger.state().pools().get(name);
    PoolUse use = ledger.state().poolUse().get(name);
    if (pool == null || use == null) {
      return shown("none");
    }
    return shown(
        "size=" + pool.allocatable().size(),
        "free=" + use.free(pool.allocatable().size()),
        "allocated=" + use.allocated(),
        "releasing=" + use.releasing(),
        "cooling=" + use.coolingDown(),
        "quarantined=" + use.quarantined(),
        "reserved=" + use.reserved(),
        "retained=" + use.retained());
  }

  private Result gateway(String name) {
    Gateway gateway = ledger.state().gateways().get(name);
    if (gateway == null) {
      return shown("none");
    }
    List<String> words = new ArrayList<>();
    words.add("epoch=" + gateway.epoch());
    words.add("node=" + gateway.node());
    words.add("instance=" + gateway.instance());
    words.add(gateway.isActive() ? "active" : "inactive");
    words.add(gateway.isRetired() ? "retired" : "unretired");
    gateway.unfenced().forEach(i -> words.add("unfenced=" + i.epoch()));
    words.add("unfenced:" + gateway.unfenced().size());
    return new Result(words, List.of(), "");
  }

  private Result drifts() {
    List<String> words = new ArrayList<>();
    StateAudit.entries(ledger.state(), TableId.DRIFTS)
        .keySet()
        .forEach(k -> words.add(k.toString()));
    return words.isEmpty() ? shown("none") : new Result(words, List.of(), "");
  }
}
