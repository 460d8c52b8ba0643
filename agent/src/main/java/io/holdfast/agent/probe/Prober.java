package io.holdfast.agent.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends one probe. */
final class Prober {
  private final Duration limit;

  Prober(Duration limit) {
    this.limit = limit;
  }

  /**
   * What came back.
   *
   * @param detail for people
   */
  record Result(boolean ok, String detail) {}

  /**
   * Sends it.
   *
   * @throws IOException if it could not be sent at all, which says nothing of the target
   */
  Result probe(Target target) throws IOException, InterruptedException {
    return switch (target) {
      case Target.Tcp tcp -> connect(tcp);
      case Target.Ping ping -> ping(ping);
    };
  }

  private Result connect(Target.Tcp target) {
    try (Socket socket = new Socket()) {
      InetAddress address = InetAddress.ofLiteral(target.ip().toString());
      socket.connect(new InetSocketAddress(address, target.port()), (int) limit.toMillis());
      return new Result(true, target + " answers");
    } catch (IOException e) {
      return new Result(false, target + ": " + e.getMessage());
    }
  }

  private Result ping(Target.Ping target) throws IOException, InterruptedException {
    long seconds = Math.max(1, limit.toSeconds());
    List<String> command =
        List.of(
            "ping", "-n", "-q", "-c", "1", "-W", Long.toString(seconds), target.ip().toString());
    Process ping =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = ping.waitFor(seconds + 1, TimeUnit.SECONDS);
    if (!ended) {
      ping.destroyForcibly();
    }
    boolean ok = ended && ping.exitValue() == 0;
    return new Result(ok, target + (ok ? " answers" : ": no answer"));
  }
}
