package io.holdfast.agent.owner;

import io.holdfast.domain.model.Owner;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URL with places for the parts of an owner: {tenant} {kind} {namespace} {name} {uid}. */
public final class UrlTemplate {
  private static final Pattern PLACE = Pattern.compile("\\{([^}]*)}");
  private static final String ALLOWED =
      "an http or https URL with {name} or {uid}, and {tenant}, {kind}, {namespace} if wanted";

  private final String text;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public UrlTemplate(String text) {
    this.text = text;
    String example = fill(new Owner("tenant", "kind", "namespace", "name", "uid"));
    URI uri;
    try {
      uri = URI.create(example);
    } catch (IllegalArgumentException e) {
      throw wrong(text);
    }
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    // Without the owner in it every owner would get the same answer.
    if (!web || uri.getHost() == null || !(text.contains("{name}") || text.contains("{uid}"))) {
      throw wrong(text);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("'" + text + "' is not allowed; allowed: " + ALLOWED);
  }

  URI of(Owner owner) {
    return URI.create(fill(owner));
  }

  private String fill(Owner owner) {
    Map<String, String> parts =
        Map.of(
            "tenant", owner.tenant(),
            "kind", owner.kind(),
            "namespace", owner.namespace(),
            "name", owner.name(),
            "uid", owner.uid());
    return PLACE
        .matcher(text)
        .replaceAll(place -> {
          String value = parts.get(place.group(1));
          if (value == null) {
            throw wrong(text);
          }
          return Matcher.quoteReplacement(
              URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        });
  }
}
