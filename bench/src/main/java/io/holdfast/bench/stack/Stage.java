package io.holdfast.bench.stack;

import io.holdfast.bench.frame.Run;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmarks of a run share: starting a stack takes as long as measuring on it. One runs
 * at a time.
 */
public final class Stage implements AutoCloseable {
  private final Folders folders = new Folders();
  private @Nullable Stack stack;
  private boolean flushes;

  /** A folder for a benchmark alone. */
  public Path folder(String name) {
    return folders.folder(name);
  }

  /**
   * The stack.
   *
   * @param fsync whether events and outcomes are on disk before they are answered
   */
  public Stack stack(boolean fsync, Run run) {
    if (stack != null && flushes == fsync) {
      return stack;
    }
    clear();
    stack = new Stack(folders.folder("stack"), fsync, run);
    flushes = fsync;
    return stack;
  }

  /** Stops the stack, for who needs the machine for himself. */
  public void clear() {
    if (stack != null) {
      stack.close();
      stack = null;
    }
  }

  @Override
  public void close() {
    try {
      clear();
    } finally {
      folders.close();
    }
  }
}
