package io.holdfast.allocator.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * Sends queries on to the instance that has the network, and streams the answer back. Only queries:
 * commands and reports go to the brokers from any instance.
 */
final class Proxy implements AutoCloseable {
  /** Says that a request was sent on once: it is not sent on again. */
  static final String FORWARDED = "Holdfast-Forwarded";

  /** Until the answer begins; longer than the longest poll. */
  private static final Duration LIMIT = Duration.ofSeconds(DesiredResource.MAX_WAIT_S + 15);

  private static final List<String> UP = List.of("Accept", "If-None-Match", "Last-Event-ID");
  private static final List<String> DOWN =
      List.of("Content-Type", "ETag", "Cache-Control", "Retry-After");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  static boolean isForwarded(Context ctx) {
    return ctx.header(FORWARDED) != null;
  }

  void forward(Context ctx, URI to) throws InterruptedException {
    if (isForwarded(ctx)) {
      // Two instances disagree about where the network is: it is being moved.
      Problem.unavailable("the network is being moved to " + to).write(ctx);
      return;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target(ctx, to)).timeout(LIMIT).header(FORWARDED, "1");
    for (String header : UP) {
      String value = ctx.header(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    HttpResponse<InputStream> answer;
    try {
      answer = client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      Problem.unavailable("the instance at " + to + " has the network and does not answer")
          .write(ctx);
      return;
    }
    pass(ctx, answer);
  }

  /** The same path and query there. Our own parser takes characters that a URI must not have. */
  private static URI target(Context ctx, URI to) {
    String query = ctx.req().getQueryString();
    try {
      return to.resolve(ctx.req().getRequestURI() + (query == null ? "" : "?" + query));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("the path or query is not a valid URI");
    }
  }

  private static void pass(Context ctx, HttpResponse<InputStream> answer) {
    ctx.status(answer.statusCode());
    for (String header : DOWN) {
      answer.headers().firstValue(header).ifPresent(value -> ctx.res().setHeader(header, value));
    }
    // With a length, a body that breaks off is seen to be broken.
    answer.headers().firstValueAsLong("Content-Length").ifPresent(ctx.res()::setContentLengthLong);
    byte[] part = new byte[1 << 14];
    try (InputStream in = answer.body()) {
      OutputStream out = ctx.res().getOutputStream();
      ctx.res().flushBuffer();
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        out.write(part, 0, n);
        out.flush(); // events must not wait for a full buffer
      }
    } catch (IOException e) {
      // One of the two ends is gone; closing the other one is all that is left to do.
      throw new ClientGoneException(e);
    }
  }

  /**
   * Asks another instance.
   *
   * @throws ProblemException (503) if it does not answer
   */
  byte[] get(URI base, String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(10))
            .header(FORWARDED, "1")
            .build();
    try {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() == 200) {
        return answer.body();
      }
    } catch (IOException e) {
      throw new ProblemException(
          Problem.unavailable("the instance at " + base + " does not answer"));
    }
    throw new ProblemException(Problem.unavailable("the instance at " + base + " cannot answer"));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
