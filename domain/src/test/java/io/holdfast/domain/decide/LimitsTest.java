package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.model.Failover;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Refusal;
import io.holdfast.domain.outcome.RefusalCode;
import io.holdfast.domain.script.Script;
import io.holdfast.domain.state.Head;
import io.holdfast.domain.state.MemoryState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last value that is allowed is, the next one is refused with field, value and limits. */
class LimitsTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/23
      heartbeat n1 b1
      allocate owner=held
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allocate owner=a count=%s                     | 1          | 0          | count                    | 1 to 256
          allocate owner=a count=%s                     | 256        | 257        | count                    | 1 to 256
          define-pool q 10.1.0.1 cooldown=%sms          | 2592000000 | 2592000001 | cooldownMs               | 0 to 2592000000
          define-pool q 10.1.0.1 confirm=%s             | 1          | 0          | ownerCheck.confirmations | 1 to 100
          define-pool q 10.1.0.1 confirm=%s             | 100        | 101        | ownerCheck.confirmations | 1 to 100
          define-pool q 10.1.0.1 confirm=1 over=%sms    | 2592000000 | 2592000001 | ownerCheck.overMs        | 0 to 2592000000
          define-pool q 10.1.0.1 confirm=1 retry-min=%sms | 1        | 0          | ownerCheck.retryMinMs    | 1 to 2592000000
          define-pool q 10.1.0.1 confirm=1 retry-min=9ms retry-max=%sms | 9 | 8   | ownerCheck.retryMaxMs    | 9 to 2592000000
          define-pool q 10.1.0.1 confirm=1 retry-max=%sms | 2592000000 | 2592000001 | ownerCheck.retryMaxMs  | 1000 to 2592000000
          define-gateway g n1 fence=%sms                | 100        | 99         | fenceAfterMs             | 100 to 86400000
          define-gateway g n1 fence=%sms                | 86400000   | 86400001   | fenceAfterMs             | 100 to 86400000
          define-gateway g n1 threshold=%s              | 1          | 0          | probeThreshold           | 1 to 1000
          define-gateway g n1 threshold=%s              | 1000       | 1001       | probeThreshold           | 1 to 1000
          define-gateway g n1 hold=%sms                 | 86400000   | 86400001   | holdDownMs               | 0 to 86400000
          add-dnat 10.0.0.1 tcp/%s 192.168.0.1          | 1          | 0          | port                     | 1 to 65535
          add-dnat 10.0.0.1 tcp/%s 192.168.0.1          | 65535      | 65536      | port                     | 1 to 65535
          add-dnat 10.0.0.1 tcp/80 192.168.0.1 to=%s    | 1          | 0          | internalPort             | 1 to 65535
          add-dnat 10.0.0.1 tcp/80 192.168.0.1 to=%s    | 65535      | 65536      | internalPort             | 1 to 65535
          """)
  void numbers(String command, long last, long next, String field, String allowed) {
    Script script = new Script().play(WORLD);
    script.step(command.formatted(next) + " -> silent Invalid " + field);
    assertThat(script.lastRefusal().value()).isEqualTo(Long.toString(next));
    assertThat(script.lastRefusal().allowed()).isEqualTo(allowed);
    script.step(command.formatted(last) + " -> ok");
  }

  @Test
  void partsOfAnOwner() {
    String longest = "x".repeat(253);
    String tooLong = "x".repeat(254);
    String some = "1 to 253 printable ASCII characters";
    String any = "0 to 253 printable ASCII characters";
    accepted(allocate(new Owner(longest, longest, longest, longest, longest)));
    accepted(allocate(new Owner("t", "k", "", "n", "")));
    for (String bad : List.of("", " ", tooLong, "a\u007f", "a\nb", "é")) {
      refused(allocate(new Owner(bad, "k", "s", "n", "u")), "owner.tenant", bad, some);
      refused(allocate(new Owner("t", bad, "s", "n", "u")), "owner.kind", bad, some);
      refused(allocate(new Owner("t", "k", "s", bad, "u")), "owner.name", bad, some);
    }
    for (String bad : List.of(tooLong, "a\u007f", "a\nb", "é")) {
      refused(allocate(new Owner("t", "k", bad, "n", "u")), "owner.namespace", bad, any);
      refused(allocate(new Owner("t", "k", "s", "n", bad)), "owner.uid", bad, any);
    }
    refused(allocate(new Owner("", "", tooLong, "", tooLong)), "owner.tenant", "", some);
  }

  @Test
  void rangesExclusionsAndLabelsOfAPool() {
    String ranges = "1 to 10000 ranges";
    refused(pool(0, 0, 0), "ranges", "0 ranges", ranges);
    accepted(pool(10_000, 0, 0));
    refused(pool(10_001, 0, 0), "ranges", "10001 ranges", ranges);
    accepted(pool(1, 10_000, 0));
    refused(pool(1, 10_001, 0), "exclusions", "10001 exclusions", "0 to 10000 of them");
    accepted(pool(1, 0, 64));
    refused(pool(1, 0, 65), "labels", "65 labels", "0 to 64 of them");
  }

  @Test
  void candidatesOfAGateway() {
    refused(gateway(List.of()), "candidates", "0 nodes", "1 to 64 nodes");
    accepted(gateway(nodes(1)));
    accepted(gateway(nodes(64)));
    refused(gateway(nodes(65)), "candidates", "65 nodes", "1 to 64 nodes");
  }

  private static Command allocate(Owner owner) {
    return new Command.AllocateEip(List.of(), owner, null, FamilyChoice.V4, 1, null, null);
  }

  private static Command pool(int ranges, int exclusions, int labels) {
    Map<String, String> labelled = new TreeMap<>();
    IntStream.range(0, labels).forEach(i -> labelled.put("l" + i, "v"));
    return new Command.DefinePool(
        "q",
        IpFamily.V4,
        addresses("10", ranges),
        addresses("11", exclusions),
        null,
        null,
        0,
        labelled,
        null);
  }

  /** Every second one, so that they do not grow together. */
  private static List<String> addresses(String net, int count) {
    return IntStream.range(0, count)
        .map(i -> 2 * i)
        .mapToObj(i -> net + "." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255))
        .toList();
  }

  private static Command gateway(List<String> candidates) {
    return new Command.DefineGateway("g", candidates, Failover.FENCE_FIRST, 10_000, 3, 0);
  }

  private static List<String> nodes(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }

  private static Outcome answer(Command command) {
    MemoryState state = new MemoryState();
    Decider decider = new Decider(Settings.DEFAULT);
    Command.DefinePool some =
        new Command.DefinePool(
            "p", IpFamily.V4, List.of("10.9.9.9"), List.of(), null, null, 0, Map.of(), null);
    Decision<Outcome> given = decider.command(state, Head.START, meta("given"), some, 1);
    given.changes().apply();
    return decider.command(state, given.head(), meta("asked"), command, 1).answer();
  }

  private static CommandMeta meta(String id) {
    return new CommandMeta(id, "tester", "", false);
  }

  private static void accepted(Command command) {
    assertThat(answer(command)).isInstanceOf(Outcome.Accepted.class);
  }

  private static void refused(Command command, String field, String value, String allowed) {
    assertThat(answer(command)).isInstanceOf(Outcome.Rejected.class);
    Refusal refusal = ((Outcome.Rejected) answer(command)).refusal();
    assertThat(refusal.code()).isEqualTo(RefusalCode.Invalid);
    assertThat(refusal.field()).isEqualTo(field);
    assertThat(refusal.value()).isEqualTo(value);
    assertThat(refusal.allowed()).isEqualTo(allowed);
    assertThat(refusal.message()).contains(field, "'" + value + "'", allowed);
  }

  @Test
  void aBundleHasSoManyAddresses() {
    new Script()
        .play(
            """
            define-pool q 10.1.0.0/21
            bundle owners=a,b,c,d count=256         -> EipAllocated*1024
            bundle owners=e,f,g,h,i count=205       -> Invalid items silent
            """);
  }
}
