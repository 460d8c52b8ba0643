package io.holdfast.agent.linux;

import io.holdfast.agent.driver.DriverException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs nft in a gateway's namespace. What it is given in one run is done all or none. */
final class Nft {
  private static final int LIMIT_SECONDS = 30;

  private final Path namespace;

  Nft(Path namespace) {
    this.namespace = namespace;
  }

  /** Commands in nft's own language. */
  void run(String what, String commands) throws DriverException {
    execute(what, List.of("nft", "-f", "-"), commands.getBytes(StandardCharsets.UTF_8));
  }

  /** Commands in JSON, as in libnftables-json(5). */
  void runJson(String what, byte[] commands) throws DriverException {
    execute(what, List.of("nft", "-j", "-f", "-"), commands);
  }

  /** Its answer to a question, in JSON. */
  byte[] ask(String... question) throws DriverException {
    List<String> command = new java.util.ArrayList<>(List.of("nft", "-j"));
    command.addAll(List.of(question));
    return execute(String.join(" ", command), command, new byte[0]);
  }

  private byte[] execute(String what, List<String> command, byte[] input) throws DriverException {
    List<String> all = new java.util.ArrayList<>(List.of("nsenter", "--net=" + namespace));
    all.addAll(command);
    try {
      Process process = new ProcessBuilder(all).start();
      try {
        CompletableFuture<byte[]> errors =
            CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        CompletableFuture<byte[]> output =
            CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        try (var in = process.getOutputStream()) {
          in.write(input);
        } catch (IOException e) {
          // It ended before it had read all; its own words below say why.
          if (process.isAlive() && !process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw e;
          }
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          throw new DriverException(what, "nft took longer than " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
          String said = beginning(new String(errors.join(), StandardCharsets.UTF_8).strip());
          throw new DriverException(
              what, said.isEmpty() ? "nft ended with " + process.exitValue() : said);
        }
        return output.join();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new DriverException(what, "nft cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DriverException(what, "interrupted", e);
    }
  }

  /** What nft says after its first complaints follows from these. */
  private static String beginning(String said) {
    int limit = 400;
    return said.length() <= limit ? said : said.substring(0, limit) + " ...";
  }

  private static byte[] read(java.io.InputStream in) {
    try (in) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
