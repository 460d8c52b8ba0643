package io.holdfast.cli.verbs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.client.HoldfastClient;
import io.holdfast.cli.client.Json;
import io.holdfast.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code holdfast pool set}. */
@Command(
    name = "set",
    description = {
      "Change settings of a pool; those that are not named stay as they are.",
      "What it covers is changed by resize."
    },
    footer = {
      "",
      "Example:",
      "  holdfast pool set public --policy sticky --cross-tenant-cooldown 24h --label tier=gold"
    })
final class PoolSetVerb extends VerbGroup implements Callable<Integer> {
  @Parameters(paramLabel = "POOL", description = "Its name.")
  private String pool = "";

  @Mixin private final PoolSettings settings = new PoolSettings();

  @Option(
      names = "--remove-label",
      paramLabel = "KEY",
      split = ",",
      description = "Take this label away; may be repeated.")
  private @Nullable List<String> removed;

  @Override
  public Integer call() {
    // What is asked for is known without the pool: nothing has to be read to refuse nothing.
    if (!change(Json.object())) {
      throw new ParameterException(
          spec().commandLine(), "what is to be changed? For example --policy, --cooldown, --label");
    }
    Session s = session();
    ObjectNode fields = Json.object().put("pool", pool);
    JsonNode known;
    try (HoldfastClient client = s.client()) {
      known = client.get(s.query("pools", pool));
    }
    fields.setAll((ObjectNode) known.path("definition").deepCopy());
    change(fields);
    return s.change("DefinePool", fields, known.path("revision").asLong());
  }

  private boolean change(ObjectNode definition) {
    boolean changed = settings.putOver(definition);
    if (removed != null) {
      definition.withObjectProperty("labels").remove(removed);
      changed = true;
    }
    return changed;
  }
}
