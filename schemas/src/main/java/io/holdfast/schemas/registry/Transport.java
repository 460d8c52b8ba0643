package io.holdfast.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets one answer from whichever instance of the registry gives one first, within the total time.
 */
final class Transport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryClient.class);
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final long LONGEST_ANSWER_BYTES = 16L << 20;

  private final RegistryConfig config;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * The instance that answered last: an instance that is down costs each caller one failure, not
   * one a call.
   */
  private final AtomicInteger preferred = new AtomicInteger();

  private final Supplier<Backoff> backoffs;
  private final CountDownLatch closed = new CountDownLatch(1);

  Transport(RegistryConfig config) {
    this(config, () -> new Backoff(ThreadLocalRandom.current()));
  }

  Transport(RegistryConfig config, Supplier<Backoff> backoffs) {
    this.config = config;
    this.backoffs = backoffs;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.connectTimeout())
            .sslContext(config.trust().sslContext())
            .build();
  }

  /** A JSON object to fill. */
  ObjectNode object() {
    return json.createObjectNode();
  }

  /**
   * Sends a request until it is answered with anything but 429 or 5xx.
   *
   * @param what the call, for messages: names the subject or id
   * @param body null for none
   * @throws RegistryException.Unreachable when the total time is over, or the thread was
   *     interrupted
   */
  Answer send(String what, String method, String path, @Nullable JsonNode body) {
    long begin = System.nanoTime();
    long deadline = begin + config.totalTimeout().toNanos();
    Backoff backoff = backoffs.get();
    String last = "";
    Throwable cause = null;
    try {
      while (true) {
        int first = preferred.get();
        for (int i = 0; i < config.urls().size(); i++) {
          int index = (first + i) % config.urls().size();
          URI url = config.urls().get(index);
          Duration left = Duration.ofNanos(deadline - System.nanoTime());
          if (!left.isPositive()) {
            break;
          }
          try {
            HttpResponse<byte[]> response =
                http.send(request(url, method, path, body, left), bodies());
            if (response.statusCode() != 429 && response.statusCode() < 500) {
              preferred.set(index);
              return answer(url, response);
            }
            last = url + " answered " + response.statusCode();
            cause = null;
          } catch (IOException e) {
            // That we ran out of time ourselves says less than what was answered before.
            if (last.isEmpty() || System.nanoTime() < deadline) {
              last = url + ": " + e;
              cause = e;
            }
          }
          LOG.debug("{}: {}", what, last);
        }
        Duration pause = backoff.next();
        // A certificate that is not believed now will not be in a second.
        if (cause instanceof SSLException
            || deadline - System.nanoTime() < pause.toNanos()
            || closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
          throw unreachable(what, begin, last, cause);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(what, begin, "interrupted", e);
    }
  }

  private RegistryException unreachable(
      String what, long begin, String last, @Nullable Throwable cause) {
    Duration after = Duration.ofNanos(System.nanoTime() - begin);
    return new RegistryException.Unreachable(what, config.urls(), after, last, cause);
  }

  private HttpRequest request(
      URI url, String method, String path, @Nullable JsonNode body, Duration left) {
    String base = url.toString();
    URI target =
        URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    var request =
        HttpRequest.newBuilder(target)
            .timeout(left.compareTo(config.requestTimeout()) < 0 ? left : config.requestTimeout())
            .header("Accept", MEDIA_TYPE + ", application/json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (body != null) {
      request.header("Content-Type", MEDIA_TYPE);
    }
    config
        .credentials()
        .ifPresent(credentials -> request.header("Authorization", credentials.header()));
    return request.build();
  }

  private static HttpResponse.BodyHandler<byte[]> bodies() {
    return BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER_BYTES);
  }

  private Answer answer(URI url, HttpResponse<byte[]> response) {
    String text = new String(response.body(), StandardCharsets.UTF_8);
    try {
      JsonNode body = json.readTree(text);
      return new Answer(url.toString(), response.statusCode(), body.isObject() ? body : object());
    } catch (JsonProcessingException e) {
      // A proxy's page: the status still says something, and a missing field will be missed.
      return new Answer(url.toString(), response.statusCode(), object());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    http.shutdownNow();
  }
}
