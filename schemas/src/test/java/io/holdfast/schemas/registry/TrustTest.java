package io.holdfast.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.schemas.registry.ScriptedRegistry.Reply;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
  private static final Schema LONG = Schema.create(Schema.Type.LONG);
  private static final String PASSWORD = "changeit";

  @TempDir Path dir;
  private Path keys = Path.of("");
  private Path pem = Path.of("");
  private Path store = Path.of("");

  @BeforeEach
  void makeCertificate() throws Exception {
    keys = dir.resolve("keys.p12");
    pem = dir.resolve("ca.pem");
    store = dir.resolve("trust.p12");
    keytool(
        keys,
        "-genkeypair",
        "-alias",
        "s",
        "-keyalg",
        "EC",
        "-dname",
        "CN=registry",
        "-ext",
        "san=ip:127.0.0.1");
    keytool(keys, "-exportcert", "-alias", "s", "-rfc", "-file", pem.toString());
    keytool(store, "-importcert", "-noprompt", "-alias", "s", "-file", pem.toString());
  }

  @Test
  void believesAPemFileAPkcs12StoreAndAContext() throws Exception {
    Trust store12 = new Trust.Pkcs12(store, PASSWORD);
    try (var server = server()) {
      for (Trust trust :
          List.of(new Trust.Pem(pem), store12, new Trust.Custom(store12.sslContext()))) {
        try (var client = new RegistryClient(RegistryConfig.of(server.url()).withTrust(trust))) {
          assertThat(client.register("s", LONG)).isEqualTo(7);
        }
      }
    }
  }

  @Test
  void believesNobodyElse() throws Exception {
    try (var server = server();
        var client = new RegistryClient(RegistryConfig.of(server.url()))) {
      long begin = System.nanoTime();
      assertThatThrownBy(() -> client.register("s", LONG))
          .isInstanceOf(RegistryException.Unreachable.class)
          .hasMessageContaining("SSLHandshakeException");
      // Trying for the whole total time (30 s) would be no use.
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      assertThat(server.asked()).isEmpty();
    }
  }

  @Test
  void checksTheHostName() throws Exception {
    try (var server = server()) {
      URI otherName = URI.create(server.url().toString().replace("127.0.0.1", "localhost"));
      try (var client =
          new RegistryClient(RegistryConfig.of(otherName).withTrust(new Trust.Pem(pem)))) {
        assertThatThrownBy(() -> client.register("s", LONG))
            .isInstanceOf(RegistryException.Unreachable.class);
      }
    }
  }

  @Test
  void namesAFileThatIsOfNoUse() throws Exception {
    Path empty = Files.createFile(dir.resolve("empty.pem"));
    for (Path file : List.of(empty, dir.resolve("absent.pem"))) {
      assertThatThrownBy(() -> new Trust.Pem(file).sslContext())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(file.getFileName().toString());
    }
    assertThatThrownBy(() -> new Trust.Pkcs12(store, "wr0ng").sslContext())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trust.p12")
        .hasMessageNotContaining("wr0ng");
  }

  private ScriptedRegistry server() throws Exception {
    KeyStore keyStore = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      keyStore.load(in, PASSWORD.toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keyStore, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return new ScriptedRegistry(context, (n, asked) -> Reply.id(7));
  }

  private void keytool(Path keystore, String... args) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(args));
    command.addAll(
        List.of("-storetype", "PKCS12", "-keystore", keystore.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
