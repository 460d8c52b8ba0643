package io.holdfast.simulator.run;

import io.holdfast.simulator.client.Behaviours;
import io.holdfast.simulator.net.Message;
import io.holdfast.simulator.node.Mishap;
import io.holdfast.simulator.plan.Action;
import io.holdfast.simulator.plan.Dice;
import io.holdfast.simulator.plan.Kind;
import io.holdfast.simulator.setup.Setup;
import io.holdfast.simulator.setup.Trouble;
import io.holdfast.simulator.world.World;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens next: which messages are lost, doubled, late; when clients act; what fails.
 * All of it follows from the seed.
 */
final class Driver implements World.Follow {
  private static final long TICK_MS = 500;

  /** The last of the mishaps; 0 is none. */
  private static final int MISHAPS = Mishap.values().length - 1;

  /** A copy may come so much later, milliseconds: after other instances, epochs and tenures. */
  private static final int LATE_COPY_MS = 20_000;

  private final Dice dice;
  private final Trouble trouble;
  private final Setup setup;
  private final PriorityQueue<Action> queue = new PriorityQueue<>();
  private final int[] round;
  private final boolean[] works;
  private final boolean[] polls;
  private @Nullable World world;
  private long now;
  private int nextId;

  /**
   * @param firstId of its actions
   */
  Driver(Setup setup, long seed, Trouble trouble, int firstId) {
    this.setup = setup;
    this.dice = new Dice(seed);
    this.trouble = trouble;
    this.nextId = firstId;
    int agents = setup.gateways().size() * setup.nodes().size();
    this.round = new int[setup.nodes().size()];
    this.works = new boolean[agents];
    this.polls = new boolean[agents];
  }

  /** The world whose messages are to be lost. */
  void drives(World driven) {
    world = driven;
    now = driven.now();
  }

  /** How a life begins: what there is to be comes to be, in some order. */
  void begin() {
    int pools = Behaviours.of("define-pool");
    int gateways = Behaviours.of("define-gateway");
    for (int i = 0; i < setup.pools().size(); i++) {
      add(Kind.CLIENT, pools, 0, 30L * i);
    }
    for (int i = 0; i < setup.gateways().size(); i++) {
      add(Kind.CLIENT, gateways, 0, 500 + 30L * i);
    }
    for (int node = 0; node < setup.nodes().size(); node++) {
      // Now and then one that nobody has heard of yet.
      add(Kind.BOOT, node, 0, dice.below(dice.percent(20) ? 60_000 : 3_000));
      round(node, dice.below(3_000));
    }
    add(Kind.TICK, 0, 0, TICK_MS);
    add(Kind.CLIENT, Behaviours.choose(dice), 0, 1_500);
    FaultMaker.next(this);
  }

  /** All that fails is mended. */
  void mend() {
    add(Kind.RESUME, 0, 0, 1);
    for (int node = 0; node < setup.nodes().size(); node++) {
      add(Kind.MEND, node, 0, 1);
      add(Kind.WAKE, node, 0, 1);
      add(Kind.BOOT, node, 0, 60);
      round(node, 100 + dice.below(500));
    }
    for (int agent = 0; agent < works.length; agent++) {
      add(Kind.CLEAN, agent, 0, 1);
    }
    add(Kind.TICK, 0, 0, TICK_MS);
  }

  /** What happens next. */
  Action next() {
    Action a = queue.remove();
    while (a.kind() == Kind.ROUND && round[a.subject()] != a.id()) {
      a = queue.remove();
    }
    now = Math.max(now, a.at());
    switch (a.kind()) {
      case TICK -> add(Kind.TICK, 0, 0, TICK_MS);
      case CLIENT -> {
        if (trouble.clientMs() > 0 && a.at() >= 1_500) {
          long wait = 1L + dice.below(2 * trouble.clientMs());
          add(Kind.CLIENT, Behaviours.choose(dice), 0, wait);
        }
      }
      case WORK -> works[a.subject()] = false;
      case POLL -> polls[a.subject()] = false;
      case DELIVER,
          ROUND,
          ASK,
          STALL,
          RESUME,
          RESTART,
          CRASH,
          BOOT,
          CUT,
          MEND,
          HANG,
          WAKE,
          KILL,
          STRAY,
          LOSE,
          CLEAN -> {}
    }
    if (FaultMaker.isFault(a) && a.detail() == FaultMaker.FIRST) {
      FaultMaker.next(this);
    }
    return a;
  }

  /** Milliseconds between two faults. */
  long faultWait() {
    return trouble.faultMs() == 0 ? -1 : 1L + dice.below(2 * trouble.faultMs());
  }

  Dice dice() {
    return dice;
  }

  Setup setup() {
    return setup;
  }

  void add(Kind kind, int subject, int detail, long delay) {
    queue.add(new Action(nextId++, now + delay, kind, subject, detail, dice.next()));
  }

  private void round(int node, long delay) {
    round[node] = nextId;
    add(Kind.ROUND, node, 0, delay);
  }

  @Override
  public void later(Kind kind, int subject, long delayMs) {
    switch (kind) {
      case ROUND -> round(subject, Math.max(1, delayMs));
      case WORK -> {
        if (!works[subject]) {
          works[subject] = true;
          add(Kind.WORK, subject, mishap(), delayMs + dice.below(8));
        }
      }
      case POLL -> {
        if (!polls[subject]) {
          polls[subject] = true;
          add(Kind.POLL, subject, 0, delayMs);
        }
      }
      default -> add(kind, subject, 0, delayMs);
    }
  }

  private int mishap() {
    return dice.percent(trouble.kernelPercent()) ? dice.between(1, MISHAPS) : 0;
  }

  @Override
  public void sent(int id, Message message) {
    if (dice.perMille(trouble.lostPerMille())) {
      if (world != null) {
        world.lose(id);
      }
      return;
    }
    long first = delay();
    if (dice.perMille(trouble.doubledPerMille())) {
      long second = delay() + dice.below(LATE_COPY_MS);
      add(Kind.DELIVER, id, 0, Math.min(first, second));
      add(Kind.DELIVER, id, 1, Math.max(first, second));
    } else {
      add(Kind.DELIVER, id, 1, first);
    }
  }

  private long delay() {
    int most = dice.perMille(trouble.slowPerMille()) ? trouble.delayMs() * 100 : trouble.delayMs();
    return 1L + dice.below(most);
  }
}
