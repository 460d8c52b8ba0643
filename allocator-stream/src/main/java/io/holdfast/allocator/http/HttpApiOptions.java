package io.holdfast.allocator.http;

import java.time.Duration;

/**
 * How the HTTP API is served.
 *
 * @param host address to bind to; anything but loopback is reachable by others, and the API has no
 *     authentication of its own
 * @param port 0: any free one
 * @param commandTimeout how long a command's outcome is waited for
 * @param keepAlive longest silence on an event stream; also how soon a client that left is noticed
 */
public record HttpApiOptions(String host, int port, Duration commandTimeout, Duration keepAlive) {
  public static final HttpApiOptions DEFAULT =
      new HttpApiOptions("127.0.0.1", 0, Duration.ofSeconds(10), Duration.ofSeconds(15));

  public HttpApiOptions at(String otherHost, int otherPort) {
    return new HttpApiOptions(otherHost, otherPort, commandTimeout, keepAlive);
  }

  public HttpApiOptions withCommandTimeout(Duration timeout) {
    return new HttpApiOptions(host, port, timeout, keepAlive);
  }

  public HttpApiOptions withKeepAlive(Duration interval) {
    return new HttpApiOptions(host, port, commandTimeout, interval);
  }
}
