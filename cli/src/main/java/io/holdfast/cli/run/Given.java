package io.holdfast.cli.run;

import io.holdfast.allocator.service.AllocatorConfig.HostPort;
import io.holdfast.cli.args.Durations;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** An option, else a variable of the environment, else a default; bad ones are named. */
public record Given(Map<String, String> environment) {

  public String text(@Nullable String option, String variable, String otherwise) {
    return option != null ? option : environment.getOrDefault(variable, otherwise);
  }

  /**
   * @throws IllegalArgumentException with a sentence for people
   */
  public int number(@Nullable Integer option, String variable, int otherwise) {
    String text = environment.get(variable);
    if (option != null || text == null) {
      return option != null ? option : otherwise;
    }
    if (!text.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException(variable + " is '" + text + "'; allowed: a number");
    }
    return Integer.parseInt(text);
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
