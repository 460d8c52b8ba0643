package io.holdfast.allocator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.outcome.Grant;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Place;
import io.holdfast.domain.outcome.Refusal;
import io.javalin.http.Context;
import java.util.Map;
import java.util.TreeMap;

/** Outcomes as HTTP answers. */
final class OutcomeJson {
  private OutcomeJson() {}

  /**
   * @param created status of a change that was made
   */
  static void write(Context ctx, String commandId, Outcome outcome, int created) {
    switch (outcome) {
      case Outcome.Accepted accepted ->
          Answers.write(ctx, accepted.changed() ? created : 200, accepted(commandId, accepted));
      case Outcome.Rejected rejected -> {
        int status = CommandStatus.of(rejected.refusal().code());
        Problem.write(ctx, status, rejected(commandId, status, rejected));
      }
    }
  }

  private static ObjectNode accepted(String commandId, Outcome.Accepted accepted) {
    ObjectNode node = Json.object();
    node.put("commandId", commandId);
    node.put("changed", accepted.changed()).put("sequence", accepted.sequence());
    ArrayNode grants = node.putArray("grants");
    for (Grant grant : accepted.grants()) {
      grants
          .addObject()
          .put("ip", grant.ip().toString())
          .put("tenure", grant.tenure())
          .put("pool", grant.pool());
    }
    Place place = accepted.waiting();
    if (place != null) {
      ObjectNode waiting = node.putObject("waiting");
      waiting.put("ticket", place.ticket()).put("position", place.position());
      Json.putTime(waiting, "deadline", place.deadline());
    }
    if (!accepted.details().isEmpty()) {
      ObjectNode details = node.putObject("details");
      new TreeMap<>(accepted.details()).forEach(details::put);
    }
    return node;
  }

  private static ObjectNode rejected(String commandId, int status, Outcome.Rejected rejected) {
    Refusal refusal = rejected.refusal();
    ObjectNode node =
        new Problem(
                status,
                refusal.code().name(),
                refusal.message(),
                refusal.field(),
                refusal.value(),
                refusal.allowed(),
                false)
            .json();
    node.put("commandId", commandId).put("sequence", rejected.sequence());
    ObjectNode details = node.putObject("details");
    refusal.details().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> details.put(e.getKey(), e.getValue()));
    return node;
  }
}
