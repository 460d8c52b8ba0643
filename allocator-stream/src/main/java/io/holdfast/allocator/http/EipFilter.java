package io.holdfast.allocator.http;

import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.model.Phase;
import io.holdfast.domain.model.Tenancy;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses a list shows; null lets all through.
 *
 * @param tags empty lets all through
 * @param owner {@code tenant/kind/[namespace/]name[#uid]}, or the owner's name or uid alone
 */
record EipFilter(
    @Nullable Phase phase,
    @Nullable String pool,
    @Nullable String tenant,
    @Nullable String gateway,
    @Nullable String owner,
    Map<String, String> tags,
    @Nullable Boolean ready) {

  static final String[] PARAMETERS = {
    "phase", "pool", "tenant", "gateway", "owner", "tag", "ready", "limit", "after"
  };

  static EipFilter of(Context ctx) {
    return new EipFilter(
        phase(Params.text(ctx, "phase")),
        Params.text(ctx, "pool"),
        Params.text(ctx, "tenant"),
        Params.text(ctx, "gateway"),
        Params.text(ctx, "owner"),
        tags(ctx),
        Params.flag(ctx, "ready"));
  }

  /** All of them must be there: {@code key=value}. */
  private static Map<String, String> tags(Context ctx) {
    Map<String, String> tags = new HashMap<>();
    for (String text : ctx.queryParams("tag")) {
      int equals = text.indexOf('=');
      String key = equals < 1 ? "" : text.substring(0, equals);
      if (key.isEmpty() || tags.put(key, text.substring(equals + 1)) != null) {
        throw ProblemException.invalid("tag", text, "key=value, each key once");
      }
    }
    return Map.copyOf(tags);
  }

  private static @Nullable Phase phase(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (Phase phase : Phase.values()) {
      if (ModelJson.phase(phase).equals(text)) {
        return phase;
      }
    }
    throw ProblemException.invalid(
        "phase",
        text,
        "one of "
            + Arrays.stream(Phase.values())
                .map(ModelJson::phase)
                .collect(Collectors.joining(", ")));
  }

  /** All but readiness, which costs more to know. */
  boolean lets(Address address) {
    Tenancy tenancy = address.tenancy();
    return (phase == null || phase == address.phase())
        && (pool == null || pool.equals(address.pool()))
        && (tenant == null || (tenancy != null && tenant.equals(tenancy.owner().tenant())))
        && (owner == null || (tenancy != null && isOwner(owner, tenancy.owner())))
        && (tags.isEmpty() || (tenancy != null && hasTags(tenancy)))
        && (gateway == null || isOn(gateway, address));
  }

  private boolean hasTags(Tenancy tenancy) {
    return tenancy.terms().tags().entrySet().containsAll(tags.entrySet());
  }

  private static boolean isOn(String gateway, Address address) {
    Tenancy tenancy = address.tenancy();
    return (tenancy != null && gateway.equals(tenancy.gateway())) || address.on(gateway) != null;
  }

  private static boolean isOwner(String asked, Owner owner) {
    String path =
        owner.tenant()
            + "/"
            + owner.kind()
            + "/"
            + (owner.namespace().isEmpty() ? "" : owner.namespace() + "/")
            + owner.name();
    return asked.equals(path)
        || asked.equals(path + "#" + owner.uid())
        || asked.equals(owner.name())
        || asked.equals(owner.uid());
  }
}
