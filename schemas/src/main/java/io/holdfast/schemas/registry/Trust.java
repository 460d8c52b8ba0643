package io.holdfast.schemas.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Which certificates of the registry we believe. Host names are checked in every case. */
public sealed interface Trust {

  /** Those this JDK believes. */
  record Jdk() implements Trust {}

  /** Whatever the application has set up, client certificates included. */
  record Custom(SSLContext context) implements Trust {}

  /** Those issued by the certificates in a PEM file, and no others. */
  record Pem(Path file) implements Trust {}

  /** Those issued by the certificates in a PKCS12 trust store, and no others. */
  record Pkcs12(Path file, String password) implements Trust {
    @Override
    public String toString() {
      return "Pkcs12[" + file + "]";
    }
  }

  /**
   * The TLS context that this stands for.
   *
   * @throws IllegalArgumentException when the file cannot be read or holds no certificate
   */
  default SSLContext sslContext() {
    try {
      return switch (this) {
        case Jdk() -> SSLContext.getDefault();
        case Custom(SSLContext context) -> context;
        case Pem(Path file) -> trusting(pem(file), file);
        case Pkcs12(Path file, String password) -> trusting(pkcs12(file, password), file);
      };
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "cannot use " + this + " as trust store: " + e.getMessage(), e);
    }
  }

  private static KeyStore pem(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + store.size(), certificate);
      }
    }
    return store;
  }

  private static KeyStore pkcs12(Path file, String password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    return store;
  }

  private static SSLContext trusting(KeyStore store, Path file) throws GeneralSecurityException {
    if (store.size() == 0) {
      throw new IllegalArgumentException("no certificate in " + file);
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
