package io.holdfast.agent.exec;

import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.LeaseLapsedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands under a gateway's lock and lease. Lock and lease are files, and who waits for the
 * lease to run out is a process of its own: both outlive the agent. A command that a killed agent
 * had started still holds the lock, so nothing of the next agent overtakes it.
 */
final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final int LAPSED = 75;

  private final Path script;
  private final Path lock;
  private final Path lease;
  private final Duration configured;
  private volatile Duration limit;

  Guard(Path folder, String network, String gateway, Duration limit) throws DriverException {
    String name = network + "@" + gateway;
    this.script = folder.resolve("guard.sh");
    this.lock = folder.resolve(name + ".lock");
    this.lease = folder.resolve(name + ".lease");
    this.configured = limit;
    this.limit = limit;
    try (InputStream source = Guard.class.getResourceAsStream("guard.sh")) {
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "guard", ".sh");
      if (source == null) {
        throw new IOException("guard.sh is not in the archive");
      }
      Files.copy(source, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(
          fresh, script, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DriverException("prepare " + folder, String.valueOf(e.getMessage()), e);
    }
  }

  /** From now on a run may take this long at most, or as long as configured if that is less. */
  void limit(Duration most) {
    Duration now = configured.compareTo(most) < 0 ? configured : most;
    if (!now.equals(limit)) {
      LOG.info("runs on {} may take {} ms: a fence waits for one", lock, now.toMillis());
      limit = now;
    }
  }

  /** Runs a command. */
  Run always(String action, List<String> command) throws DriverException {
    return run(action, limited(command));
  }

  /**
   * Runs a command only while the lease runs.
   *
   * @throws LeaseLapsedException if it does not
   */
  Run leased(String action, List<String> command) throws DriverException {
    List<String> all = new ArrayList<>(List.of("sh", script.toString(), "run", lease.toString()));
    all.addAll(limited(command));
    Run run = run(action, all);
    if (run.status() == LAPSED) {
      throw new LeaseLapsedException(action, "the lease does not run");
    }
    return run;
  }

  void begin() throws DriverException {
    Run run = run("begin", List.of("sh", script.toString(), "begin", lease.toString()));
    if (run.status() != 0) {
      throw new DriverException("begin a lease", run.said());
    }
  }

  /**
   * Starts a process that runs the command when the time is over, if the lease with this token is
   * the one that counts then.
   */
  void arm(long token, Duration length, List<String> command) throws DriverException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "setsid",
                "sh",
                script.toString(),
                "wait",
                String.format(Locale.ROOT, "%.3f", length.toMillis() / 1e3),
                lock.toString(),
                lease.toString(),
                Long.toString(token)));
    all.addAll(limited(command));
    try {
      new ProcessBuilder(all)
          .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new DriverException("arm a lease", String.valueOf(e.getMessage()), e);
    }
  }

  void renew(long token) throws DriverException {
    Run run =
        run(
            "renew the lease",
            List.of("sh", script.toString(), "renew", lease.toString(), Long.toString(token)));
    if (run.status() == LAPSED) {
      throw new LeaseLapsedException("renew the lease", "it has run out");
    }
    if (run.status() != 0) {
      throw new DriverException("renew the lease", run.said());
    }
  }

  /**
   * {@code timeout} kills a command that hangs even if the agent is gone, with all that it started,
   * and without asking: a fence counts on it.
   */
  private List<String> limited(List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "timeout",
                "-s",
                "KILL",
                String.format(Locale.ROOT, "%.3f", limit.toMillis() / 1e3)));
    all.addAll(command);
    return all;
  }

  private Run run(String action, List<String> command) throws DriverException {
    List<String> all = new ArrayList<>(List.of("flock", "-o", lock.toString()));
    all.addAll(command);
    // It may wait for two others before its own turn.
    return Run.of(action, all, limit.plusSeconds(1).multipliedBy(3));
  }
}
