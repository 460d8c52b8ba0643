package io.holdfast.cli.args;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.client.Json;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An owner in one word: {@code tenant/kind/[namespace/]name[#uid]}.
 *
 * @param namespace may be empty
 * @param uid may be empty
 */
public record OwnerKey(String tenant, String kind, String namespace, String name, String uid) {

  /** The owner as commands carry it. */
  public ObjectNode json() {
    ObjectNode o = Json.object().put("tenant", tenant).put("kind", kind);
    if (!namespace.isEmpty()) {
      o.put("namespace", namespace);
    }
    o.put("name", name);
    if (!uid.isEmpty()) {
      o.put("uid", uid);
    }
    return o;
  }

  /** Reads the one-word form. */
  public static final class Converter implements ITypeConverter<OwnerKey> {
    @Override
    public OwnerKey convert(String value) {
      int hash = value.indexOf('#');
      String path = hash < 0 ? value : value.substring(0, hash);
      String uid = hash < 0 ? "" : value.substring(hash + 1);
      String[] parts = path.split("/", -1);
      boolean shape = parts.length == 3 || parts.length == 4;
      for (String p : parts) {
        shape &= !p.isEmpty();
      }
      if (!shape || (hash >= 0 && uid.isEmpty())) {
        throw new TypeConversionException(
            "'"
                + value
                + "' is not tenant/kind/[namespace/]name[#uid], for example"
                + " acme/Pod/shop/front-0#7f0c");
      }
      return parts.length == 3
          ? new OwnerKey(parts[0], parts[1], "", parts[2], uid)
          : new OwnerKey(parts[0], parts[1], parts[2], parts[3], uid);
    }
  }
}
