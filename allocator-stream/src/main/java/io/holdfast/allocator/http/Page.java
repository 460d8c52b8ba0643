package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.allocator.service.AllocatorApi.View;
import io.holdfast.domain.state.OrderedTable;
import io.javalin.http.Context;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What part of a list is asked for. A list is scanned from a key, never held: a page stops at its
 * limit, or, if a filter lets little through, after a bounded number of entries.
 *
 * @param limit items at most
 * @param after token of the last key of the page before; null: from the start
 */
record Page(int limit, @Nullable String after) {
  /** Entries looked at for one page: a scan must not hold up the network's decisions. */
  static final int MAX_LOOKED_AT = 5_000;

  static final int MAX_LIMIT = 1_000;
  private static final int DEFAULT_LIMIT = 100;

  static Page of(Context ctx) {
    return new Page(
        (int) Params.number(ctx, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT), Params.text(ctx, "after"));
  }

  /**
   * The page.
   *
   * @param from where the list begins
   * @param to where it ends (excluded)
   * @param key reads a token
   * @param token writes one
   * @param item null: filtered out
   */
  <K extends Comparable<K>, V> ObjectNode scan(
      View view,
      OrderedTable<K, V> table,
      K from,
      K to,
      Function<String, K> key,
      Function<K, String> token,
      BiFunction<K, V, @Nullable ObjectNode> item) {
    K last = after == null ? null : key.apply(after);
    Scan<K, V> scan = new Scan<>(limit, last, item);
    table.scan(last == null || last.compareTo(from) < 0 ? from : last, to, scan);
    ObjectNode page = Json.object().put("sequence", view.head().sequence());
    page.set("items", scan.items);
    if (scan.more && scan.last != null) {
      page.put("next", token.apply(scan.last));
    }
    return page;
  }

  private static final class Scan<K extends Comparable<K>, V>
      implements OrderedTable.Visitor<K, V> {
    private final ArrayNode items = Json.array();
    private final int limit;
    private final @Nullable K after;
    private final BiFunction<K, V, @Nullable ObjectNode> item;
    private int lookedAt;
    private @Nullable K last;
    private boolean more;

    Scan(int limit, @Nullable K after, BiFunction<K, V, @Nullable ObjectNode> item) {
      this.limit = limit;
      this.after = after;
      this.item = item;
    }

    @Override
    public boolean visit(K key, V value) {
      if (key.equals(after)) {
        return true;
      }
      if (items.size() == limit || lookedAt == MAX_LOOKED_AT) {
        more = true;
        return false;
      }
      lookedAt++;
      last = key;
      ObjectNode shown = item.apply(key, value);
      if (shown != null) {
        items.add(shown);
      }
      return true;
    }
  }
}
