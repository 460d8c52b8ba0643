package io.holdfast.cli;

import io.holdfast.cli.session.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Runs the command as a shell would, at noon of a certain day, and keeps what it said. */
final class Shell {
  /** What a run led to. */
  record Run(int code, String out, String err) {}

  private final Map<String, String> environment = new HashMap<>();
  private boolean colour;

  Shell(URI service) {
    environment.put("HOLDFAST_SERVICE", service.toString());
  }

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Shell colour() {
    colour = true;
    return this;
  }

  Run run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            colour,
            false,
            InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z")),
            environment,
            "alice");
    int code = CommandLines.create(terminal, args).execute(args);
    return new Run(code, out.toString(), err.toString());
  }
}
