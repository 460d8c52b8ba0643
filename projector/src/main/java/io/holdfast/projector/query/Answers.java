package io.holdfast.projector.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What every answer carries: of which network, and how far that is projected. */
final class Answers {
  private Answers() {}

  /** A network, as the database knows it. */
  record Network(int id, String name, ObjectNode asOf) {
    ObjectNode answer() {
      ObjectNode answer = JsonRow.JSON.createObjectNode().put("network", name);
      answer.set("asOf", asOf);
      return answer;
    }

    /** An answer for a time: with a warning if the projection has not got there. */
    ObjectNode answer(Instant at) {
      ObjectNode answer = answer().put("at", at.toString());
      String last = asOf.path("at").asText("");
      if (asOf.has("stopped") && (last.isEmpty() || at.isAfter(Instant.parse(last)))) {
        answer.put(
            "warning",
            "the projection of this network stopped after event "
                + asOf.path("sequence").asLong()
                + ": "
                + asOf.path("stopped").asText()
                + ". What came later is not in this answer");
      }
      return answer;
    }
  }

  static Network network(Handle handle, String name) {
    return handle
        .createQuery("SELECT id, sequence, at, stopped_why AS stopped FROM network WHERE name = ?")
        .bind(0, name)
        .map(new JsonRow())
        .findOne()
        .map(row -> {
          int id = row.path("id").asInt();
          row.remove("id");
          return new Network(id, name, row);
        })
        .orElseThrow(
            () -> AuditFault.unknown("NetworkUnknown", "network " + name + " has no events here"));
  }

  /** At most {@code limit} items, and where to go on if there are more. */
  static void page(
      ObjectNode answer, List<ObjectNode> rows, int limit, Function<ObjectNode, String> key) {
    ArrayNode items = answer.putArray("items");
    rows.stream().limit(limit).forEach(items::add);
    if (rows.size() > limit) {
      answer.put("next", key.apply(rows.get(limit - 1)));
    }
  }
}
