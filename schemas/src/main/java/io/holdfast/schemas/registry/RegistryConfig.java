package io.holdfast.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach a registry.
 *
 * @param urls base URLs of instances of one registry, tried in this order until one answers
 * @param credentials for basic authentication, sent unasked
 * @param trust certificates believed with https
 * @param connectTimeout limit for one connection
 * @param requestTimeout limit for one request and its answer
 * @param totalTimeout limit for one call of ours with all its attempts; after it {@link
 *     RegistryException.Unreachable}
 * @param unknownIdTtl how long an id the registry does not know is answered from memory, so that
 *     records with garbage ids do not become a request each; zero asks every time
 */
public record RegistryConfig(
    List<URI> urls,
    Optional<Credentials> credentials,
    Trust trust,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration totalTimeout,
    Duration unknownIdTtl) {

  /**
   * Checks the URLs.
   *
   * @throws IllegalArgumentException without a URL, with one that is not http(s), or one that
   *     carries a password
   */
  public RegistryConfig {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("a registry needs at least one URL");
    }
    for (URI url : urls) {
      if (url.getUserInfo() != null) {
        // It would end up in logs and error messages.
        throw new IllegalArgumentException(
            "put user and password of " + url.getHost() + " in the credentials");
      }
      if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
        throw new IllegalArgumentException("not an http(s) URL: " + url);
      }
    }
  }

  /**
   * No credentials, the JDK's certificates, 2 s to connect, 5 s a request, 30 s in all, unknown ids
   * kept 10 s.
   */
  public static RegistryConfig of(URI... urls) {
    return new RegistryConfig(
        List.of(urls),
        Optional.empty(),
        new Trust.Jdk(),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10));
  }

  /** The same, with basic authentication. */
  public RegistryConfig withCredentials(String user, String password) {
    var given = Optional.of(new Credentials(user, password));
    return new RegistryConfig(
        urls, given, trust, connectTimeout, requestTimeout, totalTimeout, unknownIdTtl);
  }

  /** The same, believing these certificates. */
  public RegistryConfig withTrust(Trust given) {
    return new RegistryConfig(
        urls, credentials, given, connectTimeout, requestTimeout, totalTimeout, unknownIdTtl);
  }

  /** The same, with these limits. */
  public RegistryConfig withTimeouts(Duration connect, Duration request, Duration total) {
    return new RegistryConfig(urls, credentials, trust, connect, request, total, unknownIdTtl);
  }

  /** The same, remembering unknown ids this long. */
  public RegistryConfig withUnknownIdTtl(Duration ttl) {
    return new RegistryConfig(
        urls, credentials, trust, connectTimeout, requestTimeout, totalTimeout, ttl);
  }
}
