package io.holdfast.allocator.service;

import io.holdfast.allocator.service.AllocatorApi.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits for the answer to which command. Ids are unique within a network only, and a client
 * that repeats a command may wait for the same answer more than once. Thread-safe.
 */
final class Waiting {
  private record Key(String network, String commandId) {}

  private final Map<Key, List<CompletableFuture<Answer>>> callers = new HashMap<>();

  synchronized CompletableFuture<Answer> add(String network, String commandId) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    callers.computeIfAbsent(new Key(network, commandId), key -> new ArrayList<>()).add(answer);
    return answer;
  }

  /** One caller waits no longer; others go on. */
  synchronized void remove(String network, String commandId, CompletableFuture<Answer> answer) {
    answer.cancel(false);
    Key key = new Key(network, commandId);
    List<CompletableFuture<Answer>> waiting = callers.get(key);
    if (waiting != null && waiting.removeIf(CompletableFuture::isDone) && waiting.isEmpty()) {
      callers.remove(key);
    }
  }

  /** Those who wait for this answer; from now on they do not. */
  synchronized List<CompletableFuture<Answer>> take(String network, String commandId) {
    List<CompletableFuture<Answer>> taken = callers.remove(new Key(network, commandId));
    return taken == null ? List.of() : taken;
  }
}
