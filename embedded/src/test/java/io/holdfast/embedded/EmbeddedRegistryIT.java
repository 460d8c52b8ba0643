package io.holdfast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryIT {
  @TempDir Path data;

  @Test
  void schemaIdsLiveInKafka() throws Exception {
    String id;
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")));
        var registry = EmbeddedRegistry.start(options(kafka))) {
      register(registry, "other", "{\"type\":\"string\"}");
      id = register(registry, "subject", "{\"type\":\"long\"}");
      assertThat(journalConfig(kafka, "flush.messages")).isEqualTo("1");
      assertThat(journalConfig(kafka, "retention.ms")).isEqualTo("-1");
    }
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")));
        // Another directory: nothing but Kafka carries the ids over.
        var registry =
            EmbeddedRegistry.start(
                RegistryOptions.on(kafka.bootstrapServers(), data.resolve("b")))) {
      // Asked first of all: a registry that says it is ready has replayed its journal.
      assertThat(get(registry, "/subjects/subject/versions/latest")).contains("\"id\":" + id);
      assertThat(register(registry, "subject", "{\"type\":\"long\"}")).isEqualTo(id);
    }
  }

  /** As if it had waited for Kafka in vain. */
  @Test
  void startsAnewIfItGaveUp() throws Exception {
    List<EmbeddedRegistry> launched = new ArrayList<>();
    try (var _ =
            EmbeddedKafka.start(
                KafkaOptions.in(data.resolve("kafka")),
                address ->
                    launched.add(
                        EmbeddedRegistry.launch(RegistryOptions.on(address, data.resolve("a")))));
        var registry = launched.getFirst()) {
      ProcessHandle first = ProcessHandle.of(registry.pid()).orElseThrow();
      first.destroyForcibly();
      first.onExit().get(10, TimeUnit.SECONDS);

      registry.awaitReady();

      assertThat(register(registry, "subject", "{\"type\":\"long\"}")).isNotEmpty();
    }
  }

  @Test
  void stopsWhenItsParentIsKilled() throws Exception {
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")))) {
      Process parent =
          Jvm.start(RegistryForEver.class, kafka.bootstrapServers(), data.resolve("a").toString());
      ProcessHandle child = ProcessHandle.of(Long.parseLong(Jvm.firstLine(parent))).orElseThrow();
      assertThat(child.isAlive()).isTrue();
      parent.destroyForcibly().waitFor();
      child.onExit().get(10, TimeUnit.SECONDS);
      assertThat(child.isAlive()).isFalse();
    }
  }

  @Test
  void saysWhyItDidNotStart() throws Exception {
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")))) {
      // Apicurio refuses a journal that forgets.
      var options = options(kafka).withJournal("retention.ms", "1000");
      assertThatThrownBy(() -> EmbeddedRegistry.start(options))
          .isInstanceOfSatisfying(
              EmbeddedException.StartFailed.class,
              e -> assertThat(e.lastLines()).anyMatch(line -> line.contains("retention.ms")));
    }
  }

  @Test
  void aBadCacheIsIgnored() throws Exception {
    Path cache = Files.writeString(data.resolve("registry.aot"), "this is no cache");
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")));
        var registry = EmbeddedRegistry.start(options(kafka).withAotCache(cache))) {
      assertThat(get(registry, "/subjects")).isEqualTo("[]");
    }
  }

  /** A damaged cache may crash the JVM: whatever the reason was, it is not used again. */
  @Test
  void aCacheWithWhichItDidNotStartIsDeleted() throws Exception {
    Path cache = Files.writeString(data.resolve("registry.aot"), "this is no cache");
    try (var kafka = EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")))) {
      var options = options(kafka).withJournal("retention.ms", "1000").withAotCache(cache);
      assertThatThrownBy(() -> EmbeddedRegistry.start(options))
          .isInstanceOf(EmbeddedException.StartFailed.class);
      assertThat(cache).doesNotExist();
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var options = RegistryOptions.on("127.0.0.1:1", data).withPort(taken.getLocalPort());
      assertThatThrownBy(() -> EmbeddedRegistry.start(options))
          .isInstanceOf(EmbeddedException.PortTaken.class);
    }
  }

  private RegistryOptions options(EmbeddedKafka kafka) {
    return RegistryOptions.on(kafka.bootstrapServers(), data.resolve("a"));
  }

  private static String journalConfig(EmbeddedKafka kafka, String name) throws Exception {
    var journal = new ConfigResource(ConfigResource.Type.TOPIC, RegistryOptions.JOURNAL);
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin
          .describeConfigs(List.of(journal))
          .all()
          .get()
          .values()
          .iterator()
          .next()
          .get(name)
          .value();
    }
  }

  private static String register(EmbeddedRegistry registry, String subject, String schema)
      throws Exception {
    String body = "{\"schema\":\"" + schema.replace("\"", "\\\"") + "\"}";
    String answer =
        send(
            HttpRequest.newBuilder(
                    URI.create(registry.url() + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    return answer.replaceAll("\\D", "");
  }

  private static String get(EmbeddedRegistry registry, String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(registry.url() + path)));
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }
}
