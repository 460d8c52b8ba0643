package io.holdfast.wire;

import io.holdfast.avro.Commands;
import io.holdfast.avro.Events;
import io.holdfast.avro.Outcomes;
import io.holdfast.avro.Reports;
import io.holdfast.avro.State;
import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.model.Address;
import io.holdfast.domain.model.Drift;
import io.holdfast.domain.model.FormerRule;
import io.holdfast.domain.model.Gateway;
import io.holdfast.domain.model.Holding;
import io.holdfast.domain.model.Node;
import io.holdfast.domain.model.Pool;
import io.holdfast.domain.model.PoolUse;
import io.holdfast.domain.model.Quota;
import io.holdfast.domain.model.Rule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.Waiter;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.report.ReportMeta;
import io.holdfast.schemas.registry.CompatibilityLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Protocol;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Every record type of the wire: its topic, its schema, the Java record it becomes. */
public final class Contract {
  public static final String COMMANDS = "holdfast.commands";
  public static final String REPORTS = "holdfast.reports";
  public static final String EVENTS = "holdfast.events";
  public static final String OUTCOMES = "holdfast.outcomes";
  public static final String DEAD_LETTERS = "holdfast.dead-letters";

  /** Not a topic: the subject prefix of what the stores and their changelogs hold. */
  public static final String STATE = "holdfast.state";

  private Contract() {}

  /**
   * One record type.
   *
   * @param meta class of the meta that a message of this type carries, or null if it is a plain
   *     record
   */
  public record Type(String topic, Schema schema, @Nullable Class<?> meta, Class<?> body) {
    /** Subject by Confluent's TopicRecordNameStrategy, with the record's simple name. */
    public String subject() {
      return topic + "-" + schema.getName();
    }

    /** The level this subject is held to. */
    public CompatibilityLevel compatibility() {
      return topic.equals(EVENTS)
          ? CompatibilityLevel.FULL_TRANSITIVE
          : CompatibilityLevel.BACKWARD_TRANSITIVE;
    }
  }

  /** All of them. */
  public static List<Type> types() {
    Conversions.registerNames();
    List<Type> types = new ArrayList<>();
    messages(types, COMMANDS, Commands.PROTOCOL, CommandMeta.class, Command.class);
    messages(types, REPORTS, Reports.PROTOCOL, ReportMeta.class, Report.class);
    messages(types, EVENTS, Events.PROTOCOL, EventMeta.class, Event.class);
    messages(types, OUTCOMES, Outcomes.PROTOCOL, OutcomeMeta.class, Outcome.class);
    types.add(
        new Type(DEAD_LETTERS, schema(Outcomes.PROTOCOL, "DeadLetter"), null, DeadLetter.class));
    for (Class<?> value :
        List.of(
            Pool.class,
            PoolUse.class,
            Address.class,
            Rule.class,
            FormerRule.class,
            RuleKey.class,
            Gateway.class,
            Node.class,
            Holding.class,
            Quota.class,
            Waiter.class,
            Drift.class,
            NetworkHead.class,
            Held.class)) {
      types.add(new Type(STATE, schema(State.PROTOCOL, value.getSimpleName()), null, value));
    }
    types.add(
        new Type(STATE, schema(State.PROTOCOL, "StoredAccepted"), null, Outcome.Accepted.class));
    types.add(
        new Type(STATE, schema(State.PROTOCOL, "StoredRejected"), null, Outcome.Rejected.class));
    return types;
  }

  private static void messages(
      List<Type> types, String topic, Protocol protocol, Class<?> meta, Class<?> sealed) {
    Arrays.stream(sealed.getPermittedSubclasses())
        .filter(
            body -> protocol.getType(protocol.getNamespace() + "." + body.getSimpleName()) != null)
        .map(body -> new Type(topic, schema(protocol, body.getSimpleName()), meta, body))
        .forEach(types::add);
  }

  private static Schema schema(Protocol protocol, String name) {
    Schema schema = protocol.getType(protocol.getNamespace() + "." + name);
    if (schema == null) {
      throw new IllegalStateException(
          "the IDL of " + protocol.getName() + " has no record " + name);
    }
    // Parsed again: the generated classes were loaded before Avro knew our logical types.
    return new Schema.Parser().parse(schema.toString());
  }
}
