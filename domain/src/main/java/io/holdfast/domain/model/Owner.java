package io.holdfast.domain.model;

/**
 * Who holds an address. All five parts together are the owner key: the same owner asking again gets
 * the address it has, and an owner of the same name with another uid is another owner.
 *
 * @param tenant whose quota it counts on
 * @param kind what sort of thing it is, for example {@code Pod} or {@code VirtualMachine}
 * @param namespace may be empty
 * @param name its name
 * @param uid unique in time as well as in space; empty where the caller has none
 */
public record Owner(String tenant, String kind, String namespace, String name, String uid)
    implements Comparable<Owner>, Fingerprint.Entry {

  @Override
  public void addTo(Fingerprint f) {
    f.add(tenant).add(kind).add(namespace).add(name).add(uid);
  }

  @Override
  public int compareTo(Owner other) {
    int byTenant = tenant.compareTo(other.tenant);
    if (byTenant != 0) {
      return byTenant;
    }
    int byKind = kind.compareTo(other.kind);
    if (byKind != 0) {
      return byKind;
    }
    int byNamespace = namespace.compareTo(other.namespace);
    if (byNamespace != 0) {
      return byNamespace;
    }
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : uid.compareTo(other.uid);
  }

  @Override
  public String toString() {
    return tenant
        + "/"
        + kind
        + "/"
        + (namespace.isEmpty() ? "" : namespace + "/")
        + name
        + (uid.isEmpty() ? "" : " (" + uid + ")");
  }
}
