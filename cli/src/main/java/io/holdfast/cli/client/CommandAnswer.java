package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The committed answer to a command. */
public sealed interface CommandAnswer {
  /** The answer as the service gave it. */
  JsonNode document();

  /**
   * Done; the events are committed.
   *
   * @param changed false: all was as wished already, or it was a dry run
   * @param sequence the network's last sequence number after the command
   */
  record Accepted(
      String commandId, boolean changed, long sequence, List<Grant> grants, JsonNode document)
      implements CommandAnswer {
    public Accepted {
      grants = List.copyOf(grants);
    }

    static Accepted of(JsonNode document) {
      List<Grant> grants = new ArrayList<>();
      for (JsonNode g : document.path("grants")) {
        grants.add(
            new Grant(g.path("ip").asText(), g.path("tenure").asLong(), g.path("pool").asText()));
      }
      return new Accepted(
          document.path("commandId").asText(),
          document.path("changed").asBoolean(),
          document.path("sequence").asLong(),
          grants,
          document);
    }
  }

  /** Refused; the state is as if the command had never been. */
  record Refused(Problem problem) implements CommandAnswer {
    @Override
    public JsonNode document() {
      return problem.document();
    }
  }
}
