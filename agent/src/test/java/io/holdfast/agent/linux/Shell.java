package io.holdfast.agent.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program to its end. */
public final class Shell {
  private Shell() {}

  public record Result(int code, String output) {}

  /** Words are separated by single blanks; no shell is involved. */
  public static Result tryRun(String command) {
    return tryRun(List.of(command.split(" ", -1)));
  }

  public static Result tryRun(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new IllegalStateException(String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static String run(String command) {
    return run(List.of(command.split(" ", -1)));
  }

  public static String run(List<String> command) {
    Result result = tryRun(command);
    if (result.code() != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " ended with " + result.code() + ": " + result.output());
    }
    return result.output();
  }
}
