package io.holdfast.projector.query;

import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * An owner, or all owners of a tenant.
 *
 * @param kind null with {@code name}: all of the tenant
 */
public record OwnerFilter(
    String tenant, @Nullable String kind, @Nullable String namespace, @Nullable String name) {

  /**
   * Of {@code tenant/kind/name} or {@code tenant/kind/namespace/name}, a uid after a {@code #} is
   * not looked at.
   */
  public static OwnerFilter owner(String text) {
    int hash = text.indexOf('#');
    String[] parts = (hash < 0 ? text : text.substring(0, hash)).split("/", -1);
    if (parts.length != 3 && parts.length != 4) {
      throw AuditFault.invalid("owner", text, "tenant/kind/[namespace/]name");
    }
    return new OwnerFilter(
        parts[0], parts[1], parts.length == 4 ? parts[2] : "", parts[parts.length - 1]);
  }

  public static OwnerFilter tenant(String tenant) {
    return new OwnerFilter(tenant, null, null, null);
  }

  String and(String table) {
    return name == null
        ? ""
        : " AND %1$s.name = :name AND %1$s.kind = :kind AND %1$s.namespace = :namespace"
            .formatted(table);
  }

  void bind(Query query) {
    query.bind("tenant", tenant);
    if (name != null) {
      query.bind("name", name).bind("kind", kind).bind("namespace", namespace);
    }
  }
}
