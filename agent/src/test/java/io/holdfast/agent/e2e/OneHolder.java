package io.holdfast.agent.e2e;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Looks at two nodes all the time: never may both carry an address. */
final class OneHolder {
  private final AgentNode a;
  private final AgentNode b;
  private final String gateway;
  private final List<String> overlaps = new ArrayList<>();
  private final Thread thread;
  private volatile boolean stopping;
  private final AtomicLong looks = new AtomicLong();
  private volatile int most;

  OneHolder(AgentNode a, AgentNode b, String gateway) {
    this.a = a;
    this.b = b;
    this.gateway = gateway;
    this.thread = Thread.ofPlatform().daemon().start(this::watch);
  }

  private void watch() {
    while (!stopping) {
      // What was on b before and after, was on b while a was looked at.
      Set<String> before = b.there(gateway);
      Set<String> onA = a.there(gateway);
      Set<String> after = b.there(gateway);
      most = Math.max(most, Math.max(onA.size(), after.size()));
      Set<String> both = new HashSet<>(before);
      both.retainAll(onA);
      both.retainAll(after);
      if (!both.isEmpty()) {
        synchronized (overlaps) {
          overlaps.add(both.toString());
        }
      }
      looks.incrementAndGet();
      LockSupport.parkNanos(1_000_000); // others need the machine, too
    }
  }

  /** Ends the watch; fails if both ever carried something, or nothing was seen at all. */
  void finish() throws InterruptedException {
    stopping = true;
    thread.join();
    if (looks.get() < 100 || most == 0) {
      throw new AssertionError("only " + looks.get() + " looks, at most " + most + " things");
    }
    synchronized (overlaps) {
      if (!overlaps.isEmpty()) {
        throw new AssertionError(
            "both nodes carried, " + overlaps.size() + " times seen: " + overlaps.getFirst());
      }
    }
  }
}
