package io.holdfast.simulator.node;

import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.BindingKey;
import io.holdfast.simulator.setup.Setup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All kernels, and which of them has what: the ground truth. Whatever begins to answer is shown to
 * a witness at that very moment.
 */
public final class Kernels {
  private final List<Kernel> all = new ArrayList<>();
  private final Map<IpAddress, List<Kernel>> carriers = new HashMap<>();
  private final Map<BindingKey, List<Inside>> insides = new HashMap<>();
  private final Witness witness;
  private long now;

  /** A rule on a kernel that uses an internal side. */
  public record Inside(Kernel kernel, RuleKey key) {}

  /** Is told before anything else happens. */
  public interface Witness {
    /** The address begins to answer on this kernel; these have it, too, itself among them. */
    void answers(Kernel kernel, IpAddress ip, List<Kernel> carriers);

    /** The rule begins to work on this kernel; these use its internal side, itself among them. */
    void works(Kernel kernel, RuleKey key, List<Inside> users);
  }

  public Kernels(Setup setup, Witness witness) {
    this.witness = witness;
    for (int gateway = 0; gateway < setup.gateways().size(); gateway++) {
      for (int node = 0; node < setup.nodes().size(); node++) {
        all.add(new Kernel(this, setup.agent(gateway, node), gateway, node));
      }
    }
  }

  /** Simulated time goes on, milliseconds: gates close by themselves. */
  public void at(long time) {
    now = time;
  }

  long now() {
    return now;
  }

  public Kernel get(int agent) {
    return all.get(agent);
  }

  public List<Kernel> all() {
    return all;
  }

  /** Those that have the address, whoever put it there. */
  public List<Kernel> carriers(IpAddress ip) {
    return carriers.getOrDefault(ip, List.of());
  }

  void carries(Kernel kernel, IpAddress ip) {
    carriers.computeIfAbsent(ip, key -> new ArrayList<>(4)).add(kernel);
  }

  void lost(Kernel kernel, IpAddress ip) {
    carriers(ip).remove(kernel);
  }

  void added(Kernel kernel, IpAddress ip) {
    if (kernel.isOpen()) {
      witness.answers(kernel, ip, carriers(ip));
    }
  }

  void carries(Kernel kernel, RuleKey key, RuleSpec spec) {
    String inside = spec.exclusive();
    if (inside != null) {
      List<Inside> users =
          insides.computeIfAbsent(new BindingKey(spec.vpc(), inside), k -> new ArrayList<>(4));
      users.add(new Inside(kernel, key));
      if (kernel.isOpen()) {
        witness.works(kernel, key, users);
      }
    }
  }

  void lost(Kernel kernel, RuleKey key, RuleSpec spec) {
    String inside = spec.exclusive();
    List<Inside> users = inside == null ? null : insides.get(new BindingKey(spec.vpc(), inside));
    if (users != null) {
      users.remove(new Inside(kernel, key));
    }
  }

  /** A gate opened: all that is behind it answers. */
  void opened(Kernel kernel) {
    kernel
        .addresses()
        .forEach((ip, up) -> {
          if (up.ours()) {
            witness.answers(kernel, ip, carriers(ip));
          }
        });
    kernel
        .rules()
        .forEach((key, spec) -> {
          String inside = spec.exclusive();
          if (inside != null) {
            witness.works(
                kernel, key, insides.getOrDefault(new BindingKey(spec.vpc(), inside), List.of()));
          }
        });
  }
}
