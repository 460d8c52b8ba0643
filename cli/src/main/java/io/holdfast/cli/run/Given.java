package io.holdfast.cli.run;

import io.holdfast.allocator.service.AllocatorConfig.HostPort;
import io.holdfast.cli.args.Durations;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** An option, else a variable of the environment, else a default; bad ones are named. */
public record Given(Map<String, String> environment) {

  public String text(@Nullable String option, String variable, String otherwise) {
    return option != null ? option : environment.getOrDefault(variable, otherwise);
  }

  /**
   * A number from {@code least} to {@code most}.
   *
   * @throws IllegalArgumentException with a sentence for people, if it is none
   */
  public int number(@Nullable Integer option, String variable, int otherwise, int least, int most) {
    String text = environment.get(variable);
    if (option == null && text == null) {
      return otherwise;
    }
    String name = option != null ? optionOf(variable) : variable;
    String said = option != null ? option.toString() : Objects.requireNonNullElse(text, "");
    if (said.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(said);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        name + " is '" + said + "'; allowed: a number from " + least + " to " + most);
  }

  /** A port to listen on; 0: any free one. */
  public int port(@Nullable Integer option, String variable, int otherwise) {
    return number(option, variable, otherwise, 0, 65_535);
  }

  /**
   * Whether the option is there, or the variable is {@code true}.
   *
   * @throws IllegalArgumentException if the variable is anything but {@code true} and {@code
   *     false}: what was meant to be on must not be off without a word
   */
  boolean flag(boolean option, String variable) {
    if (option) {
      return true;
    }
    String text = environment.getOrDefault(variable, "false");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              variable + " is '" + text + "'; allowed: true or false");
    };
  }

  /** The option that a variable stands for: HOLDFAST_STATE_DIR is --state-dir. */
  private static String optionOf(String variable) {
    return "--"
        + variable.substring("HOLDFAST_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Duration duration(@Nullable Duration option, String variable, Duration otherwise) {
    String text = environment.get(variable);
    if (option != null || text == null) {
      return option != null ? option : otherwise;
    }
    try {
      return new Durations().convert(text);
    } catch (TypeConversionException e) {
      throw new IllegalArgumentException(variable + ": " + e.getMessage(), e);
    }
  }

  HostPort hostPort(@Nullable String option, String variable, String otherwise) {
    String text = text(option, variable, otherwise);
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "the advertised place is '"
              + text
              + "'; allowed: HOST:PORT, for example allocator-1:8080");
    }
    return new HostPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
