package io.holdfast.agent.linux.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network namespace. Sockets opened in it stay in it, whoever uses them later.
 *
 * @param path its file, for instance {@code /run/netns/gw1}
 */
public record Netns(Path path) {

  /** What is to be done in the namespace. */
  @FunctionalInterface
  public interface Action<T> {
    T run() throws IOException;
  }

  /**
   * Runs it in a thread of its own, which is moved into the namespace and ends afterwards: no other
   * thread is ever moved. The action must start no thread, as it would be born there.
   */
  public <T> T in(Action<T> action) throws IOException {
    try {
      return call(action::run);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The same for anything. A program that it starts is in the namespace, too, as is the thread by
   * which Java waits for its end, and which does nothing else.
   */
  public <T> T call(Callable<T> action) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(() -> {
          int fd = Libc.openReadOnly(path.toString());
          try {
            Libc.setNetworkNamespace(fd);
          } finally {
            Libc.close(fd);
          }
          return action.call();
        });
    Thread thread = Thread.ofPlatform().name("netns-" + path.getFileName()).start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true; // the action is short and must not be left half done
        }
      }
      return task.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException("the task is done", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
