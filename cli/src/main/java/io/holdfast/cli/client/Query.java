package io.holdfast.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A path with its query, built piece by piece so that no name can break out of its place. */
public final class Query {
  private final StringBuilder text = new StringBuilder();
  private char separator = '?';

  private Query() {}

  /** The path of these segments; each is escaped. */
  public static Query path(String... segments) {
    Query q = new Query();
    for (String s : segments) {
      q.text.append('/').append(escape(s));
    }
    return q;
  }

  /** A path below a network: {@code /v1/networks/{network}/...}. */
  public static Query network(String network, String... segments) {
    Query q = path("v1", "networks", network);
    for (String s : segments) {
      q.text.append('/').append(escape(s));
    }
    return q;
  }

  /** The same, to be changed apart from this. */
  public Query copy() {
    Query q = new Query();
    q.text.append(text);
    q.separator = separator;
    return q;
  }

  /** Adds a parameter; nothing if the value is null. */
  public Query with(String name, @Nullable Object value) {
    if (value != null) {
      text.append(separator).append(name).append('=').append(escape(value.toString()));
      separator = '&';
    }
    return this;
  }

  /** Adds a parameter {@code key=value} for each entry, by key. */
  public Query each(String name, @Nullable Map<String, String> entries) {
    if (entries != null) {
      new TreeMap<>(entries).forEach((key, value) -> with(name, key + "=" + value));
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  // URLEncoder is for forms: the one difference in a path or query is the blank.
  private static String escape(String s) {
    return URLEncoder.encode(s, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
