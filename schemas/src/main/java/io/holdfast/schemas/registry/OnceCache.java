package io.holdfast.schemas.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was loaded for ever. Callers who miss the same key together share one load, and its
 * failure.
 */
final class OnceCache<K, V> {
  private final ConcurrentHashMap<K, CompletableFuture<V>> entries = new ConcurrentHashMap<>();

  V get(K key, Supplier<V> load) {
    var mine = new CompletableFuture<V>();
    CompletableFuture<V> found = entries.putIfAbsent(key, mine);
    if (found != null) {
      return await(found);
    }
    try {
      V value = load.get();
      mine.complete(value);
      return value;
    } catch (RuntimeException | Error e) {
      // Out first: who comes now must try again rather than find an old failure.
      entries.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  /** What is known already, without loading. */
  @Nullable V peek(K key) {
    CompletableFuture<V> found = entries.get(key);
    return found != null && found.state() == Future.State.SUCCESS ? found.resultNow() : null;
  }

  /** What is known already wins. */
  void put(K key, V value) {
    entries.putIfAbsent(key, CompletableFuture.completedFuture(value));
  }

  /** Not longer than one load, and that is bounded by the total time of a call. */
  private static <V> V await(CompletableFuture<V> found) {
    try {
      return found.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RegistryException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
