package io.holdfast.bench.suite;

import io.holdfast.bench.frame.Benchmark;
import io.holdfast.bench.frame.Figure;
import io.holdfast.bench.frame.Run;
import io.holdfast.bench.frame.Size;
import io.holdfast.bench.frame.Target;
import io.holdfast.bench.load.Runs;
import io.holdfast.bench.stack.Child;
import io.holdfast.bench.stack.Folders;
import io.holdfast.bench.stack.Http;
import io.holdfast.bench.stack.Stage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Starts of {@code holdfast up}, in order and after kill -9, and what EIPs take of the machine. */
public final class StartBench implements Benchmark {
  private static final double SECOND_START_S = 8;
  private static final double RESTART_S = 15;
  private static final double VERB_S = 0.4;
  private static final int MOST_AT_ONCE = 256;
  private static final String NETWORK = "default";
  private static final Pattern READY = Pattern.compile("is ready after ([0-9.]+) s");
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final double MILLION = 1e6;

  private final Stage stage;

  public StartBench(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String word() {
    return "start";
  }

  @Override
  public String about() {
    return "'up' in a process of its own: its second start, kill -9 and the way back, memory and"
        + " disk; a verb";
  }

  /** Its first start alone takes most of a minute. */
  @Override
  public boolean isIn(Size size) {
    return size == Size.LARGE;
  }

  @Override
  public void measure(Run run) throws IOException, InterruptedException {
    stage.clear();
    Path folder = stage.folder("up");
    Path data = folder.resolve("data");
    run.doing("the first start of 'up', which prepares fast ones");
    firstStart(folder, data);
    int held = run.size().of(10_000, 100_000, 1_000_000);
    int port = freePort();
    run.doing("the second start");
    try (Child up = up(folder, data, port)) {
      double ready = seconds(up);
      run.add(
          Figure.of("'up' to ready, second start", ready, "s")
              .aiming(Target.valueAtMost(SECOND_START_S)));
      verbs(run, folder, port);
      fill(run, up, data, port, held);
      up.kill();
    }
    run.doing("kill -9 and start again");
    long began = System.nanoTime();
    try (Child up = up(folder, data, port)) {
      double outcome = firstOutcome(port, began);
      // What its start took after that is not asked, but it is let come to its end.
      var _ = up.awaitSaying(READY);
      run.add(
          Figure.of(
                  String.format(Locale.ROOT, "kill -9 with %,d EIPs, start to first outcome", held),
                  outcome,
                  "s")
              .aiming(Target.valueAtMost(RESTART_S)));
    }
  }

  private static Child up(Path folder, Path data, int port) throws IOException {
    return Child.start(
        folder,
        "up",
        "--data",
        data.toString(),
        "--port",
        Integer.toString(port),
        "--kafka-port",
        "0",
        "--registry-port",
        "0",
        "--audit-port",
        "0");
  }

  /** Ends when the caches for later starts are made, which goes on after it is ready. */
  private static void firstStart(Path folder, Path data) throws IOException {
    try (Child up = up(folder, data, freePort())) {
      var _ = up.awaitSaying(READY);
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (!hasCache(data) || !hasLaunchCache()) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the first start made no cache for later ones");
        }
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  private static boolean hasCache(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("registry"))) {
      return files.anyMatch(file -> file.toString().endsWith(".aot"));
    }
  }

  /** Where the launcher wants it; without the launcher there is none. */
  private static boolean hasLaunchCache() throws IOException {
    String root = System.getProperty("holdfast.root", "");
    if (root.isEmpty()) {
      return true;
    }
    Path runs = Path.of(root, "cli", "target", "run");
    String current = Files.readString(runs.resolve("current")).strip();
    Path run = runs.resolve(current);
    boolean isWanted =
        Files.exists(run.resolve("launch.jar")) && Files.exists(run.resolve("aot.jdk"));
    return !isWanted || Files.exists(run.resolve("up.aot"));
  }

  private static double seconds(Child up) throws IOException {
    return Double.parseDouble(up.awaitSaying(READY));
  }

  /** A verb as somebody types it: a process that asks the service and prints. */
  private static void verbs(Run run, Path folder, int port)
      throws IOException, InterruptedException {
    try (Http http = new Http(at(port))) {
      var _ = http.definePool(NETWORK, "10.0.0.0/8");
    }
    double[] took = new double[run.size().of(5, 9, 21)];
    run.doing("a verb, " + took.length + " times");
    for (int i = 0; i < took.length; i++) {
      long began = System.nanoTime();
      try (Child verb = Child.start(folder, "--service", at(port).toString(), "pool", "list")) {
        int code = verb.await();
        took[i] = (System.nanoTime() - began) / 1e9;
        if (code != 0) {
          throw new IllegalStateException("the verb ended with " + code);
        }
      }
    }
    run.add(
        Figure.of("CLI verb ('pool list', a process each), median", Runs.median(took), "s")
            .aiming(Target.valueAtMost(VERB_S)));
  }

  /** Has addresses allocated, and says what they take. */
  private static void fill(Run run, Child up, Path data, int port, int held)
      throws IOException, InterruptedException {
    run.doing("allocating " + held + " EIPs");
    long heap = up.liveHeapBytes();
    long resident = up.residentBytes();
    long disk = Folders.bytes(data);
    try (Http http = new Http(at(port))) {
      for (int done = 0; done < held; done += MOST_AT_ONCE) {
        int status = http.allocate(NETWORK, "h" + done, Math.min(MOST_AT_ONCE, held - done));
        if (status >= 300) {
          throw new IllegalStateException("an allocation was answered with " + status);
        }
      }
    }
    double part = MILLION / held;
    String each = String.format(Locale.ROOT, " per 1,000,000 EIPs, from %,d", held);
    run.add(Figure.of("heap" + each, mib(part * (up.liveHeapBytes() - heap)), "MiB"));
    run.add(
        Figure.of("all memory of the process with them", mib((double) up.residentBytes()), "MiB")
            .against("the same before", mib((double) resident)));
    run.add(Figure.of("disk" + each, mib(part * (Folders.bytes(data) - disk)), "MiB"));
  }

  private static double mib(double bytes) {
    return bytes / (1 << 20);
  }

  private static double firstOutcome(int port, long began)
      throws IOException, InterruptedException {
    try (Http http = new Http(at(port))) {
      while (true) {
        try {
          if (http.allocate(NETWORK, "after", 1) < 300) {
            return (System.nanoTime() - began) / 1e9;
          }
        } catch (ConnectException | HttpTimeoutException e) {
          // Not there yet.
          if (System.nanoTime() - began > LIMIT.toNanos()) {
            throw e;
          }
        }
        if (System.nanoTime() - began > LIMIT.toNanos()) {
          throw new IllegalStateException("no outcome within " + LIMIT.toMinutes() + " minutes");
        }
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  private static URI at(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
