package io.holdfast.projector.log;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A thread that makes entries for another one, a few batches ahead of it. */
final class Ahead implements AutoCloseable {
  private static final int BATCHES = 8;
  private static final long LOOK_MS = 50;

  private final BlockingQueue<List<Entry>> queue = new ArrayBlockingQueue<>(BATCHES);
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable RuntimeException failed;

  /** Takes batches; none of them empty. */
  @FunctionalInterface
  interface Sink {
    /** False: nobody wants more. */
    boolean put(List<Entry> some);
  }

  /**
   * @param source runs in the thread; returns when there is no more
   */
  Ahead(Consumer<Sink> source) {
    this.thread =
        Thread.ofPlatform()
            .name("log-reader")
            .start(() -> {
              try {
                source.accept(this::put);
              } catch (RuntimeException e) {
                failed = e;
              }
              put(List.of());
            });
  }

  private boolean put(List<Entry> some) {
    try {
      while (!closed) {
        if (queue.offer(some, LOOK_MS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** The next ones; empty at the end. */
  List<Entry> next() {
    try {
      List<Entry> some = queue.take();
      RuntimeException fault = failed;
      if (some.isEmpty() && fault != null) {
        throw fault;
      }
      return some;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends the thread; what it made and nobody took is dropped. */
  @Override
  public void close() {
    closed = true;
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
