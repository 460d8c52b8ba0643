package io.holdfast.simulator.check;

import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.simulator.node.Kernel;
import io.holdfast.simulator.node.Kernels;
import io.holdfast.simulator.setup.Setup;
import java.util.List;

/**
 * Two kernels never answer for one address, and no two rules use one internal side, but where a
 * takeover is on record. Judged on the kernels at the moment one begins to answer: gates only close
 * by themselves, so there is no other moment at which this can begin.
 */
final class KernelWatch implements Kernels.Witness {
  private final Setup setup;
  private final Facts facts;

  KernelWatch(Setup setup, Facts facts) {
    this.setup = setup;
    this.facts = facts;
  }

  @Override
  public void answers(Kernel kernel, IpAddress ip, List<Kernel> carriers) {
    for (Kernel other : carriers) {
      if (other != kernel && other.answersFor(ip) && !isRecorded(kernel, other)) {
        throw new Violation(
            "two kernels", ip + " answers on " + name(other) + " and now on " + name(kernel));
      }
    }
  }

  @Override
  public void works(Kernel kernel, RuleKey key, List<Kernels.Inside> users) {
    for (Kernels.Inside user : users) {
      boolean same = user.key().equals(key);
      if (!same && user.kernel().isOpen() && !overlaps(kernel) && !overlaps(user.kernel())) {
        throw new Violation(
            "one internal side",
            key + " on " + name(kernel) + " but " + user.key() + " on " + name(user.kernel()));
      }
    }
  }

  /** The one is to take over from the other, and that is known. */
  private boolean isRecorded(Kernel kernel, Kernel other) {
    return kernel.gateway() == other.gateway() && overlaps(kernel);
  }

  private boolean overlaps(Kernel kernel) {
    Facts.GatewayFact gateway = facts.gateways.get(setup.gateways().get(kernel.gateway()).name());
    return gateway != null && gateway.overlapped;
  }

  /** Nobody answers for the address, as far as Holdfast put it there. */
  static void silent(Kernels kernels, Setup setup, IpAddress ip, Object event) {
    for (Kernel kernel : kernels.carriers(ip)) {
      silent(setup, kernel, ip, event);
    }
  }

  /** The same, of one gateway: it may be on another, which it came from and goes back to. */
  static void silent(Kernels kernels, Setup setup, String gateway, IpAddress ip, Object event) {
    int index = setup.gateway(gateway);
    for (Kernel kernel : kernels.carriers(ip)) {
      if (kernel.gateway() == index) {
        silent(setup, kernel, ip, event);
      }
    }
  }

  private static void silent(Setup setup, Kernel kernel, IpAddress ip, Object event) {
    if (kernel.answersFor(ip)) {
      throw new Violation(
          "3 withdrawn", event + " but " + setup.nodes().get(kernel.node()) + " answers for it");
    }
  }

  /** An instance that is taken for gone answers for nothing. */
  static void fenced(Kernels kernels, Setup setup, String gateway, String node, Object event) {
    Kernel kernel = kernels.get(setup.agent(setup.gateway(gateway), setup.node(node)));
    for (IpAddress ip : kernel.addresses().keySet()) {
      if (kernel.answersFor(ip)) {
        throw new Violation("fence", event + " but " + node + " still answers for " + ip);
      }
    }
  }

  private String name(Kernel kernel) {
    return setup.gateways().get(kernel.gateway()).name() + "@" + setup.nodes().get(kernel.node());
  }
}
