package io.holdfast.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.schemas.registry.ScriptedRegistry.Reply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RegistryClientTest {
  private static final Schema LONG = Schema.create(Schema.Type.LONG);

  @Test
  void speaksTheProtocol() throws Exception {
    try (var server = new ScriptedRegistry((n, asked) -> Reply.id(7));
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      assertThat(client.register("a b/c", LONG)).isEqualTo(7);
      assertThat(server.asked())
          .containsExactly(
              new ScriptedRegistry.Asked(
                  "POST",
                  "/subjects/a%20b%2Fc/versions",
                  "null",
                  "application/vnd.schemaregistry.v1+json",
                  "{\"schema\":\"\\\"long\\\"\"}"));
    }
  }

  @Test
  void triesAgainAfter503And429() throws Exception {
    try (var server =
            new ScriptedRegistry((n, asked) ->
                n == 1 ? new Reply(503, "") : n == 2 ? new Reply(429, "{}") : Reply.id(7));
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      assertThat(client.register("s", LONG)).isEqualTo(7);
      assertThat(server.asked()).hasSize(3);
    }
  }

  @Test
  void givesUpWhenTheTotalTimeIsOver() throws Exception {
    try (var server = new ScriptedRegistry((n, asked) -> new Reply(500, "{}"));
        var client = new RegistryClient(limited(server.url(), 5_000, 600))) {
      long begin = System.nanoTime();
      assertThatThrownBy(() -> client.byId(42))
          .isInstanceOfSatisfying(
              RegistryException.Unreachable.class,
              e -> {
                assertThat(e.urls()).containsExactly(server.url());
                assertThat(e.after()).isBetween(Duration.ofMillis(100), Duration.ofMillis(700));
              })
          .hasMessageContainingAll("schema id 42", server.url().toString(), "500");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
      assertThat(server.asked()).hasSizeGreaterThan(2);
    }
  }

  @Test
  void doesNotWaitLongerThanTheRequestTimeout() throws Exception {
    var never = new CountDownLatch(1);
    try (var server =
            new ScriptedRegistry((n, asked) -> {
              if (n == 1) {
                never.await();
              }
              return Reply.id(7);
            });
        var client = new RegistryClient(limited(server.url(), 300, 10_000))) {
      long begin = System.nanoTime();
      assertThat(client.register("s", LONG)).isEqualTo(7);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(server.asked()).hasSize(2);
    }
  }

  /** Two services that start at once set the same levels. */
  @Test
  void aLevelThatSomebodyElseSetsInTheSameMomentIsSetAgain() throws Exception {
    String exists =
        "{\"error_code\":0,\"message\":\"A rule named 'COMPATIBILITY' already exists.\"}";
    String set = "{\"compatibility\":\"FULL_TRANSITIVE\"}";
    try (var server =
            new ScriptedRegistry(
                (n, asked) -> n == 1 ? new Reply(409, exists) : new Reply(200, set));
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      client.setCompatibility("s", CompatibilityLevel.FULL_TRANSITIVE);
      assertThat(server.asked())
          .extracting(asked -> asked.method() + " " + asked.path())
          .containsExactly("PUT /config/s", "PUT /config/s");
    }
    try (var server = new ScriptedRegistry((n, asked) -> new Reply(409, exists));
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      assertThatThrownBy(() -> client.setCompatibility("s", CompatibilityLevel.FULL_TRANSITIVE))
          .isInstanceOf(RegistryException.Rejected.class);
      assertThat(server.asked()).hasSize(2);
    }
  }

  @Test
  void neverRepeatsWhatWasRefused() throws Exception {
    String reason = "{\"error_code\":42201,\"message\":\"Input schema is an invalid Avro schema\"}";
    try (var server = new ScriptedRegistry((n, asked) -> new Reply(422, reason));
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      assertThatThrownBy(() -> client.register("s", LONG))
          .isInstanceOfSatisfying(
              RegistryException.Rejected.class,
              e -> {
                assertThat(e.status()).isEqualTo(422);
                assertThat(e.errorCode()).isEqualTo(42201);
              })
          .hasMessageContainingAll("subject s", "invalid Avro schema", server.url().toString());
      assertThat(server.asked()).hasSize(1);
    }
  }

  @Test
  void saysThatItIsUnauthorizedWithoutShowingThePassword() throws Exception {
    try (var server = new ScriptedRegistry((n, asked) -> new Reply(401, ""))) {
      RegistryConfig config = RegistryConfig.of(server.url()).withCredentials("alice", "s3cret");
      try (var client = new RegistryClient(config)) {
        assertThatThrownBy(() -> client.register("s", LONG))
            .isInstanceOf(RegistryException.Unauthorized.class)
            .hasMessageContaining("401")
            .hasMessageNotContaining("s3cret");
        assertThat(server.asked()).hasSize(1);
        assertThat(config.toString()).doesNotContain("s3cret");
      }
    }
  }

  @Test
  void sendsBasicCredentials() throws Exception {
    // "alice:s3cret" in Base64.
    try (var server =
            new ScriptedRegistry((n, asked) ->
                asked.authorization().equals("Basic YWxpY2U6czNjcmV0")
                    ? Reply.id(7)
                    : new Reply(401, ""));
        var client =
            new RegistryClient(
                RegistryConfig.of(server.url()).withCredentials("alice", "s3cret"))) {
      assertThat(client.register("s", LONG)).isEqualTo(7);
    }
  }

  @Test
  void failsOverAndStaysWithTheInstanceThatAnswers() throws Exception {
    try (var down = new ScriptedRegistry((n, asked) -> new Reply(503, ""));
        var up = new ScriptedRegistry((n, asked) -> Reply.id(n));
        var client = new RegistryClient(RegistryConfig.of(unusedUrl(), down.url(), up.url()))) {
      assertThat(client.register("a", LONG)).isEqualTo(1);
      assertThat(client.register("b", LONG)).isEqualTo(2);
      assertThat(down.asked()).hasSize(1);
    }
  }

  @Test
  void asksOnceForWhatNeverChanges() throws Exception {
    try (var server = new ScriptedRegistry((n, asked) -> schemaOrId(asked));
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.byId(9)).isEqualTo(LONG);
      }
      assertThat(server.asked()).hasSize(1);
      for (int i = 0; i < 3; i++) {
        assertThat(client.register("s", LONG)).isEqualTo(7);
        assertThat(client.lookup("s", LONG)).contains(7);
        assertThat(client.byId(7)).isEqualTo(LONG);
      }
      assertThat(server.asked()).hasSize(2);
    }
  }

  @Test
  void documentationMakesAnotherSchema() throws Exception {
    Schema plain = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
    Schema documented =
        new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"R\",\"doc\":\"d\",\"fields\":[]}");
    try (var server = new ScriptedRegistry((n, asked) -> Reply.id(n));
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      assertThat(client.register("s", plain)).isEqualTo(1);
      assertThat(client.register("s", documented)).isEqualTo(2);
    }
  }

  @Test
  void callersWhoWantTheSameMakeOneRequest() throws Exception {
    var all = new CountDownLatch(1);
    try (var server =
            new ScriptedRegistry((n, asked) -> {
              all.await();
              return schemaOrId(asked);
            });
        var client = new RegistryClient(RegistryConfig.of(server.url()));
        var threads = Executors.newFixedThreadPool(20)) {
      var started = new CountDownLatch(20);
      var answers = new ArrayList<Future<Schema>>();
      for (int i = 0; i < 20; i++) {
        answers.add(
            threads.submit(() -> {
              started.countDown();
              return client.byId(9);
            }));
      }
      started.await();
      all.countDown();
      for (Future<Schema> answer : answers) {
        assertThat(answer.get()).isEqualTo(LONG);
      }
      assertThat(server.asked()).hasSize(1);
    }
  }

  @Test
  void garbageIdsAreNotARequestEach() throws Exception {
    try (var server =
        new ScriptedRegistry(
            (n, asked) -> new Reply(404, "{\"error_code\":40403,\"message\":\"no\"}"))) {
      try (var client = new RegistryClient(RegistryConfig.of(server.url()))) {
        for (int i = 0; i < 100; i++) {
          assertThatThrownBy(() -> client.byId(123_456))
              .isInstanceOf(RegistryException.NotFound.class)
              .hasMessageContainingAll("123456", server.url().toString());
          assertThatThrownBy(() -> client.byId(-1)).isInstanceOf(RegistryException.NotFound.class);
        }
        assertThat(server.asked()).hasSize(1);
      }
      try (var client =
          new RegistryClient(RegistryConfig.of(server.url()).withUnknownIdTtl(Duration.ZERO))) {
        assertThatThrownBy(() -> client.byId(5)).isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> client.byId(5)).isInstanceOf(RegistryException.NotFound.class);
        assertThat(server.asked()).hasSize(3);
      }
    }
  }

  @Test
  void anIdThatAppearsIsKnownAtOnceToWhoRegisteredIt() throws Exception {
    try (var server =
            new ScriptedRegistry(
                (n, asked) -> asked.method().equals("GET") ? new Reply(404, "{}") : Reply.id(7));
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      assertThatThrownBy(() -> client.byId(7)).isInstanceOf(RegistryException.NotFound.class);
      client.register("s", LONG);
      assertThat(client.byId(7)).isEqualTo(LONG);
    }
  }

  @Test
  void aFailureIsNotKept() throws Exception {
    try (var server =
            new ScriptedRegistry((n, asked) -> n == 1 ? new Reply(401, "") : schemaOrId(asked));
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      assertThatThrownBy(() -> client.byId(9)).isInstanceOf(RegistryException.Unauthorized.class);
      assertThat(client.byId(9)).isEqualTo(LONG);
    }
  }

  @Test
  void anAnswerThatIsNoneIsSaidToBeSo() throws Exception {
    try (var server =
            new ScriptedRegistry((n, asked) ->
                switch (n) {
                  case 1 -> new Reply(200, "<html>login</html>");
                  case 2 -> new Reply(200, "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}");
                  default ->
                      new Reply(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}");
                });
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> client.byId(9))
            .isInstanceOf(RegistryException.Unintelligible.class);
      }
      assertThat(server.asked()).hasSize(3);
    }
  }

  @Test
  void passesOnWhyASchemaIsIncompatible() throws Exception {
    String no = "{\"is_compatible\":false,\"messages\":[\"no default\",\"renamed\"]}";
    String conflict = "{\"error_code\":409,\"message\":\"earlier schema\"}";
    try (var server =
            new ScriptedRegistry((n, asked) ->
                switch (asked.method() + " " + asked.path()) {
                  case "GET /config/all?defaultToGlobal=true" ->
                      new Reply(200, "{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
                  case "GET /config/last?defaultToGlobal=true" ->
                      new Reply(200, "{\"compatibilityLevel\":\"FULL\"}");
                  case "POST /compatibility/subjects/all/versions?verbose=true" ->
                      new Reply(200, no);
                  case "POST /compatibility/subjects/last/versions/latest?verbose=true" ->
                      new Reply(200, no);
                  default -> new Reply(409, conflict);
                });
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      for (String subject : List.of("all", "last")) {
        assertThat(client.checkCompatible(subject, LONG))
            .isEqualTo(new Compatibility(false, List.of("no default", "renamed")));
        assertThatThrownBy(() -> client.register(subject, LONG))
            .isInstanceOfSatisfying(
                RegistryException.Incompatible.class,
                e -> assertThat(e.messages()).containsExactly("earlier schema"));
      }
    }
  }

  @Test
  void refusesUrlsWithAPassword() {
    assertThatThrownBy(() -> RegistryConfig.of(URI.create("http://alice:s3cret@registry/")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }

  private static Reply schemaOrId(ScriptedRegistry.Asked asked) {
    return asked.method().equals("GET")
        ? new Reply(200, "{\"schema\":\"\\\"long\\\"\"}")
        : Reply.id(7);
  }

  private static RegistryConfig limited(URI url, long requestMs, long totalMs) {
    return RegistryConfig.of(url)
        .withTimeouts(
            Duration.ofSeconds(1), Duration.ofMillis(requestMs), Duration.ofMillis(totalMs));
  }

  private static URI unusedUrl() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
