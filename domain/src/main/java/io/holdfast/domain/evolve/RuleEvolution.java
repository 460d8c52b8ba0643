package io.holdfast.domain.evolve;

import static io.holdfast.domain.evolve.Evolver.existing;

import io.holdfast.domain.event.Event;
import io.holdfast.domain.event.EventHeader;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Carriage;
import io.holdfast.domain.model.FormerRule;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.model.Seen;
import io.holdfast.domain.model.Tenancy;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.BindingKey;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What events make of rules. All kinds go the same way: only their specs differ. */
final class RuleEvolution {
  private RuleEvolution() {}

  static void fipBound(State state, EventHeader header, Event.FipBound e) {
    added(state, header, e.ip(), e.tenure(), new RuleSpec.Fip(e.internalIp(), e.vpc()));
  }

  static void fipUnbound(State state, EventHeader header, Event.FipUnbound e) {
    removed(state, header, new RuleKey(e.ip(), "fip"), e.withEip());
  }

  static void dnatAdded(State state, EventHeader header, Event.DnatAdded e) {
    RuleSpec spec =
        new RuleSpec.Dnat(e.protocol(), e.port(), e.internalIp(), e.internalPort(), e.vpc());
    added(state, header, e.ip(), e.tenure(), spec);
  }

  static void dnatRemoved(State state, EventHeader header, Event.DnatRemoved e) {
    removed(
        state, header, new RuleKey(e.ip(), RuleSpec.Dnat.id(e.protocol(), e.port())), e.withEip());
  }

  static void snatAdded(State state, EventHeader header, Event.SnatAdded e) {
    added(state, header, e.ip(), e.tenure(), new RuleSpec.Snat(e.source(), e.vpc()));
  }

  static void snatRemoved(State state, EventHeader header, Event.SnatRemoved e) {
    removed(state, header, new RuleKey(e.ip(), RuleSpec.Snat.id(e.source())), e.withEip());
  }

  private static void added(
      State state, EventHeader header, IpAddress ip, long tenure, RuleSpec spec) {
    Address address = EipEvolution.address(state, ip);
    RuleKey key = new RuleKey(ip, spec.id());
    Rule before = state.rules().get(key);
    String gateway = EipEvolution.tenancy(address, ip).gateway();
    Rule now;
    if (before == null) {
      Carriage carriage = gateway == null ? null : carriage(state, gateway, header.sequence());
      now = new Rule(spec, tenure, true, header.sequence(), List.of(), carriage);
      address = address.countRules(1);
    } else {
      Carriage old = before.carriage();
      now =
          before.replaced(
              spec, header.sequence(), old == null ? null : old.changed(header.sequence()));
    }
    Tenancy tenancy = EipEvolution.tenancy(address, ip).revised(header.sequence());
    boolean isNew = before == null || !before.wanted();
    state.addresses().put(ip, address.with(isNew ? tenancy.countRules(1) : tenancy));
    put(state, key, now);
    bind(state, key, spec);
    if (now.carriage() == null) {
      settle(state, key, now);
    }
    revise(state, header, now.carriage());
  }

  private static void removed(State state, EventHeader header, RuleKey key, boolean withEip) {
    Rule rule = rule(state, key);
    if (withEip) {
      state.formerRules().put(key, new FormerRule(rule.spec()));
    }
    Carriage carriage = rule.carriage();
    Carriage withdrawing =
        carriage == null
            ? null
            : carriage.withdrawnAt(header.sequence(), epoch(state, carriage.gateway()));
    put(state, key, rule.unwanted(header.sequence(), withdrawing));
    Address address = EipEvolution.address(state, key.ip());
    Tenancy tenancy = EipEvolution.tenancy(address, key.ip()).revised(header.sequence());
    state.addresses().put(key.ip(), address.with(tenancy.countRules(-1)));
    revise(state, header, withdrawing);
  }

  /** What is still being removed belongs to the new tenure; what is to come back has its events. */
  static void restored(State state, IpAddress ip, long tenure) {
    forget(state, ip);
    for (RuleKey key : keys(state, ip)) {
      state.rules().put(key, rule(state, key).of(tenure));
    }
  }

  /** The rules that went with the last tenure of an address do not come back any more. */
  static void forget(State state, IpAddress ip) {
    List<RuleKey> former = new ArrayList<>();
    state
        .formerRules()
        .scan(
            new RuleKey(ip, ""),
            new RuleKey(ip, TableId.LAST_NAME),
            (key, rule) -> former.add(key));
    former.forEach(state.formerRules()::remove);
  }

  static void programmed(State state, Event.RuleProgrammed e) {
    RuleKey key = new RuleKey(e.ip(), e.rule());
    seen(state, key, new Seen(e.epoch(), e.revision(), e.observation(), true));
    Rule rule = rule(state, key);
    if (rule.wanted() && e.revision() == rule.revision()) {
      settle(state, key, rule);
    }
  }

  static void unprogrammed(State state, Event.RuleUnprogrammed e) {
    seen(
        state,
        new RuleKey(e.ip(), e.rule()),
        new Seen(e.epoch(), e.revision(), e.observation(), false));
  }

  static void cleared(State state, Event.RuleCleared e) {
    RuleKey key = new RuleKey(e.ip(), e.rule());
    Rule rule = rule(state, key);
    Carriage carriage = existing(rule.carriage(), key);
    state.rules().put(key, rule.with(carriage.clearedUpTo(e.epoch())));
  }

  static void withdrawn(State state, Event.RuleWithdrawn e) {
    RuleKey key = new RuleKey(e.ip(), e.rule());
    Rule rule = rule(state, key);
    unbind(state, key, rule.spec());
    rule.previous().forEach(spec -> unbind(state, key, spec));
    Carriage carriage = rule.carriage();
    if (carriage != null) {
      state.carried().remove(new CarriedKey(carriage.gateway(), false, e.ip(), e.rule()));
    }
    state.rules().remove(key);
    state.addresses().put(e.ip(), EipEvolution.address(state, e.ip()).countRules(-1));
  }

  /** The EIP was put on a gateway: its wanted rules come along. */
  static void follow(State state, EventHeader header, IpAddress ip, String gateway, long epoch) {
    for (RuleKey key : keys(state, ip)) {
      Rule rule = rule(state, key);
      if (rule.wanted()) {
        Rule moved =
            new Rule(
                rule.spec(),
                rule.tenure(),
                true,
                header.sequence(),
                rule.previous(),
                Carriage.wanted(gateway, 0, header.sequence(), epoch));
        put(state, key, moved);
      }
    }
  }

  static List<RuleKey> keys(State state, IpAddress ip) {
    List<RuleKey> keys = new ArrayList<>();
    state
        .rules()
        .scan(
            new RuleKey(ip, ""), new RuleKey(ip, TableId.LAST_NAME), (key, rule) -> keys.add(key));
    return keys;
  }

  private static Rule rule(State state, RuleKey key) {
    return existing(state.rules().get(key), key);
  }

  private static long epoch(State state, String gateway) {
    return existing(state.gateways().get(gateway), gateway).epoch();
  }

  private static Carriage carriage(State state, String gateway, long revision) {
    return Carriage.wanted(gateway, 0, revision, epoch(state, gateway));
  }

  private static void put(State state, RuleKey key, Rule rule) {
    state.rules().put(key, rule);
    if (rule.carriage() != null) {
      EipEvolution.index(state, rule.carriage(), key.ip(), key.rule());
    }
  }

  private static void seen(State state, RuleKey key, Seen seen) {
    Rule rule = rule(state, key);
    state.rules().put(key, rule.with(existing(rule.carriage(), key).seen(seen)));
  }

  /** The present content is the only one left: what it replaced gives its internal side back. */
  private static void settle(State state, RuleKey key, Rule rule) {
    if (rule.previous().isEmpty()) {
      return;
    }
    for (RuleSpec old : rule.previous()) {
      unbind(state, key, old);
    }
    bind(state, key, rule.spec());
    state.rules().put(key, rule.settled());
  }

  private static void bind(State state, RuleKey key, RuleSpec spec) {
    String inside = spec.exclusive();
    if (inside != null) {
      state.bindings().put(new BindingKey(spec.vpc(), inside), key);
    }
  }

  private static void unbind(State state, RuleKey key, RuleSpec spec) {
    String inside = spec.exclusive();
    if (inside != null && key.equals(state.bindings().get(new BindingKey(spec.vpc(), inside)))) {
      state.bindings().remove(new BindingKey(spec.vpc(), inside));
    }
  }

  private static void revise(State state, EventHeader header, @Nullable Carriage carriage) {
    if (carriage != null) {
      GatewayEvolution.revised(state, carriage.gateway(), header.sequence());
    }
  }
}
