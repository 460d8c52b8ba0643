package io.holdfast.simulator.client;

import io.holdfast.simulator.plan.Dice;
import java.util.List;

/**
 * All kinds of things that clients do. A new command gets a method in the class of its topic, and a
 * line here, at the end: plans name behaviours by their position.
 */
public final class Behaviours {
  public static final List<Behaviour> ALL =
      List.of(
          new Behaviour("define-pool", 6, PoolClients::define),
          new Behaviour("define-gateway", 6, GatewayClients::define),
          new Behaviour("allocate", 140, EipClients::allocate),
          new Behaviour("release", 50, EipClients::release),
          new Behaviour("force-release", 16, EipClients::force),
          new Behaviour("restore", 30, EipClients::restore),
          new Behaviour("attach", 90, EipClients::attach),
          new Behaviour("detach", 14, EipClients::detach),
          new Behaviour("bind-fip", 40, RuleClients::bindFip),
          new Behaviour("unbind-fip", 30, RuleClients::unbindFip),
          new Behaviour("add-dnat", 24, RuleClients::addDnat),
          new Behaviour("remove-dnat", 18, RuleClients::removeDnat),
          new Behaviour("add-snat", 24, RuleClients::addSnat),
          new Behaviour("remove-snat", 18, RuleClients::removeSnat),
          new Behaviour("again", 20, scene -> new Wish.Again()),
          new Behaviour("resize-pool", 5, PoolClients::resize),
          new Behaviour("remove-pool", 1, PoolClients::remove),
          new Behaviour("reschedule", 16, GatewayClients::reschedule),
          new Behaviour("change-gateway", 6, GatewayClients::change),
          new Behaviour("retire", 2, GatewayClients::retire),
          new Behaviour("fence-node", 6, GatewayClients::fence),
          new Behaviour("owner-check", 40, Checkers::ownerCheck),
          new Behaviour("owner-inventory", 8, Checkers::inventory),
          new Behaviour("probe-gateway", 8, Checkers::probeGateway),
          new Behaviour("probe-eip", 8, Checkers::probeEip),
          new Behaviour("bundle", 24, EipClients::bundle),
          new Behaviour("cancel", 6, EipClients::cancel),
          new Behaviour("quota", 12, EipClients::quota),
          new Behaviour("attach-back", 60, EipClients::attachBack),
          new Behaviour("renew", 40, LifeClients::renew),
          new Behaviour("reserve", 5, LifeClients::reserve),
          new Behaviour("unreserve", 14, LifeClients::unreserve),
          new Behaviour("adopt", 20, LifeClients::adopt),
          new Behaviour("conflict", 10, LifeClients::conflict),
          new Behaviour("end-quarantine", 10, LifeClients::endQuarantine),
          new Behaviour("transfer", 20, LifeClients::transfer),
          new Behaviour("accept", 20, LifeClients::accept),
          new Behaviour("cancel-transfer", 3, LifeClients::cancelTransfer),
          new Behaviour("tag", 8, LifeClients::tag),
          new Behaviour("drain", 3, PoolClients::drain));

  private static final int TOTAL = ALL.stream().mapToInt(Behaviour::weight).sum();

  private Behaviours() {}

  /** The position of one of them, by weight. */
  public static int choose(Dice dice) {
    int left = dice.below(TOTAL);
    int at = 0;
    while (left >= ALL.get(at).weight()) {
      left -= ALL.get(at).weight();
      at++;
    }
    return at;
  }

  /** The position of the one of this name. */
  public static int of(String name) {
    for (int i = 0; i < ALL.size(); i++) {
      if (ALL.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no behaviour " + name);
  }
}
