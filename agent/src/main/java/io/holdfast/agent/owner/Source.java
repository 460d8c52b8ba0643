package io.holdfast.agent.owner;

import io.holdfast.domain.model.Owner;
import io.holdfast.domain.report.CheckResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whoever knows which owners there are, asked over HTTP. 200: present. 404 or 410: absent. Anything
 * else, a redirect too, and no answer at all: unknown.
 */
public final class Source implements AutoCloseable {
  private final UrlTemplate template;
  private final @Nullable URI health;
  private final Duration limit;
  private final HttpClient http;

  /**
   * @param health answers 200 while the source knows what it says; null: there is none, and then
   *     ABSENT never counts
   * @param limit for one answer
   */
  public Source(UrlTemplate template, @Nullable URI health, Duration limit) {
    this.template = template;
    this.health = health;
    this.limit = limit;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limit)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  Answer ask(Owner owner) throws InterruptedException {
    URI uri = template.of(owner);
    int status;
    try {
      status = status(uri);
    } catch (IOException e) {
      return new Answer(CheckResult.UNKNOWN, false, uri + ": " + say(e));
    }
    String detail = uri + " answered " + status;
    return switch (status) {
      case 200 -> new Answer(CheckResult.PRESENT, true, detail);
      // Its health is asked after the answer: a source that fell ill before would say so now.
      case 404, 410 -> new Answer(CheckResult.ABSENT, isHealthy(), detail);
      default -> new Answer(CheckResult.UNKNOWN, false, detail);
    };
  }

  private boolean isHealthy() throws InterruptedException {
    if (health == null) {
      return false;
    }
    try {
      return status(health) == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private int status(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(limit).GET().build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static String say(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
