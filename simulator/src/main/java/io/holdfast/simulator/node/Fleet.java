package io.holdfast.simulator.node;

import io.holdfast.domain.net.IpAddress;
import io.holdfast.simulator.net.Message;
import io.holdfast.simulator.net.Outbox;
import io.holdfast.simulator.plan.Dice;
import io.holdfast.simulator.setup.Setup;
import java.util.ArrayList;
import java.util.List;

/** All machines with what runs on them, and what can happen to them. */
public final class Fleet {
  private final List<Machine> machines = new ArrayList<>();
  private final List<NodeAgent> nodes = new ArrayList<>();
  private final List<GatewayAgent> agents = new ArrayList<>();
  private final Kernels kernels;

  public Fleet(Setup setup, Kernels kernels) {
    this.kernels = kernels;
    for (int n = 0; n < setup.nodes().size(); n++) {
      machines.add(new Machine(n, setup.nodes().get(n), setup.clockPerMille().get(n)));
    }
    for (int g = 0; g < setup.gateways().size(); g++) {
      for (Machine machine : machines) {
        int index = setup.agent(g, machine.index());
        String name = setup.gateways().get(g).name();
        agents.add(new GatewayAgent(index, machine, name, kernels.get(index)));
      }
    }
    for (Machine machine : machines) {
      List<GatewayAgent> here = new ArrayList<>();
      for (int g = 0; g < setup.gateways().size(); g++) {
        here.add(agents.get(setup.agent(g, machine.index())));
      }
      nodes.add(new NodeAgent(machine, here));
    }
  }

  public Machine machine(int node) {
    return machines.get(node);
  }

  public List<Machine> machines() {
    return machines;
  }

  public void round(int node, long now, Outbox out) {
    nodes.get(node).round(now, out);
  }

  public void ask(int node, long now, Outbox out) {
    nodes.get(node).ask(now, out);
  }

  public void poll(int agent, long now, Outbox out) {
    if (machineOf(agent).works()) {
      agents.get(agent).pollAgain(now, out);
    }
  }

  public void work(int agent, Mishap mishap, long now, Outbox out) {
    Machine machine = machineOf(agent);
    if (!machine.works()) {
      return;
    }
    int process = machine.process();
    agents.get(agent).work(now, mishap, out);
    if (machine.process() != process) {
      nodes.get(machine.index()).restart();
    }
  }

  private Machine machineOf(int agent) {
    return machines.get(kernels.get(agent).node());
  }

  /** An answer arrives. A process that hangs or is gone does not take it. */
  public void deliver(Message message, long now, Outbox out) {
    if (!machines.get(message.node()).works()) {
      return;
    }
    switch (message) {
      case Message.NodeAnswer m -> nodes.get(m.node()).answered(m, now, out);
      case Message.DesiredAnswer m -> agents.get(m.agent()).answered(m, now, out);
      case Message.Acknowledged m -> agents.get(m.agent()).acknowledged(m.number());
      case Message.Entry _, Message.NodeQuery _, Message.DesiredQuery _ ->
          throw new IllegalArgumentException("not for a node: " + message);
    }
  }

  public void crash(int node) {
    machines.get(node).off();
    nodes.get(node).restart();
    for (Kernel kernel : kernels.all()) {
      if (kernel.node() == node) {
        kernel.crash();
      }
    }
  }

  public void boot(int node) {
    if (!machines.get(node).isOn()) {
      machines.get(node).boot();
      nodes.get(node).restart();
    }
  }

  public void cut(int node, boolean isCut) {
    machines.get(node).cut(isCut);
  }

  public void hang(int node, boolean hangs) {
    machines.get(node).hang(hangs);
  }

  public void kill(int node) {
    if (machines.get(node).isOn()) {
      machines.get(node).restarted();
      nodes.get(node).restart();
    }
  }

  public void stray(int agent, IpAddress ip) {
    if (machineOf(agent).isOn()) {
      kernels.get(agent).stray(ip, ip.family().bits());
    }
  }

  /** One of the addresses is gone, there or on the next kernel that has any. */
  public void lose(int agent, Dice dice) {
    int all = kernels.all().size();
    for (int i = 0; i < all; i++) {
      Kernel kernel = kernels.get((agent + i) % all);
      if (!kernel.addresses().isEmpty()) {
        kernel.take(dice.pick(List.copyOf(kernel.addresses().keySet())));
        return;
      }
    }
  }

  public void clean(int agent) {
    kernels.get(agent).cleanStrays();
  }
}
