package io.holdfast.projector.project;

import io.holdfast.projector.db.Alarm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What the projector tells Prometheus. */
final class ProjectorMetrics {
  private final MeterRegistry meters;
  private final Counter events;
  private final Counter reconnects;
  private final Timer writes;
  private final AtomicLong lag = new AtomicLong();
  private final AtomicLong lastEventAt = new AtomicLong();
  private final AtomicLong stopped = new AtomicLong();

  ProjectorMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.events =
        Counter.builder("holdfast.projector.events")
            .description("Events written to the audit database")
            .register(meters);
    this.reconnects =
        Counter.builder("holdfast.projector.reconnects")
            .description("Times the projector began anew because database or log were away")
            .register(meters);
    this.writes =
        Timer.builder("holdfast.projector.write")
            .description("One batch into the database")
            .register(meters);
    Gauge.builder("holdfast.projector.lag.records", lag, AtomicLong::get)
        .description("Committed records of events and outcomes that are not projected yet")
        .register(meters);
    Gauge.builder("holdfast.projector.last.event.seconds", lastEventAt, at -> at.get() / 1e3)
        .description("Time of the last event that was projected, seconds since the epoch")
        .register(meters);
    Gauge.builder("holdfast.projector.stopped.networks", stopped, AtomicLong::get)
        .description("Networks whose projection has stopped: look at the alarms")
        .register(meters);
    for (Alarm.Kind kind : Alarm.Kind.values()) {
      alarms(kind);
    }
  }

  private Counter alarms(Alarm.Kind kind) {
    return Counter.builder("holdfast.projector.alarms")
        .description("Records that stopped the projection of their network, or could not be used")
        .tag("kind", kind.name())
        .register(meters);
  }

  void written(long count, long took) {
    events.increment((double) count);
    writes.record(Duration.ofNanos(took));
  }

  void alarm(Alarm.Kind kind) {
    alarms(kind).increment();
  }

  void stopped(long networks) {
    stopped.set(networks);
  }

  void lag(long records) {
    lag.set(records);
  }

  void lastEvent(long at) {
    lastEventAt.set(at);
  }

  void reconnect() {
    reconnects.increment();
  }
}
