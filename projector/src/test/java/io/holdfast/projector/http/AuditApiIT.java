package io.holdfast.projector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.domain.event.Event;
import io.holdfast.projector.AuditService;
import io.holdfast.projector.project.Rebuild;
import io.holdfast.projector.support.Await;
import io.holdfast.projector.support.Book;
import io.holdfast.projector.support.Parts;
import io.holdfast.projector.support.Play;
import io.holdfast.projector.support.SharedParts;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit API as docs/audit.md has it. */
@ExtendWith(SharedParts.class)
class AuditApiIT {
  private static final String NET = "/v1/networks/net/audit/";
  private static final String NOW = "at=2999-01-01T00:00:00Z";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Parts parts;
  private static Book book;
  private static AuditService service;
  private static HttpClient client;

  @BeforeAll
  static void start(Parts shared) throws Exception {
    parts = shared;
    book = new Play(3, new Book(parts.codec(), "net"), "10.0.0.0/26", 900).until(2_000).book();
    parts.produce(book);
    service =
        new AuditService(
            parts.consumers(),
            parts.database(),
            parts.codec(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            "127.0.0.1",
            0,
            Rebuild.NOTHING);
    client = HttpClient.newHttpClient();
    Await.until(
        "all is projected", () -> service.projector().progress().events() >= book.events().size());
  }

  @AfterAll
  static void stop() {
    client.close();
    service.close();
  }

  private static HttpResponse<String> get(String path) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create(service.url() + path)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode ok(String path) throws IOException {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return JSON.readTree(answer.body());
  }

  /** What is wrong, where, and what would be right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          who-had?at=2026-01-01T00:00:00Z                        | 422 | ip
          who-had?ip=10.0.0.1                                    | 422 | at
          who-had?ip=10.0.0.1&at=2026-01-01T00:00:00             | 422 | at
          who-had?ip=nonsense&at=2026-01-01T00:00:00Z            | 422 | ip
          who-had?ip=10.0.0.1&at=2026-01-01T00:00:00Z&port=0     | 422 | port
          who-had?ip=10.0.0.1&at=2026-01-01T00:00:00Z&port=1&protocol=icmp | 422 | protocol
          who-had?ip=10.0.0.1&at=2026-01-01T00:00:00Z&protocol=tcp | 422 | port
          who-had?ip=10.0.0.1&at=2026-01-01T00:00:00Z&tenent=x   | 422 | query
          who-had?owner=acme&at=2026-01-01T00:00:00Z             | 422 | owner
          who-had?tenant=acme&at=2026-01-01T00:00:00Z&after=x    | 422 | after
          history?                                               | 422 | ip
          history?ip=10.0.0.1&limit=0                            | 422 | limit
          history?ip=10.0.0.1&limit=10001                        | 422 | limit
          state?pool=p4                                          | 422 | at
          diff?from=2026-01-01T00:00:00Z                         | 422 | to
          refused?from=yesterday                                 | 422 | from
          export?format=xml                                      | 422 | format
          """)
  void aQuestionThatMakesNoSense(String path, int status, String field) throws IOException {
    HttpResponse<String> answer = get(NET + path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("field").asText()).isEqualTo(field);
    assertThat(problem.path("allowed").asText()).isNotBlank();
    assertThat(problem.path("status").asInt()).isEqualTo(status);
  }

  @Test
  void anUnknownNetworkAndAnUnknownPath() throws IOException {
    HttpResponse<String> network = get("/v1/networks/nope/audit/history?ip=10.0.0.1");
    assertThat(network.statusCode()).isEqualTo(404);
    assertThat(network.body()).contains("nope");
    assertThat(get("/v1/networks/net/audit/nonsense").statusCode()).isEqualTo(404);
    assertThat(JSON.readTree(get("/nowhere").body()).path("code").asText()).isEqualTo("NoSuchPath");
  }

  @Test
  void everyAnswerSaysHowFarItIs() throws IOException {
    for (String question :
        List.of(
            "who-had?ip=10.0.0.1&" + NOW,
            "who-had?internalIp=10.0.0.9&" + NOW,
            "who-had?gateway=gw-1&" + NOW,
            "who-had?owner=acme/Pod/shop/pod-1&" + NOW,
            "who-had?tenant=acme&" + NOW,
            "history?gateway=gw-1",
            "history?tenant=acme",
            "state?" + NOW,
            "diff?from=2026-01-01T00:00:00Z&to=2999-01-01T00:00:00Z")) {
      JsonNode answer = ok(NET + question);
      assertThat(answer.path("asOf").path("sequence").asLong())
          .as(question)
          .isEqualTo(book.events().size());
      assertThat(answer.path("network").asText()).isEqualTo("net");
    }
  }

  @Test
  void aPlusInATimeZoneNeedsNoEscape() throws IOException {
    assertThat(ok(NET + "who-had?ip=10.0.0.1&at=2026-01-01T01:00:00+01:00").path("items"))
        .isEqualTo(ok(NET + "who-had?ip=10.0.0.1&at=2026-01-01T00:00:00Z").path("items"));
  }

  @Test
  void pagesFollowEachOther() throws IOException {
    List<Long> all = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = ok(NET + "history?gateway=gw-1&limit=37" + after);
      page.path("items").forEach(e -> all.add(e.path("sequence").asLong()));
      assertThat(page.path("items").size()).isLessThanOrEqualTo(37);
      after = page.has("next") ? "&after=" + page.path("next").asText() : "";
    } while (!after.isEmpty());
    assertThat(all).hasSizeGreaterThan(74).isSorted().doesNotHaveDuplicates();
    JsonNode one = ok(NET + "history?gateway=gw-1&limit=10000");
    assertThat(all).hasSameSizeAs(one.path("items").findValues("type"));
  }

  @Test
  void exportHasEveryEventOnce() throws IOException {
    HttpResponse<String> lines = get(NET + "export?format=ndjson");
    assertThat(lines.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    List<String> all = lines.body().lines().toList();
    assertThat(all).hasSameSizeAs(book.events());
    for (int i = 0; i < all.size(); i++) {
      JsonNode event = JSON.readTree(all.get(i));
      assertThat(event.path("sequence").asLong()).isEqualTo(i + 1);
      assertThat(event.path("type").asText())
          .isEqualTo(book.messages().get(i).body().getClass().getSimpleName());
    }
    String csv = get(NET + "export?format=csv").body();
    List<String> rows = csv.lines().toList();
    assertThat(rows).hasSize(book.events().size() + 1);
    assertThat(rows.getFirst()).startsWith("sequence,at,type,ip,");
    // The event itself is JSON, in one cell.
    assertThat(rows.get(1)).startsWith("1,2026-01-01T00:00:00Z,PoolDefined,,").endsWith("}\"");
    assertThat(rows.get(1)).contains("\"{\"\"pool\"\":\"\"p4\"\",");
  }

  @Test
  void whatIsRestoredNamesWhatItRestores() throws IOException {
    Event.EipRestored restored =
        book.messages().stream()
            .map(m -> m.body())
            .filter(Event.EipRestored.class::isInstance)
            .map(Event.EipRestored.class::cast)
            .findFirst()
            .orElseThrow();
    String at =
        java.time.Instant.ofEpochMilli(
                book.messages().get((int) restored.tenure() - 1).meta().time())
            .toString();
    JsonNode item = ok(NET + "who-had?ip=" + restored.ip() + "&at=" + at).path("items").path(0);
    assertThat(item.path("tenure").asLong()).isEqualTo(restored.tenure());
    assertThat(item.path("restores").asLong()).isEqualTo(restored.restores());
  }

  @Test
  void operations() throws IOException {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body())
        .contains("holdfast_projector_lag", "holdfast_projector_stopped_networks 0");
    JsonNode status = ok("/v1/audit/status");
    assertThat(status.path("networks").path(0).path("network").asText()).isEqualTo("net");
    assertThat(status.path("projector").path("lag").asLong()).isZero();
    assertThat(status.path("alarms")).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsSaid() throws Exception {
    parts.withoutDatabase(() -> {
      HttpResponse<String> answer = get(NET + "history?ip=10.0.0.1");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("DatabaseAway");
    });
    Await.until("it answers again", () -> get(NET + "history?ip=10.0.0.1").statusCode() == 200);
  }
}
