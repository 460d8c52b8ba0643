package io.holdfast.simulator.node;

/** A node: its power, its clock, its cable, and whether its agent runs. */
public final class Machine {
  private final int index;
  private final String name;
  private final int clockPerMille;
  private boolean on;
  private boolean hung;
  private boolean cut;
  private int boot;
  private int process;
  private int instances;

  Machine(int index, String name, int clockPerMille) {
    this.index = index;
    this.name = name;
    this.clockPerMille = clockPerMille;
  }

  public int index() {
    return index;
  }

  public String name() {
    return name;
  }

  public boolean isOn() {
    return on;
  }

  public boolean isCut() {
    return cut;
  }

  /** Whether the agent's process makes steps. */
  public boolean works() {
    return on && !hung;
  }

  public String bootId() {
    return name + "-b" + boot;
  }

  /** Which start of the agent this is: what was asked by an earlier one is of no use. */
  int process() {
    return process;
  }

  String nextInstance() {
    return bootId() + "." + ++instances;
  }

  /** The node's clock at a simulated time, milliseconds: it runs a little fast or slow. */
  long clock(long now) {
    return 1_000_000L * (index + 1) + now * clockPerMille / 1_000;
  }

  /** The simulated time at which this much has gone by on the node's clock, milliseconds. */
  long until(long now, long length) {
    return now + length * 1_000 / clockPerMille;
  }

  void cut(boolean isCut) {
    cut = isCut;
  }

  void hang(boolean hangs) {
    hung = hangs;
  }

  void off() {
    on = false;
    hung = false;
  }

  void boot() {
    on = true;
    hung = false;
    boot++;
    process++;
  }

  /** The agent is started anew. */
  void restarted() {
    hung = false;
    process++;
  }
}
