package io.holdfast.projector.project;

import io.holdfast.projector.db.AuditDatabase;
import io.holdfast.projector.log.Consumers;
import io.holdfast.projector.log.EntryReader;
import io.holdfast.wire.Codec;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log into the database, in a thread of its own, until it is closed. When database,
 * brokers or registry are away it waits and begins anew from the positions in the database.
 */
public final class Projector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Consumers consumers;
  private final AuditDatabase database;
  private final EntryReader reader;
  private final ProjectorMetrics metrics;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Session session;
  private volatile Rebuild rebuild;
  private volatile String trouble = "it has not begun yet";
  private volatile Progress progress = new Progress(0, 0, 0);

  private Projector(
      Consumers consumers,
      AuditDatabase database,
      Codec codec,
      MeterRegistry meters,
      Rebuild rebuild) {
    this.consumers = consumers;
    this.database = database;
    this.reader = new EntryReader(codec);
    this.metrics = new ProjectorMetrics(meters);
    this.rebuild = rebuild;
    this.thread = Thread.ofPlatform().name("projector").start(this::run);
  }

  /** Begins; where the database has no schema yet, it gets one. */
  public static Projector start(
      Consumers consumers, AuditDatabase database, Codec codec, MeterRegistry meters) {
    return start(consumers, database, codec, meters, Rebuild.NOTHING);
  }

  /** Begins by emptying what the log can make again. */
  public static Projector start(
      Consumers consumers,
      AuditDatabase database,
      Codec codec,
      MeterRegistry meters,
      Rebuild rebuild) {
    return new Projector(consumers, database, codec, meters, rebuild);
  }

  private void run() {
    Duration wait = FIRST_WAIT;
    boolean again = true;
    while (again) {
      long began = System.nanoTime();
      again = once();
      boolean lasted = System.nanoTime() - began > LONGEST_WAIT.toNanos();
      wait = lasted ? FIRST_WAIT : min(wait.multipliedBy(2), LONGEST_WAIT);
      again = again && !awaitClosing(wait);
    }
  }

  /** One session; false if it ended because this is being closed. */
  private boolean once() {
    try {
      Session mine = new Session(consumers, database, reader, metrics, this::progressed);
      session = mine;
      if (closing.getCount() > 0) {
        mine.run(rebuild, () -> rebuild = Rebuild.NOTHING);
      }
      return false;
    } catch (WakeupException | InterruptException e) {
      if (closing.getCount() == 0) {
        return false;
      }
      said("interrupted", e);
    } catch (SQLException e) {
      said("the audit database " + database.shown() + " cannot be used: " + e.getMessage(), e);
    } catch (KafkaException e) {
      said("the log cannot be read: " + e, e);
    } catch (RuntimeException e) {
      said(String.valueOf(e.getMessage()), e);
    }
    metrics.reconnect();
    return true;
  }

  /** The same trouble is said once; its stack trace is for whoever asks for debug lines. */
  private void said(String what, Exception e) {
    if (!what.equals(trouble)) {
      LOG.warn("{}; trying again until it works", what);
    }
    LOG.debug("projector session ended", e);
    trouble = what;
  }

  private void progressed(Progress now) {
    if (!trouble.isEmpty()) {
      LOG.info("projecting to {}", database.shown());
      trouble = "";
    }
    progress = now;
  }

  private boolean awaitClosing(Duration wait) {
    try {
      return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Empty while it works; else what it waits for. */
  public String trouble() {
    return trouble;
  }

  public Progress progress() {
    return progress;
  }

  /** Finishes the batch it is at, and stops. */
  @Override
  public void close() {
    closing.countDown();
    Session now = session;
    if (now != null) {
      now.stop();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
