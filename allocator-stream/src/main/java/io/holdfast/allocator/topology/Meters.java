package io.holdfast.allocator.topology;

import io.holdfast.domain.decide.Disposition;
import io.holdfast.domain.outcome.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What the topology counts. */
final class Meters {
  private final MeterRegistry registry;
  private final Timer decision;
  private final Timer queued;

  Meters(MeterRegistry registry) {
    this.registry = registry;
    this.decision =
        Timer.builder("holdfast.decision")
            .description("From reading a command or report to handing its events over")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    this.queued =
        Timer.builder("holdfast.queued")
            .description("From a command's append to its topic to its reading")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
  }

  void command(String type, Outcome outcome, long queuedMs, long nanos) {
    String answer =
        switch (outcome) {
          case Outcome.Accepted a -> "accepted";
          case Outcome.Rejected r -> r.refusal().code().name();
        };
    registry.counter("holdfast.commands", "type", type, "outcome", answer).increment();
    queued.record(Math.max(0, queuedMs), TimeUnit.MILLISECONDS);
    decision.record(nanos, TimeUnit.NANOSECONDS);
  }

  void report(String type, Disposition disposition, long nanos) {
    String what =
        switch (disposition) {
          case Disposition.Used u -> "used";
          case Disposition.Late l -> "late";
          case Disposition.Invalid i -> "invalid";
        };
    registry.counter("holdfast.reports", "type", type, "disposition", what).increment();
    decision.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Owner checks by what they found: UNKNOWN is what an operator watches. */
  void ownerCheck(String result) {
    registry.counter("holdfast.owner.checks", "result", result).increment();
  }

  void event(String type) {
    registry.counter("holdfast.events", "type", type).increment();
  }

  void deadLetter(String topic, String fault) {
    registry.counter("holdfast.dead.letters", "topic", topic, "fault", fault).increment();
  }

  void forwarded(String topic) {
    registry.counter("holdfast.forwarded", "topic", topic).increment();
  }

  void skipped() {
    registry.counter("holdfast.commands.skipped").increment();
  }

  void folded(long events) {
    registry.counter("holdfast.recovery.events").increment((double) events);
  }
}
