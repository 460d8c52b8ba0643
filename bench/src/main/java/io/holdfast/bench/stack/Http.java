package io.holdfast.bench.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A client of the HTTP API. */
public final class Http implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final URI base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  public Http(URI base) {
    this.base = base;
  }

  /** Returns the status. */
  public int get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(base.resolve(path)).GET());
  }

  /** Has a pool; returns the status. */
  public int definePool(String network, String range) throws IOException, InterruptedException {
    return command(
        network,
        "DefinePool",
        "{\"pool\": \"p\", \"family\": \"V4\", \"ranges\": [\""
            + range
            + "\"], \"cooldownMs\": 0}");
  }

  /** Has so many addresses allocated to an owner; returns the status. */
  public int allocate(String network, String owner, int count)
      throws IOException, InterruptedException {
    return command(
        network,
        "AllocateEip",
        "{\"pools\": [\"p\"], \"count\": "
            + count
            + ", \"owner\": {\"tenant\": \"bench\", \"kind\": \"Pod\", \"name\": \""
            + owner
            + "\"}}");
  }

  private int command(String network, String command, String fields)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(base.resolve("/v1/networks/" + network + "/commands/" + command))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(fields)));
  }

  private int send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client
        .send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
