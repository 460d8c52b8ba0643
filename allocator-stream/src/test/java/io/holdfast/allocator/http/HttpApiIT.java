package io.holdfast.allocator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.allocator.service.Allocator;
import io.holdfast.allocator.service.AllocatorConfig;
import io.holdfast.domain.decide.Settings;
import io.holdfast.embedded.EmbeddedKafka;
import io.holdfast.embedded.EmbeddedRegistry;
import io.holdfast.embedded.KafkaOptions;
import io.holdfast.embedded.RegistryOptions;
import io.holdfast.schemas.registry.RegistryClient;
import io.holdfast.schemas.registry.RegistryConfig;
import io.holdfast.wire.Codec;
import io.holdfast.wire.Registration;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two allocators with their HTTP APIs on a real broker: either answers for both. */
class HttpApiIT {
  private static final List<String> NETWORKS = List.of("n-0", "n-1", "n-2", "n-3", "n-4", "n-5");
  private static final String OWNER =
      "{\"owner\":{\"tenant\":\"t\",\"kind\":\"Pod\",\"name\":\"a\"}}";

  @TempDir Path dir;
  private final HttpClient client = HttpClient.newHttpClient();

  private record Instance(Allocator allocator, HttpApi http) implements AutoCloseable {
    @Override
    public void close() {
      http.close();
      allocator.close();
    }
  }

  private Instance instance(EmbeddedKafka kafka, RegistryConfig registry, Codec codec, int number)
      throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Allocator allocator =
        new Allocator(
            new AllocatorConfig(
                kafka.bootstrapServers(),
                registry,
                "holdfast-http-test",
                dir.resolve("state-" + number),
                2,
                (short) 1,
                false,
                1,
                Duration.ofMillis(10),
                new AllocatorConfig.HostPort("127.0.0.1", port),
                Settings.DEFAULT,
                Map.of()),
            codec,
            meters);
    return new Instance(
        allocator,
        HttpApi.start(
            allocator,
            codec,
            meters,
            HttpApiOptions.DEFAULT
                .at("127.0.0.1", port)
                .withCommandTimeout(Duration.ofSeconds(60))));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(Instance at, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.http().port() + path));
  }

  private JsonNode command(Instance at, String network, String name, String body) throws Exception {
    HttpResponse<String> answer =
        send(
            request(at, "/v1/networks/" + network + "/commands/" + name)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return new ObjectMapper().readTree(answer.body());
  }

  /** Asks until the answer is 200: partitions move when an instance joins. */
  private JsonNode get(Instance at, String path) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    HttpResponse<String> answer = send(request(at, path));
    while (answer.statusCode() == 503 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      answer = send(request(at, path));
    }
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private static void awaitBoth(Instance one, Instance two) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (one.allocator().others().isEmpty()
        || two.allocator().others().isEmpty()
        || !one.allocator().notReady().isEmpty()
        || !two.allocator().notReady().isEmpty()) {
      assertThat(System.nanoTime())
          .as("%s / %s", one.allocator().notReady(), two.allocator().notReady())
          .isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void eitherAnswersForBoth() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(
                RegistryOptions.on(kafka.bootstrapServers(), dir.resolve("registry")));
        RegistryClient schemas = new RegistryClient(RegistryConfig.of(registry.url()))) {
      RegistryConfig config = RegistryConfig.of(registry.url());
      Codec codec = Registration.codec(schemas);
      try (Instance one = instance(kafka, config, codec, 1);
          Instance two = instance(kafka, config, codec, 2)) {
        awaitBoth(one, two);
        for (String network : NETWORKS) {
          command(
              one,
              network,
              "DefinePool",
              "{\"pool\":\"p\",\"family\":\"V4\",\"ranges\":[\"10.0.0.0/28\"]}");
          command(one, network, "DefineGateway", "{\"gateway\":\"g\",\"candidates\":[\"node-1\"]}");
        }
        for (String network : NETWORKS) {
          JsonNode answer = command(two, network, "AllocateEip", OWNER);
          for (Instance asked : List.of(one, two)) {
            JsonNode eip = get(asked, "/v1/networks/" + network + "/eips/10.0.0.1");
            assertThat(eip.path("phase").asText()).isEqualTo("Allocated");
            assertThat(eip.path("sequence").asLong())
                .isGreaterThanOrEqualTo(answer.path("sequence").asLong());
          }
        }
        for (Instance asked : List.of(one, two)) {
          assertThat(get(asked, "/v1/networks").path("items").findValuesAsText("network"))
              .containsExactlyElementsOf(NETWORKS);
          for (String network : NETWORKS) {
            HttpResponse<String> events =
                send(request(asked, "/v1/networks/" + network + "/events?from=3&follow=false"));
            assertThat(events.body()).startsWith("id: 3\n").contains("event: EipAllocated\n");
            wakesUp(asked, two, network);
          }
        }
      }
    }
  }

  private void wakesUp(Instance asked, Instance told, String network) throws Exception {
    String path = "/v1/networks/" + network + "/gateways/g/desired?node=node-1";
    JsonNode now = get(asked, path);
    String etag = "\"" + now.path("epoch") + "-" + now.path("revision") + "\"";
    CompletableFuture<HttpResponse<String>> poll =
        client.sendAsync(
            request(asked, path + "&wait=30").header("If-None-Match", etag).build(),
            BodyHandlers.ofString());
    boolean on = now.path("addresses").isEmpty();
    command(
        told,
        network,
        on ? "AttachEip" : "DetachEip",
        on ? "{\"ip\":\"10.0.0.1\",\"gateway\":\"g\"}" : "{\"ip\":\"10.0.0.1\"}");
    HttpResponse<String> answer = poll.get(30, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode then = new ObjectMapper().readTree(answer.body());
    assertThat(then.path("addresses")).hasSize(on ? 1 : 0);
    assertThat(then.path("withdraw")).hasSize(on ? 0 : 1);
  }
}
