package io.holdfast.agent.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.agent.service.NodeView.Assignment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The service's HTTP API, as far as agents need it. Thread-safe. */
public final class ServiceClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final String source;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param base base URL of any instance of the service
   * @param source who reports, for the record
   */
  public ServiceClient(URI base, String source) {
    String text = base.toString();
    this.base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    this.source = source;
  }

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Names of all networks. */
  public List<String> networks() throws ServiceException, InterruptedException {
    List<String> names = new ArrayList<>();
    String after = "";
    while (true) {
      JsonNode page =
          ok(send(get("/v1/networks?limit=1000" + after, ANSWER), BodyHandlers.ofByteArray()));
      page.path("items").forEach(n -> names.add(n.path("network").asText()));
      if (!page.hasNonNull("next")) {
        return names;
      }
      after = "&after=" + escape(page.path("next").asText());
    }
  }

  /** What concerns a node. */
  public NodeView node(String network, String node, Duration limit)
      throws ServiceException, InterruptedException {
    String path = "/v1/networks/" + escape(network) + "/nodes/" + escape(node) + "/gateways";
    return read(
        ok(send(get(path, limit), BodyHandlers.ofByteArray())),
        answer -> {
          List<Assignment> assignments = new ArrayList<>();
          for (JsonNode item : answer.path("items")) {
            assignments.add(
                new Assignment(
                    DesiredJson.text(item, "gateway"),
                    item.path("current").asBoolean(),
                    item.path("instance").asText(),
                    DesiredJson.number(item, "epoch"),
                    item.path("active").asBoolean(),
                    DesiredJson.number(item, "fenceAfterMs")));
          }
          return new NodeView(
              answer.path("bootId").asText(), answer.path("contactAgeMs").asLong(-1), assignments);
        });
  }

  /**
   * Asks for a gateway's desired state.
   *
   * @param tag of the one already known; null: answer at once
   * @param since sequence number of the one already known: a part will do, too; 0: it will not
   * @param wait how long the service may wait for another one than that
   */
  public Polled desired(
      String network, String gateway, String node, @Nullable String tag, long since, Duration wait)
      throws ServiceException, InterruptedException {
    String path =
        "/v1/networks/"
            + escape(network)
            + "/gateways/"
            + escape(gateway)
            + "/desired?node="
            + escape(node)
            + "&wait="
            + wait.toSeconds()
            + (since > 0 ? "&since=" + since : "");
    HttpRequest.Builder request = get(path, wait.plus(ANSWER));
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    HttpResponse<byte[]> answer = send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() == 304) {
      return new Polled.Unchanged();
    }
    String newTag = answer.headers().firstValue("ETag").orElse("");
    return read(ok(answer), json -> DesiredJson.polled(json, newTag));
  }

  /** Reports; returns once the brokers have it. */
  public void report(String network, String type, ObjectNode fields, Duration limit)
      throws ServiceException, InterruptedException {
    byte[] body;
    try {
      body = JSON.writeValueAsBytes(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    HttpRequest.Builder request =
        request("/v1/networks/" + escape(network) + "/reports/" + type, limit)
            .header("Content-Type", "application/json")
            .header("Holdfast-Source", source)
            .POST(BodyPublishers.ofByteArray(body));
    HttpResponse<byte[]> answer = send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 202) {
      throw refused(answer.statusCode(), answer.body());
    }
  }

  /** The network's last sequence number; 0 if it has no events. */
  public long sequence(String network) throws ServiceException, InterruptedException {
    HttpResponse<byte[]> answer =
        send(get("/v1/networks/" + escape(network), ANSWER), BodyHandlers.ofByteArray());
    return answer.statusCode() == 404 ? 0 : ok(answer).path("sequence").asLong();
  }

  /**
   * Hands every item of a list to the sink, page by page.
   *
   * @param filter query parameters
   */
  public void each(String network, String list, String filter, Consumer<JsonNode> sink)
      throws ServiceException, InterruptedException {
    String path = "/v1/networks/" + escape(network) + "/" + list + "?limit=1000&" + filter;
    String after = "";
    while (true) {
      JsonNode page = ok(send(get(path + after, ANSWER), BodyHandlers.ofByteArray()));
      page.path("items").forEach(sink);
      if (!page.hasNonNull("next")) {
        return;
      }
      after = "&after=" + escape(page.path("next").asText());
    }
  }

  /** Opens a network's events from a sequence number on; the caller closes the stream. */
  public EventStream follow(String network, long from)
      throws ServiceException, InterruptedException {
    String path = "/v1/networks/" + escape(network) + "/events?from=" + from;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "text/event-stream");
    HttpResponse<InputStream> answer = send(request, BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new ServiceException(answer.statusCode(), "the events cannot be read");
    }
    return new EventStream(answer.body());
  }

  private HttpRequest.Builder get(String path, Duration limit) {
    return request(path, limit).GET();
  }

  private HttpRequest.Builder request(String path, Duration limit) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(limit);
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
      throws ServiceException, InterruptedException {
    HttpRequest built = request.build();
    try {
      return http.send(built, body);
    } catch (IOException e) {
      throw new ServiceException(built.method() + " " + built.uri() + ": " + say(e), e);
    }
  }

  private static String say(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static JsonNode ok(HttpResponse<byte[]> answer) throws ServiceException {
    if (answer.statusCode() != 200) {
      throw refused(answer.statusCode(), answer.body());
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new ServiceException("the answer to " + answer.uri() + " is not JSON", e);
    }
  }

  private static <T> T read(JsonNode json, Function<JsonNode, T> reader) throws ServiceException {
    try {
      return reader.apply(json);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ServiceException("the service's answer cannot be read: " + e.getMessage(), e);
    }
  }

  private static ServiceException refused(int status, byte[] body) {
    String detail;
    try {
      JsonNode problem = JSON.readTree(body);
      detail = problem.path("code").asText() + ": " + problem.path("detail").asText();
    } catch (IOException e) {
      detail = "no problem document";
    }
    return new ServiceException(status, "the service answered " + status + ", " + detail);
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
