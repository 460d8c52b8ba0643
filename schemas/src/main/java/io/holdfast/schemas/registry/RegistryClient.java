package io.holdfast.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Schemas and their ids, from a registry that speaks Confluent's REST API.
 *
 * <p>Safe for many threads. What a registry never changes (the schema of an id, the id of a schema
 * in a subject) is asked once and kept; callers that want the same thing together make one request.
 * Connection failures, 5xx and 429 are tried again, with every instance, for {@link
 * RegistryConfig#totalTimeout()}; other refusals never.
 *
 * <p>Every method throws {@link RegistryException.Unreachable} when no instance answers in time,
 * {@link RegistryException.Unauthorized} for 401 and 403, {@link RegistryException.Rejected} for
 * other refusals, and {@link RegistryException.Unintelligible} for answers that are none; further
 * ones are named where they can occur.
 */
public final class RegistryClient implements AutoCloseable {
  private final Transport transport;
  private final String where;
  private final OnceCache<Integer, Schema> schemas = new OnceCache<>();
  private final OnceCache<SubjectSchema, Integer> registered = new OnceCache<>();

  /** Not the same as above: who registers must not share the failure of somebody who only looks. */
  private final OnceCache<SubjectSchema, Integer> lookedUp = new OnceCache<>();

  private final UnknownIds unknownIds;

  /** Documentation and aliases count: Avro's own equality of schemas does not see them. */
  private record SubjectSchema(String subject, String schema) {}

  /**
   * Makes a client; asks nothing yet.
   *
   * @throws IllegalArgumentException when the trust store cannot be used
   */
  public RegistryClient(RegistryConfig config) {
    this.transport = new Transport(config);
    this.where = config.urls().toString();
    this.unknownIds = new UnknownIds(config.unknownIdTtl(), System::nanoTime);
  }

  /**
   * Makes a schema the newest version of a subject, unless it is a version already, and gives its
   * id. Each call turns the schema into text: who writes many records keeps the id.
   *
   * @throws RegistryException.Incompatible when the subject's level forbids it
   */
  public int register(String subject, Schema schema) {
    var key = new SubjectSchema(subject, schema.toString());
    return registered.get(key, () -> registerNow(key, schema));
  }

  private int registerNow(SubjectSchema key, Schema schema) {
    String what = "registering a schema for subject " + key.subject();
    Answer answer =
        transport.send(what, "POST", "/subjects/" + encode(key.subject()) + "/versions", body(key));
    if (answer.status() == 409) {
      throw new RegistryException.Incompatible(key.subject(), answer.url(), answer.messages());
    }
    int id = ok(answer, what).field("id", what).asInt();
    schemas.put(id, schema);
    lookedUp.put(key, id);
    return id;
  }

  /**
   * The schema with this id.
   *
   * @throws RegistryException.NotFound when the registry does not know it, or did not a moment ago
   */
  public Schema byId(int id) {
    Schema known = schemas.peek(id);
    if (known != null) {
      return known;
    }
    if (id < 0 || unknownIds.contains(id)) {
      throw new RegistryException.NotFound("schema id " + id, where);
    }
    return schemas.get(id, () -> askById(id));
  }

  private Schema askById(int id) {
    String what = "schema id " + id;
    Answer answer = transport.send(what, "GET", "/schemas/ids/" + id, null);
    if (answer.status() == 404) {
      unknownIds.add(id);
    }
    ok(answer, what);
    String type = answer.body().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new RegistryException.Unintelligible(
          what, answer.url(), "it is " + type + ", not AVRO", null);
    }
    try {
      return new Schema.Parser().parse(answer.field("schema", what).asText());
    } catch (SchemaParseException e) {
      throw new RegistryException.Unintelligible(what, answer.url(), "it is no Avro schema", e);
    } catch (AvroRuntimeException e) {
      throw new RegistryException.Unintelligible(what, answer.url(), "Avro refuses it", e);
    }
  }

  /** The id of a schema if it is a version of the subject already. */
  public Optional<Integer> lookup(String subject, Schema schema) {
    var key = new SubjectSchema(subject, schema.toString());
    try {
      return Optional.of(lookedUp.get(key, () -> lookupNow(key, schema)));
    } catch (RegistryException.NotFound e) {
      return Optional.empty();
    }
  }

  private int lookupNow(SubjectSchema key, Schema schema) {
    String what = "looking up a schema in subject " + key.subject();
    Answer answer =
        ok(transport.send(what, "POST", "/subjects/" + encode(key.subject()), body(key)), what);
    int id = answer.field("id", what).asInt();
    schemas.put(id, schema);
    return id;
  }

  /**
   * Whether the schema may become the next version, by the subject's level. A subject without
   * versions takes anything.
   */
  public Compatibility checkCompatible(String subject, Schema schema) {
    String what = "checking a schema against subject " + subject;
    // Confluent's registry takes the versions that count from the level; Apicurio takes them from
    // the path alone.
    String versions = compatibility(subject).isTransitive() ? "/versions" : "/versions/latest";
    String path = "/compatibility/subjects/" + encode(subject) + versions + "?verbose=true";
    Answer answer =
        transport.send(what, "POST", path, body(new SubjectSchema(subject, schema.toString())));
    if (answer.status() == 404) {
      return new Compatibility(true, List.of());
    }
    boolean compatible = ok(answer, what).field("is_compatible", what).asBoolean();
    return new Compatibility(compatible, compatible ? List.of() : answer.messages());
  }

  /** Sets the subject's level; it need not have a version yet. */
  public void setCompatibility(String subject, CompatibilityLevel level) {
    JsonNode body = transport.object().put("compatibility", level.name());
    String what = "setting the compatibility of subject " + subject;
    String path = "/config/" + encode(subject);
    Answer answer = transport.send(what, "PUT", path, body);
    if (answer.status() == 409) {
      // Apicurio, when somebody else sets the subject's first level in the same moment. Now there
      // is one, which can be changed.
      answer = transport.send(what, "PUT", path, body);
    }
    ok(answer, what);
  }

  /**
   * The level that holds for a subject: its own, else the registry's. (Apicurio does not tell the
   * two apart, so neither do we.)
   */
  public CompatibilityLevel compatibility(String subject) {
    String what = "compatibility of subject " + subject;
    Answer answer =
        transport.send(what, "GET", "/config/" + encode(subject) + "?defaultToGlobal=true", null);
    if (answer.status() == 404) {
      // Apicurio knows no level of a subject it does not know.
      answer = transport.send(what, "GET", "/config", null);
    }
    String level = ok(answer, what).field("compatibilityLevel", what).asText();
    try {
      return CompatibilityLevel.valueOf(level);
    } catch (IllegalArgumentException e) {
      throw new RegistryException.Unintelligible(what, answer.url(), "unknown level " + level, e);
    }
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    transport.close();
  }

  private static Answer ok(Answer answer, String what) {
    if (!answer.ok()) {
      throw answer.failure(what);
    }
    return answer;
  }

  private JsonNode body(SubjectSchema key) {
    return transport.object().put("schema", key.schema());
  }

  private static String encode(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
