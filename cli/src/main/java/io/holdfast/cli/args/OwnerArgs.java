package io.holdfast.cli.args;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that name an owner, in one word or part by part. */
public final class OwnerArgs {
  @Option(
      names = "--owner",
      paramLabel = "OWNER",
      converter = OwnerKey.Converter.class,
      description = "The owner: tenant/kind/[namespace/]name[#uid].")
  private @Nullable OwnerKey owner;

  @Option(names = "--tenant", paramLabel = "TENANT", description = "... or part by part: tenant,")
  private @Nullable String tenant;

  @Option(names = "--kind", paramLabel = "KIND", description = "kind (Pod, VirtualMachine ...),")
  private @Nullable String kind;

  @Option(
      names = "--namespace",
      paramLabel = "NAMESPACE",
      description = "namespace (may be left out),")
  private @Nullable String namespace;

  @Option(names = "--name", paramLabel = "NAME", description = "name,")
  private @Nullable String name;

  @Option(names = "--uid", paramLabel = "UID", description = "and unique id (may be left out).")
  private @Nullable String uid;

  /** The owner that was named; null if none was. */
  public @Nullable OwnerKey get(CommandSpec command) {
    boolean parts =
        tenant != null || kind != null || namespace != null || name != null || uid != null;
    if (owner != null && parts) {
      throw usage(command, "name the owner by --owner or by its parts, not both");
    }
    if (!parts) {
      return owner;
    }
    if (tenant == null || kind == null || name == null) {
      List<String> missing = new ArrayList<>();
      if (tenant == null) {
        missing.add("--tenant");
      }
      if (kind == null) {
        missing.add("--kind");
      }
      if (name == null) {
        missing.add("--name");
      }
      throw usage(command, "an owner needs " + String.join(" and ", missing) + " too");
    }
    return new OwnerKey(tenant, kind, orEmpty(namespace), name, orEmpty(uid));
  }

  /** The owner that was named. */
  public OwnerKey require(CommandSpec command) {
    OwnerKey named = get(command);
    if (named == null) {
      throw usage(command, "whose is it to be? Give --owner tenant/kind/[namespace/]name[#uid]");
    }
    return named;
  }

  private static String orEmpty(@Nullable String s) {
    return s == null ? "" : s;
  }

  private static ParameterException usage(CommandSpec command, String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
