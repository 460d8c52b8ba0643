package io.holdfast.cli;

import io.holdfast.cli.session.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/** Where the process starts and ends. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Terminal terminal = terminal(System.getenv());
    int code = CommandLines.create(terminal, args).execute(args);
    terminal.out().flush();
    terminal.err().flush();
    System.exit(code);
  }

  private static Terminal terminal(Map<String, String> environment) {
    // The launcher looks (test -t 1): asking the JDK would load its console library.
    boolean interactive = "1".equals(environment.get("HOLDFAST_TTY"));
    boolean colour =
        interactive
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
    return new Terminal(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        colour,
        interactive,
        InstantSource.system(),
        environment,
        System.getProperty("user.name", "unknown"));
  }

  private static PrintWriter writer(FileDescriptor to) {
    return new PrintWriter(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }
}
