package io.holdfast.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call, against a real registry. */
@TestInstance(Lifecycle.PER_CLASS)
class RegistryClientIT {
  private static final String LONG_A = "{\"name\":\"a\",\"type\":\"long\"}";
  private static final String LONG_B = "{\"name\":\"b\",\"type\":\"long\"}";
  private static final String LONG_B_DEFAULT = "{\"name\":\"b\",\"type\":\"long\",\"default\":0}";
  private static final String STRING_B_DEFAULT =
      "{\"name\":\"b\",\"type\":\"string\",\"default\":\"\"}";

  private final LiveRegistry registry;
  private final RegistryClient client;
  private String subject = "";

  RegistryClientIT(@TempDir Path directory) {
    registry = new LiveRegistry(directory);
    client = registry.client();
  }

  @BeforeAll
  void nothingYet() {
    assertThat(client.lookup("nobody", record(LONG_A))).isEmpty();
  }

  @AfterAll
  void stop() {
    client.close();
    registry.close();
  }

  @BeforeEach
  void ownSubject(TestInfo test) {
    subject = "holdfast.test-" + test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void registersOnceAndGivesTheSchemaBack() {
    Schema schema = record(LONG_A);
    int id = client.register(subject, schema);
    assertThat(client.register(subject, schema)).isEqualTo(id);
    try (RegistryClient stranger = registry.client()) {
      assertThat(stranger.byId(id)).isEqualTo(schema);
      assertThat(stranger.lookup(subject, schema)).contains(id);
      assertThat(stranger.register(subject, schema)).isEqualTo(id);
    }
  }

  @Test
  void looksUpOnlyWhatIsThere() {
    assertThat(client.lookup(subject, record(LONG_A))).isEmpty();
    int id = client.register(subject, record(LONG_A));
    assertThat(client.lookup(subject, record(LONG_B))).isEmpty();
    assertThat(client.lookup(subject, record(LONG_A))).contains(id);
  }

  @Test
  void doesNotKnowGarbageIds() {
    assertThatThrownBy(() -> client.byId(1_234_567))
        .isInstanceOf(RegistryException.NotFound.class)
        .hasMessageContainingAll("1234567", registry.url());
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryLevel(CompatibilityLevel level) {
    String own = subject + level;
    // Apicurio's own default.
    assertThat(client.compatibility(own)).isEqualTo(CompatibilityLevel.NONE);
    client.register(own, record(LONG_A));
    assertThat(client.compatibility(own)).isEqualTo(CompatibilityLevel.NONE);
    client.setCompatibility(own, level);
    assertThat(client.compatibility(own)).isEqualTo(level);
    client.setCompatibility(own, CompatibilityLevel.NONE);
    assertThat(client.compatibility(own)).isEqualTo(CompatibilityLevel.NONE);
  }

  @Test
  void aLevelMayComeBeforeTheFirstVersion() {
    client.setCompatibility(subject, CompatibilityLevel.FULL_TRANSITIVE);
    assertThat(client.compatibility(subject)).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
    assertThat(client.checkCompatible(subject, record(LONG_A)).compatible()).isTrue();
    client.register(subject, record(LONG_A));
    refuses(record(LONG_A, LONG_B));
  }

  @Test
  void fullTransitiveAllowsOnlyWhatBothSidesCanRead() {
    client.register(subject, record(LONG_A));
    client.setCompatibility(subject, CompatibilityLevel.FULL_TRANSITIVE);
    refuses(record(LONG_A, LONG_B));
    refuses(record());
    accepts(record(LONG_A, LONG_B_DEFAULT));
    accepts(record(LONG_A));
    // Fine with the last version, not with the one before.
    refuses(record(LONG_A, STRING_B_DEFAULT));
  }

  @Test
  void backwardTransitiveComparesWithEveryVersion() {
    client.register(subject, record());
    client.setCompatibility(subject, CompatibilityLevel.BACKWARD_TRANSITIVE);
    accepts(record(LONG_B_DEFAULT));
    // It reads what the last version wrote, but in what the first one wrote there is no b.
    refuses(record(LONG_B));
    client.setCompatibility(subject, CompatibilityLevel.BACKWARD);
    accepts(record(LONG_B));
  }

  private void accepts(Schema schema) {
    assertThat(client.checkCompatible(subject, schema)).matches(Compatibility::compatible);
    assertThat(client.register(subject, schema)).isPositive();
  }

  private void refuses(Schema schema) {
    assertThat(client.checkCompatible(subject, schema).compatible()).isFalse();
    assertThatThrownBy(() -> client.register(subject, schema))
        .isInstanceOfSatisfying(
            RegistryException.Incompatible.class,
            e -> {
              assertThat(e.subject()).isEqualTo(subject);
              assertThat(e.messages()).anyMatch(message -> message.contains("Incompatible"));
            })
        .hasMessageContainingAll(subject, registry.url());
    assertThat(client.lookup(subject, schema)).isEmpty();
  }

  private static Schema record(String... fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"io.holdfast.test\",\"fields\":["
                + String.join(",", fields)
                + "]}");
  }
}
