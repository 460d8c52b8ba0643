package io.holdfast.agent.linux;

import io.holdfast.agent.driver.DriverException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program of the distribution to its end. */
final class Command {
  private static final int LIMIT_SECONDS = 30;

  private Command() {}

  /**
   * Returns what it wrote.
   *
   * @param what it is run for, for people
   * @throws DriverException with the program's own words if it does not end with 0
   */
  static byte[] run(String what, List<String> command, byte[] input) throws DriverException {
    String program = command.getFirst();
    try {
      Process process = new ProcessBuilder(command).start();
      try {
        CompletableFuture<byte[]> errors =
            CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        CompletableFuture<byte[]> output =
            CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        try (OutputStream in = process.getOutputStream()) {
          in.write(input);
        } catch (IOException e) {
          // It ended before it had read all; its own words below say why.
          if (process.isAlive() && !process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw e;
          }
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          throw new DriverException(
              what, String.join(" ", command) + " took longer than " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
          String said = beginning(new String(errors.join(), StandardCharsets.UTF_8).strip());
          throw new DriverException(
              what, said.isEmpty() ? program + " ended with " + process.exitValue() : said);
        }
        return output.join();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new DriverException(what, program + " cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DriverException(what, "interrupted", e);
    }
  }

  /** What a program says after its first complaints follows from these. */
  private static String beginning(String said) {
    int limit = 400;
    return said.length() <= limit ? said : said.substring(0, limit) + " ...";
  }

  private static byte[] read(InputStream in) {
    try (in) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
