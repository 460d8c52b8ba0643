package io.holdfast.simulator.world;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.state.State;
import io.holdfast.simulator.check.Watch;
import io.holdfast.simulator.client.Behaviours;
import io.holdfast.simulator.client.Scene;
import io.holdfast.simulator.client.Wish;
import io.holdfast.simulator.net.Message;
import io.holdfast.simulator.net.Outbox;
import io.holdfast.simulator.node.Fleet;
import io.holdfast.simulator.node.Kernels;
import io.holdfast.simulator.node.Mishap;
import io.holdfast.simulator.plan.Action;
import io.holdfast.simulator.plan.Dice;
import io.holdfast.simulator.plan.Kind;
import io.holdfast.simulator.service.Service;
import io.holdfast.simulator.setup.Setup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that there is. Actions happen to it, one after the other; it never acts by itself, so
 * that a list of actions is all there is to a run.
 */
public final class World {
  /** So many commands are remembered by those who sent them, to send them again. */
  private static final int REMEMBERED = 64;

  private static final Mishap[] MISHAPS = Mishap.values();

  private final Setup setup;
  private final Watch watch;
  private final Kernels kernels;
  private final Fleet fleet;
  private final Service service;
  private final Map<Integer, Message> underWay = new HashMap<>();
  private final List<Message.Asked> sent = new ArrayList<>();
  private final Follow follow;
  private final Sender sender = new Sender();
  private @Nullable Consumer<Object> story;
  private long now;
  private int action;

  /** Takes what follows from an action, for whoever makes a plan of it. */
  public interface Follow {
    /** A message is under way. */
    void sent(int id, Message message);

    /** Something wishes to happen later. */
    void later(Kind kind, int subject, long delayMs);
  }

  public World(Setup setup, Follow follow) {
    this.setup = setup;
    this.follow = follow;
    this.watch = new Watch(setup);
    this.kernels = watch.kernels();
    this.fleet = new Fleet(setup, kernels);
    this.service = new Service(setup, watch);
  }

  public Setup setup() {
    return setup;
  }

  public State state() {
    return service.state();
  }

  public Service service() {
    return service;
  }

  public Fleet fleet() {
    return fleet;
  }

  public Kernels kernels() {
    return kernels;
  }

  public Watch watch() {
    return watch;
  }

  /** Simulated time, milliseconds. */
  public long now() {
    return now;
  }

  /** Shows what is sent, delivered and decided to somebody who wants to read along. */
  public void tellTo(Consumer<Object> reader) {
    story = reader;
  }

  private void tell(Object what) {
    if (story != null) {
      story.accept(what);
    }
  }

  /** The action happens. Throws what it breaks. */
  public void happen(Action a) {
    now = Math.max(now, a.at());
    kernels.at(now);
    action = a.id();
    sender.count = 0;
    int subject = a.subject();
    switch (a.kind()) {
      case CLIENT -> client(subject, new Dice(a.dice()));
      case DELIVER -> deliver(subject, a.detail() == 1);
      case ROUND -> fleet.round(subject, now, sender);
      case ASK -> fleet.ask(subject, now, sender);
      case POLL -> fleet.poll(subject, now, sender);
      case WORK -> fleet.work(subject, MISHAPS[a.detail()], now, sender);
      case TICK -> service.tick(now, sender);
      case STALL -> service.stall();
      case RESUME -> service.resume(now, sender);
      case RESTART -> service.restart(now);
      case CRASH -> fleet.crash(subject);
      case BOOT -> boot(subject);
      case CUT -> fleet.cut(subject, true);
      case MEND -> fleet.cut(subject, false);
      case HANG -> fleet.hang(subject, true);
      case WAKE -> fleet.hang(subject, false);
      case KILL -> fleet.kill(subject);
      case STRAY -> fleet.stray(subject, stray(new Dice(a.dice())));
      case LOSE -> fleet.lose(subject, new Dice(a.dice()));
      case CLEAN -> fleet.clean(subject);
    }
  }

  private void boot(int node) {
    if (service.isAboutToFence(setup.nodes().get(node))) {
      sender.later(Kind.BOOT, node, 100); // who said that it is off sees to it that it is
    } else {
      fleet.boot(node);
    }
  }

  private IpAddress stray(Dice dice) {
    Scene scene = new Scene(setup, service.state(), fleet, dice);
    return dice.percent(50) ? scene.address(Phase.ALLOCATED) : scene.anyAddress();
  }

  private void client(int behaviour, Dice dice) {
    Wish wish =
        Behaviours.ALL.get(behaviour).act().apply(new Scene(setup, service.state(), fleet, dice));
    switch (wish) {
      case Wish.Ask(Command command, String reason, boolean dryRun) -> {
        CommandMeta meta = new CommandMeta("c" + action, "simulator", reason, dryRun);
        Message.Asked asked = new Message.Asked(meta, command);
        if (sent.size() < REMEMBERED) {
          sent.add(asked);
        } else {
          sent.set(dice.below(REMEMBERED), asked);
        }
        tell(asked);
        sender.send(asked);
      }
      case Wish.Tell(var report) -> sender.send(new Message.Told(Message.NO_NODE, report, -1, 0));
      case Wish.Again() -> {
        if (!sent.isEmpty()) {
          Message.Asked again = dice.pick(sent);
          sender.send(again);
        }
      }
      case null -> {}
    }
  }

  private void deliver(int id, boolean last) {
    Message message = last ? underWay.remove(id) : underWay.get(id);
    if (message != null) {
      tell(message);
    }
    if (message == null || (message.node() >= 0 && fleet.machine(message.node()).isCut())) {
      return;
    }
    switch (message) {
      case Message.Asked(var _, Command.FenceNode fence)
          when fleet.machine(setup.node(fence.node())).isOn() -> {
        // The operator sees that it is on again, and does not say that it is off.
      }
      case Message.Entry m -> service.take(m, now, sender);
      case Message.NodeQuery m -> service.ask(m, now, sender);
      case Message.DesiredQuery m -> service.ask(m, sender);
      case Message.NodeAnswer _, Message.DesiredAnswer _, Message.Acknowledged _ ->
          fleet.deliver(message, now, sender);
    }
  }

  /** The message is lost. */
  public void lose(int id) {
    underWay.remove(id);
  }

  /** Whatever is under way is lost. */
  public void loseAll() {
    underWay.clear();
  }

  /** What the message is; null: it is not under way. */
  public @Nullable Message message(int id) {
    return underWay.get(id);
  }

  private final class Sender implements Outbox {
    private int count;

    @Override
    public void send(Message message) {
      if (count >= Action.MESSAGES) {
        throw new IllegalStateException("more than " + Action.MESSAGES + " messages at once");
      }
      int id = action * Action.MESSAGES + count++;
      underWay.put(id, message);
      follow.sent(id, message);
    }

    @Override
    public void later(Kind kind, int subject, long delayMs) {
      follow.later(kind, subject, delayMs);
    }
  }
}
