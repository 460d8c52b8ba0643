package io.holdfast.agent.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.view.DesiredPart;
import io.holdfast.domain.view.DesiredState;
import io.holdfast.domain.view.DesiredState.DesiredAddress;
import io.holdfast.domain.view.DesiredState.DesiredRule;
import io.holdfast.domain.view.DesiredState.Waiting;
import io.holdfast.domain.view.Withdrawal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads desired states as docs/http-api.md has them. */
public final class DesiredJson {
  private DesiredJson() {}

  /**
   * Reads an answer: a state, or a part of one.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Polled polled(JsonNode d, String tag) {
    Polled.Version version = new Polled.Version(tag, number(d, "sequence"));
    if (!d.has("since")) {
      return new Polled.Whole(read(d), version);
    }
    Set<IpAddress> touched = Set.copyOf(all(d, "touched", ip -> IpAddress.parse(ip.asText())));
    return new Polled.Part(new DesiredPart(read(d), touched), number(d, "since"), version);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none; nothing may be concluded from it then
   */
  public static DesiredState read(JsonNode d) {
    return new DesiredState(
        text(d, "gateway"),
        text(d, "node"),
        text(d, "instance"),
        number(d, "epoch"),
        number(d, "revision"),
        text(d, "held"),
        all(d, "addresses", DesiredJson::address),
        all(d, "rules", DesiredJson::rule),
        all(d, "waiting", DesiredJson::waiting),
        all(d, "withdraw", DesiredJson::withdrawal),
        number(d, "fenceAfterMs"));
  }

  private static DesiredAddress address(JsonNode a) {
    return new DesiredAddress(ip(a, "ip"), length(a), number(a, "tenure"), number(a, "revision"));
  }

  private static DesiredRule rule(JsonNode r) {
    return new DesiredRule(ip(r, "ip"), number(r, "tenure"), spec(r), number(r, "revision"));
  }

  private static RuleSpec spec(JsonNode r) {
    RuleSpec spec =
        switch (text(r, "kind")) {
          case "Fip" -> new RuleSpec.Fip(ip(r, "internalIp"), text(r, "vpc"));
          case "Dnat" ->
              new RuleSpec.Dnat(
                  Protocol.valueOf(text(r, "protocol")),
                  (int) number(r, "port"),
                  ip(r, "internalIp"),
                  (int) number(r, "internalPort"),
                  text(r, "vpc"));
          case "Snat" -> new RuleSpec.Snat(Cidr.parse(text(r, "source")), text(r, "vpc"));
          default -> throw new IllegalArgumentException("kind is '" + text(r, "kind") + "'");
        };
    if (!spec.id().equals(text(r, "rule")) || !spec.target().equals(text(r, "target"))) {
      throw new IllegalArgumentException(
          "rule " + text(r, "rule") + " leads to " + text(r, "target") + ", its fields to " + spec);
    }
    return spec;
  }

  private static Waiting waiting(JsonNode w) {
    return new Waiting(ip(w, "ip"), length(w), number(w, "tenure"), text(w, "reason"));
  }

  private static Withdrawal withdrawal(JsonNode w) {
    return new Withdrawal(
        ip(w, "ip"),
        length(w),
        number(w, "tenure"),
        text(w, "rule"),
        Withdrawal.Reason.valueOf(text(w, "reason")));
  }

  private static <T> List<T> all(JsonNode node, String field, Function<JsonNode, T> reader) {
    JsonNode items = node.path(field);
    if (!items.isArray()) {
      throw new IllegalArgumentException("there is no list '" + field + "'");
    }
    List<T> all = new ArrayList<>(items.size());
    items.forEach(item -> all.add(reader.apply(item)));
    return all;
  }

  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("there is no text '" + field + "'");
    }
    return value.asText();
  }

  static long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("there is no whole number '" + field + "'");
    }
    return value.asLong();
  }

  private static int length(JsonNode node) {
    return Math.toIntExact(number(node, "prefixLength"));
  }

  private static IpAddress ip(JsonNode node, String field) {
    return IpAddress.parse(text(node, field));
  }
}
