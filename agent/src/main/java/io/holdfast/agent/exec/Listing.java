package io.holdfast.agent.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.agent.driver.DriverException;
import io.holdfast.agent.driver.Inventory;
import io.holdfast.domain.net.InvalidAddressException;
import io.holdfast.domain.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the program's list said: JSON lines, the last of them {@code {"end": true}}. A list without
 * its end was cut off and says nothing: it must not look like an empty gateway.
 *
 * @param instance the mark; empty if none was listed
 */
record Listing(String instance, Inventory inventory) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static Listing read(byte[] out) throws DriverException {
    List<Inventory.Address> addresses = new ArrayList<>();
    List<Inventory.Rule> rules = new ArrayList<>();
    String instance = "";
    boolean ended = false;
    int number = 0;
    for (String line : new String(out, StandardCharsets.UTF_8).split("\n", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      if (ended) {
        throw wrong(number, line, "nothing after the end");
      }
      JsonNode node = parse(number, line);
      boolean ours = node.path("ours").asBoolean(true);
      if (node.path("end").asBoolean()) {
        ended = true;
      } else if (node.path("instance").isTextual()) {
        instance = node.path("instance").asText();
      } else if (node.path("rule").isTextual()) {
        rules.add(
            new Inventory.Rule(
                ip(number, line, node),
                node.path("rule").asText(),
                node.path("target").asText(),
                ours));
      } else {
        IpAddress ip = ip(number, line, node);
        int prefix = node.path("prefix").asInt(-1);
        if (prefix < 0 || prefix > ip.family().bits()) {
          throw wrong(number, line, "prefix: 0 to " + ip.family().bits());
        }
        addresses.add(new Inventory.Address(ip, prefix, ours));
      }
    }
    if (!ended) {
      throw new DriverException("list", "it does not end with {\"end\": true}: cut off?");
    }
    return new Listing(instance, Inventory.complete(addresses, rules));
  }

  private static JsonNode parse(int number, String line) throws DriverException {
    try {
      JsonNode node = JSON.readTree(line);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException notOne) {
      // said below
    }
    throw wrong(number, line, "one JSON object per line");
  }

  private static IpAddress ip(int number, String line, JsonNode node) throws DriverException {
    try {
      return IpAddress.parse(node.path("ip").asText());
    } catch (InvalidAddressException e) {
      throw wrong(number, line, "ip: an address");
    }
  }

  private static DriverException wrong(int number, String line, String allowed) {
    String shown = line.length() <= 200 ? line : line.substring(0, 200) + "...";
    return new DriverException(
        "list", "line " + number + " is '" + shown + "'; allowed: " + allowed);
  }
}
