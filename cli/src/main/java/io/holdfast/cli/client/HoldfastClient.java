package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Talks to one Holdfast service. Thread safe; connections are kept and reused.
 *
 * <p>Every method throws {@link ServiceException} if there is no answer that can be used.
 */
public final class HoldfastClient implements AutoCloseable {
  private final String base;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * @param service base URL, for example {@code http://127.0.0.1:8080}
   * @param timeout for one answer; the service itself gives up on a command after 10 s
   */
  public HoldfastClient(URI service, Duration timeout) {
    String url = service.toString();
    this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            // Over plain text HTTP/2 would only cost an upgrade round trip.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /** Sends a command and waits for its committed answer; a refusal is an answer too. */
  public CommandAnswer command(String network, String command, JsonNode fields, Intent intent) {
    Query query =
        Query.network(network, "commands", command).with("dryRun", intent.dryRun() ? true : null);
    HttpRequest.Builder request =
        post(query, fields)
            .header("Idempotency-Key", intent.id())
            .header("Holdfast-Actor", HeaderText.of(intent.actor()));
    if (!intent.reason().isEmpty()) {
      request.header("Holdfast-Reason", HeaderText.of(intent.reason()));
    }
    if (intent.ifRevision() != null) {
      request.header("If-Match", "\"" + intent.ifRevision() + "\"");
    }
    HttpResponse<String> r = send(request, timeout);
    if (r.statusCode() / 100 == 2) {
      return CommandAnswer.Accepted.of(document(r));
    }
    return new CommandAnswer.Refused(refusal(r.statusCode(), r.body()));
  }

  /** Brings in a network; a refusal names every line that cannot be taken. */
  public CommandAnswer importNetwork(
      String network, byte[] lines, String contentType, Intent intent) {
    Query query = Query.network(network, "import").with("dryRun", intent.dryRun() ? true : null);
    HttpRequest.Builder request =
        request(query)
            .header("Content-Type", contentType)
            .header("Idempotency-Key", intent.id())
            .header("Holdfast-Actor", HeaderText.of(intent.actor()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(lines));
    if (!intent.reason().isEmpty()) {
      request.header("Holdfast-Reason", HeaderText.of(intent.reason()));
    }
    HttpResponse<String> r = send(request, timeout);
    if (r.statusCode() / 100 == 2) {
      return CommandAnswer.Accepted.of(document(r));
    }
    return new CommandAnswer.Refused(refusal(r.statusCode(), r.body()));
  }

  /** A network as lines, as the service has them: text of a format that is not JSON. */
  public String export(String network, String format) {
    HttpResponse<String> r =
        send(request(Query.network(network, "export").with("format", format)).GET(), timeout);
    if (r.statusCode() / 100 == 2) {
      return r.body();
    }
    throw new ServiceException.Refused(refusal(r.statusCode(), r.body()));
  }

  /** Sends a report; returns once the service's brokers have it. */
  public void report(String network, String report, JsonNode fields, String source) {
    HttpRequest.Builder request =
        post(Query.network(network, "reports", report), fields)
            .header("Holdfast-Source", HeaderText.of(source));
    success(send(request, timeout));
  }

  /** Answers a query. */
  public JsonNode get(Query query) {
    return success(send(request(query).GET(), timeout));
  }

  /**
   * The answer a command got.
   *
   * @throws ServiceException.Refused if the service knows no such command (any more)
   */
  public CommandAnswer outcome(String network, String commandId) {
    HttpResponse<String> r =
        send(request(Query.network(network, "outcomes", commandId)).GET(), timeout);
    if (r.statusCode() / 100 == 2) {
      return CommandAnswer.Accepted.of(document(r));
    }
    Problem problem = refusal(r.statusCode(), r.body());
    // A refused command's problem carries the command's id; "no such outcome" is about the
    // question.
    if (problem.commandId().isEmpty()) {
      throw new ServiceException.Refused(problem);
    }
    return new CommandAnswer.Refused(problem);
  }

  /**
   * What a gateway's instance on a node is to carry.
   *
   * @param known the etag of the state already known; null to get the present one at once
   * @param wait how long the service may wait for a state other than {@code known}
   * @return empty if {@code known} still is the state
   */
  public Optional<Desired> desired(
      String network, String gateway, String node, @Nullable String known, Duration wait) {
    Query query =
        Query.network(network, "gateways", gateway, "desired")
            .with("node", node)
            .with("wait", wait.isZero() ? null : Math.max(1, wait.toSeconds()));
    HttpRequest.Builder request = request(query).GET();
    if (known != null) {
      request.header("If-None-Match", known);
    }
    HttpResponse<String> r = send(request, timeout.plus(wait));
    if (r.statusCode() == 304) {
      return Optional.empty();
    }
    JsonNode document = success(r);
    return Optional.of(new Desired(r.headers().firstValue("ETag").orElse(""), document));
  }

  /**
   * The network's committed events in order.
   *
   * @param from sequence number of the first one
   * @param follow false: ends at the present end; true: goes on until it is closed
   */
  public EventStream events(String network, long from, boolean follow) {
    Query query = Query.network(network, "events").with("from", from);
    query.with("follow", follow ? null : false);
    // The time limit is for the answer's head: a stream that is followed may be silent for hours.
    HttpRequest request =
        request(query).GET().header("Accept", "text/event-stream").timeout(timeout).build();
    HttpResponse<InputStream> r = exchange(request, BodyHandlers.ofInputStream());
    if (r.statusCode() == 200) {
      return new EventStream(r.body());
    }
    try (InputStream body = r.body()) {
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      throw new ServiceException.Refused(refusal(r.statusCode(), text));
    } catch (IOException e) {
      throw new ServiceException.NoAnswer(base + ": " + Reasons.of(e), e);
    }
  }

  /** Gives the connections up, also those of streams that are still being read. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder request(Query query) {
    return HttpRequest.newBuilder(URI.create(base + query)).header("Accept", "application/json");
  }

  private HttpRequest.Builder post(Query query, JsonNode fields) {
    return request(query)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(fields.toString()));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, Duration limit) {
    return exchange(request.timeout(limit).build(), BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new ServiceException.Unreachable("no service at " + base + ": " + Reasons.of(e), e);
    } catch (HttpTimeoutException e) {
      throw new ServiceException.NoAnswer("no answer from " + base + " in time", e);
    } catch (IOException e) {
      throw new ServiceException.NoAnswer("no answer from " + base + ": " + Reasons.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException.NoAnswer("interrupted while waiting for " + base, e);
    }
  }

  private JsonNode success(HttpResponse<String> r) {
    if (r.statusCode() / 100 == 2) {
      return r.body().isBlank() ? Json.object() : document(r);
    }
    throw new ServiceException.Refused(refusal(r.statusCode(), r.body()));
  }

  private JsonNode document(HttpResponse<String> r) {
    return Json.parse(r.body()).orElseThrow(() -> notOurs(r.statusCode(), r.body()));
  }

  /** The problem of a 4xx answer; any other answer throws. */
  private Problem refusal(int status, String body) {
    // A proxy's own 502, 503 or 504 has no problem document and means the same.
    Problem problem = Problem.of(status, Json.parse(body).orElseGet(Json::object));
    String said = problem.detail().isEmpty() ? "HTTP status " + status : problem.detail();
    switch (status) {
      case 502, 503 -> throw new ServiceException.Unreachable(base + " cannot work now: " + said);
      case 504 -> throw new ServiceException.NoAnswer(said);
      default -> {}
    }
    if (problem.code().isEmpty()) {
      throw notOurs(status, body);
    }
    if (status / 100 != 4) {
      throw new ServiceException.Unexpected(base + " has a fault: " + status + ", " + said);
    }
    return problem;
  }

  private ServiceException.Unexpected notOurs(int status, String body) {
    String start = body.strip().lines().findFirst().orElse("nothing");
    return new ServiceException.Unexpected(
        base
            + " answered with something that is not Holdfast's HTTP API: status "
            + status
            + ", "
            + start.substring(0, Math.min(80, start.length())));
  }
}
