package io.holdfast.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks a registry whether it is ready, not just listening: until its journal is replayed, ids that
 * exist would be answered with 404.
 */
final class RegistryHealth {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final long PAUSE_MS = 30;

  private RegistryHealth() {}

  /** Whether it is ready within the limit; false as well if its process has left. */
  static boolean await(int managementPort, Process process, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    try (HttpClient client = client()) {
      while (!answersWell(client, managementPort)) {
        // Waiting for the exit is the pause between two attempts.
        if (process.waitFor(PAUSE_MS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
          return false;
        }
      }
      return true;
    }
  }

  /** Whether it is ready now. */
  static boolean isReady(int managementPort) {
    try (HttpClient client = client()) {
      return answersWell(client, managementPort);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private static boolean answersWell(HttpClient client, int managementPort)
      throws InterruptedException {
    var ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
            .timeout(ANSWER_LIMIT)
            .build();
    try {
      return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
