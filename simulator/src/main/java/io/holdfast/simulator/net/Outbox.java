package io.holdfast.simulator.net;

import io.holdfast.simulator.plan.Kind;

/** Where what follows from an action goes. */
public interface Outbox {
  /** Puts a message under way. */
  void send(Message message);

  /**
   * Wishes that something happens later. Only whoever makes a plan heeds it; a plan that is played
   * says by itself what happens.
   *
   * @param delayMs milliseconds
   */
  void later(Kind kind, int subject, long delayMs);
}
