package io.holdfast.agent.exec;

import io.holdfast.agent.driver.DriverException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One run of a program, to its end. */
record Run(int status, byte[] out, String err) {
  private static final int MOST_OUT = 64 << 20;
  private static final int MOST_ERR = 2_000;

  /**
   * Runs a command.
   *
   * @param action what for, for people
   * @throws DriverException if it cannot be started, does not end in time, or says too much
   */
  static Run of(String action, List<String> command, Duration limit) throws DriverException {
    Process process;
    try {
      process =
          new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(NOTHING)).start();
    } catch (IOException e) {
      throw new DriverException(action, "cannot be started: " + e.getMessage(), e);
    }
    CompletableFuture<byte[]> out = read(process.getInputStream());
    CompletableFuture<byte[]> err = read(process.getErrorStream());
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new DriverException(action, "not done after " + limit.toMillis() + " ms");
      }
      // What it left running may hold its output open: that is not waited for.
      return new Run(
          process.exitValue(),
          out.get(limit.toMillis(), TimeUnit.MILLISECONDS),
          text(err.get(limit.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DriverException(action, "interrupted", e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new DriverException(action, "its output cannot be read", e);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new DriverException(action, "its output does not end", e);
    }
  }

  private static final java.io.File NOTHING = new java.io.File("/dev/null");

  private static CompletableFuture<byte[]> read(InputStream stream) {
    CompletableFuture<byte[]> all = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (stream) {
            byte[] bytes = stream.readNBytes(MOST_OUT + 1);
            if (bytes.length > MOST_OUT) {
              throw new IOException("more than " + MOST_OUT + " bytes");
            }
            all.complete(bytes);
          } catch (IOException e) {
            all.completeExceptionally(e);
          }
        });
    return all;
  }

  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    return text.length() <= MOST_ERR ? text : "... " + text.substring(text.length() - MOST_ERR);
  }

  /** What it said, for people. */
  String said() {
    return "exit " + status + (err.isEmpty() ? "" : ", " + err);
  }
}
