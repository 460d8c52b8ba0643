package io.holdfast.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.domain.net.IpAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an answer that is not whole nothing is concluded. */
class DesiredJsonTest {
  /** As docs/http-api.md has a part: what was withdrawn is named by {@code touched} alone. */
  private static final String PART =
      """
      {"gateway": "gw1", "node": "n1", "instance": "boot.1", "epoch": 3, "revision": 7,
       "held": "", "addresses": [], "rules": [], "waiting": [], "withdraw": [],
       "fenceAfterMs": 10000, "sequence": 42, "since": 40, "touched": ["10.1.2.3"]}
      """;

  private static ObjectNode part() throws JsonProcessingException {
    return (ObjectNode) new ObjectMapper().readTree(PART);
  }

  @Test
  void aPartSaysWhatItTouches() throws Exception {
    assertThat(DesiredJson.polled(part(), "tag"))
        .isInstanceOfSatisfying(
            Polled.Part.class,
            p -> assertThat(p.part().touched()).isEqualTo(Set.of(IpAddress.parse("10.1.2.3"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"touched", "addresses", "rules", "waiting", "withdraw"})
  void aMissingListIsNoEmptyOne(String list) throws Exception {
    ObjectNode without = part();
    without.remove(list);
    assertThatThrownBy(() -> DesiredJson.polled(without, "tag"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + list + "'");
  }

  @Test
  void whatIsNoListIsNoEmptyOneEither() throws Exception {
    ObjectNode wrong = part().put("touched", "10.1.2.3");
    assertThatThrownBy(() -> DesiredJson.polled(wrong, "tag"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'touched'");
  }
}
