package io.holdfast.allocator.service;

import io.holdfast.allocator.service.AllocatorApi.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Who waits for the answer to which command. Ids are unique within a network only, and a client
 * that repeats a command may wait for the same answer more than once. Thread-safe.
 */
final class Waiting {
  private record Key(String network, String commandId) {}

  private final Map<Key, List<CompletableFuture<Answer>>> callers = new HashMap<>();

  synchronized CompletableFuture<Answer> add(String network, String commandId) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    callers.merge(
        new Key(network, commandId),
        List.of(answer),
        (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
    return answer;
  }

  /** One caller waits no longer; others go on. */
  synchronized void remove(String network, String commandId, CompletableFuture<Answer> answer) {
    callers.computeIfPresent(
        new Key(network, commandId),
        (key, before) -> {
          List<CompletableFuture<Answer>> left = before.stream().filter(f -> !f.equals(answer)).toList();
          return left.isEmpty() ? null : left;
        });
  }

  /** Those who wait for this answer, who are not waiting from now on. */
  synchronized List<CompletableFuture<Answer>> take(String network, String commandId) {
    List<CompletableFuture<Answer>> taken = callers.remove(new Key(network, commandId));
    return taken == null ? List.of() : taken;
  }
}
