package io.holdfast.projector.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.net.IpAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What auditors ask. Every answer is a JSON object with {@code network}, {@code asOf} (the last
 * event that is projected), and events cited by their sequence numbers.
 *
 * <p>All methods throw {@link AuditFault} for a question that makes no sense.
 */
public final class AuditQueries {
  private final Jdbi jdbi;

  public AuditQueries(DataSource source) {
    this.jdbi = Jdbi.create(source);
  }

  private <T> T ask(String network, java.util.function.BiFunction<Handle, Answers.Network, T> how) {
    return jdbi.withHandle(handle -> how.apply(handle, Answers.network(handle, network)));
  }

  /**
   * Who had an address; with a port, what it led to.
   *
   * @param protocol null: no port is asked about
   */
  public ObjectNode whoHad(
      String network, IpAddress ip, Instant at, @Nullable String protocol, @Nullable Integer port) {
    return ask(
        network,
        (handle, of) -> {
          ObjectNode answer = of.answer(at);
          answer.putArray("items").add(new WhoHad(handle, of.id(), at).of(ip, protocol, port));
          return answer;
        });
  }

  /** Which addresses an internal address was behind, and who had those. */
  public ObjectNode behind(
      String network,
      IpAddress inside,
      Instant at,
      @Nullable String protocol,
      @Nullable Integer port,
      @Nullable String vpc) {
    return ask(
        network,
        (handle, of) -> {
          WhoHad who = new WhoHad(handle, of.id(), at);
          Map<String, ObjectNode> byIp = new LinkedHashMap<>();
          for (ObjectNode rule : who.behind(inside, protocol, port, vpc)) {
            String ip = rule.path("ip").asText();
            ObjectNode item =
                byIp.computeIfAbsent(
                    ip,
                    text -> {
                      IpAddress parsed = IpAddress.parse(text);
                      ObjectNode tenure = who.tenure(parsed);
                      return tenure == null ? who.unheld(parsed) : tenure;
                    });
            item.withArray("rules").add(rule);
          }
          ObjectNode answer = of.answer(at);
          ArrayNode items = answer.putArray("items");
          byIp.values().forEach(items::add);
          return answer;
        });
  }

  /** Which addresses an owner, or all owners of a tenant, had. */
  public ObjectNode whatHad(String network, OwnerFilter owner, Instant at, Page page) {
    return ask(
        network,
        (handle, of) -> {
          ObjectNode answer = of.answer(at);
          List<ObjectNode> rows = new WhoHad(handle, of.id(), at).owned(owner, page);
          Answers.page(answer, rows, page.limit(), row -> row.path("ip").asText());
          return answer;
        });
  }

  /** Which addresses a gateway was to carry. */
  public ObjectNode carried(String network, String gateway, Instant at, Page page) {
    return ask(
        network,
        (handle, of) -> {
          ObjectNode answer = of.answer(at);
          List<ObjectNode> rows = new WhoHad(handle, of.id(), at).on(gateway, page);
          Answers.page(answer, rows, page.limit(), row -> row.path("ip").asText());
          return answer;
        });
  }

  public ObjectNode historyOfIp(String network, IpAddress ip, Page page) {
    return history(network, page, events -> events.ofIp(ip, page));
  }

  public ObjectNode historyOfGateway(String network, String gateway, Page page) {
    return history(network, page, events -> events.ofGateway(gateway, page));
  }

  public ObjectNode historyOfOwner(String network, OwnerFilter owner, Page page) {
    return history(network, page, events -> events.ofOwner(owner, page));
  }

  private ObjectNode history(
      String network, Page page, java.util.function.Function<Events, List<ObjectNode>> rows) {
    return ask(
        network,
        (handle, of) -> {
          ObjectNode answer = of.answer();
          Answers.page(
              answer,
              rows.apply(new Events(handle, of.id())),
              page.limit(),
              row -> row.path("sequence").asText());
          return answer;
        });
  }

  /**
   * All addresses that were not free.
   *
   * @param pool null: of all pools
   */
  public ObjectNode state(String network, Instant at, @Nullable String pool, Page page) {
    return ask(
        network,
        (handle, of) -> {
          StateAt state = new StateAt(handle, of.id());
          ObjectNode answer = of.answer(at);
          if (page.after().isEmpty()) {
            state.pools(at).forEach(answer.putArray("pools")::add);
            state.gateways(at).forEach(answer.putArray("gateways")::add);
          }
          Answers.page(
              answer, state.page(at, pool, page), page.limit(), row -> row.path("ip").asText());
          return answer;
        });
  }

  /** What differed between two moments, address by address. */
  public ObjectNode diff(String network, Instant from, Instant to, Page page) {
    if (to.isBefore(from)) {
      throw AuditFault.invalid("to", to.toString(), "a time not before from");
    }
    return ask(
        network,
        (handle, of) -> {
          StateAt state = new StateAt(handle, of.id());
          List<String> ips = new Events(handle, of.id()).touched(from, to, page);
          List<String> shown = ips.subList(0, Math.min(ips.size(), page.limit()));
          Map<String, ObjectNode> before = byIp(state.of(from, shown));
          Map<String, ObjectNode> after = byIp(state.of(to, shown));
          ObjectNode answer = of.answer(to).put("from", from.toString()).put("to", to.toString());
          ArrayNode items = answer.putArray("items");
          for (String ip : shown) {
            ObjectNode was = before.get(ip);
            ObjectNode is = after.get(ip);
            if (was == null ? is != null : !was.equals(is)) {
              ObjectNode item = items.addObject().put("ip", ip);
              item.set("before", was);
              item.set("after", is);
            }
          }
          if (page.after().isEmpty()) {
            gateways(answer, state.gateways(from), state.gateways(to));
          }
          if (ips.size() > page.limit()) {
            answer.put("next", shown.getLast());
          }
          return answer;
        });
  }

  private static void gateways(ObjectNode answer, List<ObjectNode> was, List<ObjectNode> is) {
    Map<String, ObjectNode> before = new HashMap<>();
    was.forEach(g -> before.put(g.path("gateway").asText(), g));
    ArrayNode moved = answer.putArray("gateways");
    for (ObjectNode now : is) {
      ObjectNode then = before.remove(now.path("gateway").asText());
      if (!now.equals(then)) {
        ObjectNode item = moved.addObject().put("gateway", now.path("gateway").asText());
        item.set("before", then);
        item.set("after", now);
      }
    }
    before.forEach((gateway, then) -> {
      ObjectNode item = moved.addObject().put("gateway", gateway);
      item.set("before", then);
      item.set("after", null);
    });
  }

  private static Map<String, ObjectNode> byIp(List<ObjectNode> rows) {
    Map<String, ObjectNode> all = new HashMap<>();
    rows.forEach(row -> all.put(row.path("ip").asText(), row));
    return all;
  }

  /** All events in [from, to), in order. */
  public void export(String network, Instant from, Instant to, Consumer<ObjectNode> taker) {
    jdbi.useHandle(handle ->
        new Events(handle, Answers.network(handle, network).id()).export(from, to, taker));
  }

  /** Refused commands in [from, to), the latest first. */
  public ObjectNode refused(
      String network,
      Instant from,
      Instant to,
      @Nullable String code,
      @Nullable String actor,
      Page page) {
    return ask(
        network,
        (handle, of) -> {
          ObjectNode answer = of.answer();
          List<ObjectNode> rows = new Events(handle, of.id()).refused(from, to, code, actor, page);
          long next = page.afterSequence() + page.limit();
          Answers.page(answer, rows, page.limit(), row -> Long.toString(next));
          return answer;
        });
  }

  /** How far everything is projected, and the alarms. */
  public ObjectNode status() {
    return jdbi.withHandle(handle -> {
      ObjectNode answer = JsonRow.JSON.createObjectNode();
      ArrayNode networks = answer.putArray("networks");
      handle
          .createQuery(
              "SELECT name AS network, sequence, at, lpad(to_hex(digest), 16, '0') AS digest,"
                  + " encode(hash, 'hex') AS hash, stopped_at AS \"stoppedAt\","
                  + " stopped_why AS \"stoppedWhy\" FROM network ORDER BY name")
          .map(new JsonRow())
          .forEach(networks::add);
      ArrayNode alarms = answer.putArray("alarms");
      handle
          .createQuery(
              "SELECT raised_at AS \"raisedAt\", network, sequence, kind, message, topic,"
                  + " \"partition\", \"offset\" FROM alarm ORDER BY id DESC LIMIT 100")
          .map(new JsonRow())
          .forEach(alarms::add);
      return answer;
    });
  }

  /** How far one network is projected. */
  public JsonNode asOf(String network) {
    return ask(network, (handle, of) -> of.asOf());
  }
}
