package io.holdfast.cli.start;

import io.holdfast.standalone.AuditStack;
import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A training run for the JVM's AOT cache of {@code up}: starts all of it on free ports in a
 * directory of its own, uses it a little, and stops it. Ends when its parent does: standard input
 * is a pipe that the parent holds open.
 */
public final class UpTraining {
  private static final List<String> RUNS =
      List.of(
          "pool define training 10.0.0.0/24",
          "eip allocate --owner t/Pod/a",
          "eip allocate --owner t/Pod/b",
          "eip release 10.0.0.1",
          "eip list");

  private UpTraining() {}

  /**
   * @param args the directory
   */
  public static void main(String[] args) {
    Thread.ofPlatform().daemon().name("tether").start(UpTraining::holdOn);
    Path directory = Path.of(args[0]);
    try (Standalone standalone = Standalone.start(StandaloneOptions.in(directory), progress -> {});
        AuditStack _ = AuditStack.start(standalone, directory, 0, 0)) {
      for (String run : RUNS) {
        Training.use(standalone.httpUrl().toString(), run);
      }
    }
  }

  /** In order, as far as it goes: PostgreSQL would go on without us. */
  private static void holdOn() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes anything.
      }
    } catch (IOException e) {
      // A broken pipe says the same as a closed one.
    }
    System.exit(1);
  }
}
