package io.holdfast.simulator.node;

/** What goes wrong while a kernel is changed. */
public enum Mishap {
  NONE,
  /** Removals succeed and remove nothing. */
  STUCK,
  /** Nothing is added. */
  FULL,
  /** The agent dies when it has added, and before it removed. */
  DIES,
  /** The agent stands still between looking at its lease and adding, for longer than that lasts. */
  LATE
}
