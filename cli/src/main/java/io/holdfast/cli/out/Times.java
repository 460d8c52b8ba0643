package io.holdfast.cli.out;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Points in time for people: how long ago, and when exactly, in UTC. */
public final class Times {
  private final InstantSource clock;

  public Times(InstantSource clock) {
    this.clock = clock;
  }

  /** For a column: "3m ago", "in 4m 10s". What is no time stays as it is; empty stays empty. */
  public String relative(String iso) {
    Optional<Instant> t = parse(iso);
    return t.isEmpty() ? iso : relative(t.get());
  }

  /** For a sheet: "2026-11-21T12:59:23Z (3m ago)". */
  public String full(String iso) {
    Optional<Instant> t = parse(iso);
    return t.isEmpty()
        ? iso
        : t.get().truncatedTo(ChronoUnit.SECONDS) + " (" + relative(t.get()) + ")";
  }

  /** Milliseconds as people write them: "5m", "1m 30s", "250ms". */
  public static String span(Duration d) {
    if (d.compareTo(Duration.ofSeconds(1)) < 0) {
      return d.toMillis() + "ms";
    }
    if (d.toDays() > 0) {
      return d.toDays() + "d" + rest(d.toHoursPart(), "h");
    }
    if (d.toHours() > 0) {
      return d.toHours() + "h" + rest(d.toMinutesPart(), "m");
    }
    if (d.toMinutes() > 0) {
      return d.toMinutes() + "m" + rest(d.toSecondsPart(), "s");
    }
    return d.toSeconds() + "s";
  }

  private String relative(Instant t) {
    Duration d = Duration.between(t, clock.instant());
    // Clocks of two machines differ a little: a second ahead is now, not the future.
    if (d.abs().compareTo(Duration.ofSeconds(1)) < 0) {
      return "now";
    }
    return d.isNegative() ? "in " + span(d.negated()) : span(d) + " ago";
  }

  private static String rest(int n, String unit) {
    return n == 0 ? "" : " " + n + unit;
  }

  private static Optional<Instant> parse(String iso) {
    try {
      return iso.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(iso));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
