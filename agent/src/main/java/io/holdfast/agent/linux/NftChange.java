package io.holdfast.agent.linux;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A transaction for {@code nft -j -f -}: elements and the chain of SNAT prefixes. */
final class NftChange {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String table;
  private final ObjectNode root = JSON.createObjectNode();
  private final ArrayNode commands = root.putArray("nftables");

  NftChange(String table) {
    this.table = table;
  }

  boolean isEmpty() {
    return commands.isEmpty();
  }

  byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(Collection<NatElement> elements) {
    Map<NatMap, ArrayNode> lists = new HashMap<>();
    for (NatElement element : elements) {
      list(lists, "delete", element.key().map()).add(key(element.key()));
    }
  }

  void add(Collection<NatElement> elements) {
    Map<NatMap, ArrayNode> lists = new HashMap<>();
    for (NatElement element : elements) {
      ArrayNode pair = list(lists, "add", element.key().map()).addArray();
      ObjectNode inner = pair.addObject().putObject("elem");
      inner.set("val", key(element.key()));
      inner.put("comment", element.comment());
      pair.add(value(element.value()));
    }
  }

  private ArrayNode list(Map<NatMap, ArrayNode> lists, String verb, NatMap map) {
    return lists.computeIfAbsent(map, _ -> elements(verb, "inet", map.name()));
  }

  private ArrayNode elements(String verb, String family, String name) {
    ObjectNode element = commands.addObject().putObject(verb).putObject("element");
    return element.put("family", family).put("table", table).put("name", name).putArray("elem");
  }

  /** These addresses are behind the gate from now on. */
  void gate(Collection<IpAddress> ips) {
    for (IpFamily family : IpFamily.values()) {
      Stream<IpAddress> some = ips.stream().filter(ip -> ip.family() == family);
      if (ips.stream().anyMatch(ip -> ip.family() == family)) {
        ArrayNode list = elements("add", "netdev", family == IpFamily.V4 ? "eip4" : "eip6");
        some.forEach(ip -> list.add(ip.toString()));
      }
    }
  }

  /** Makes the maps of SNAT prefixes and asks them, the longest prefixes first. */
  void prefixes(Collection<NatMap> maps) {
    for (NatMap map : maps) {
      String type = map.family() == IpFamily.V4 ? "ipv4_addr" : "ipv6_addr";
      ObjectNode made = commands.addObject().putObject("add").putObject("map");
      made.put("family", "inet").put("table", table).put("name", map.name());
      made.put("type", type).put("map", type);
    }
    ObjectNode chain = commands.addObject().putObject("flush").putObject("chain");
    chain.put("family", "inet").put("table", table).put("name", "prefixes");
    maps.stream()
        .sorted(Comparator.comparingInt(NatMap::length).reversed().thenComparing(NatMap::family))
        .forEach(this::prefixRule);
  }

  private void prefixRule(NatMap map) {
    String family = map.family() == IpFamily.V4 ? "ip" : "ip6";
    ObjectNode rule = commands.addObject().putObject("add").putObject("rule");
    rule.put("family", "inet").put("table", table).put("chain", "prefixes");
    rule.put("comment", "holdfast");
    ObjectNode snat = rule.putArray("expr").addObject().putObject("snat");
    snat.put("family", family);
    ObjectNode lookup = snat.putObject("addr").putObject("map");
    ObjectNode field = JSON.createObjectNode();
    field.putObject("payload").put("protocol", family).put("field", "saddr");
    if (map.length() == map.family().bits()) {
      lookup.set("key", field);
    } else {
      lookup.putObject("key").putArray("&").add(field).add(mask(map));
    }
    lookup.put("data", "@" + map.name());
  }

  private static String mask(NatMap map) {
    IpAddress ones =
        map.family() == IpFamily.V4
            ? new IpAddress(IpFamily.V4, 0, 0xffff_ffffL)
            : new IpAddress(IpFamily.V6, -1, -1);
    return Cidr.around(ones, map.length()).network().toString();
  }

  private static com.fasterxml.jackson.databind.JsonNode key(NatKey key) {
    if (key.map().kind() != NatMap.Kind.DNAT) {
      return JSON.getNodeFactory().textNode(key.ip().toString());
    }
    ObjectNode node = JSON.createObjectNode();
    node.putArray("concat").add(key.ip().toString()).add(name(key.protocol())).add(key.port());
    return node;
  }

  private static com.fasterxml.jackson.databind.JsonNode value(NatValue value) {
    if (value.port() == 0) {
      return JSON.getNodeFactory().textNode(value.ip().toString());
    }
    ObjectNode node = JSON.createObjectNode();
    node.putArray("concat").add(value.ip().toString()).add(value.port());
    return node;
  }

  private static String name(Protocol protocol) {
    return protocol.name().toLowerCase(Locale.ROOT);
  }
}
