package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.script.Script;
import io.holdfast.domain.state.Head;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks for what is so already is told that it is, and no event says it again. */
class AlreadySoTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=300s
      heartbeat n1 b1
      heartbeat n2 b1
      define-gateway gw1 n1,n2
      define-gateway gone n2
      retire gone
      """;

  /** What is given; then the command that changes nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "define-pool p 10.0.0.0/29 cooldown=300s",
        "resize-pool p 10.0.0.0/29",
        "define-gateway gw1 n1,n2",
        "reschedule gw1 n1",
        "retire gone",
        "allocate owner=a; allocate owner=a",
        "allocate owner=a gateway=gw1; attach 10.0.0.1 gw1",
        "allocate owner=a gateway=gw1; bind-fip 10.0.0.1 192.168.0.1; attach 10.0.0.1 gw1",
        "allocate owner=a; detach 10.0.0.1",
        "allocate owner=a; bind-fip 10.0.0.1 192.168.0.1; bind-fip 10.0.0.1 192.168.0.1",
        "allocate owner=a; add-dnat 10.0.0.1 tcp/1 192.168.0.1; add-dnat 10.0.0.1 tcp/1 192.168.0.1",
        "allocate owner=a; add-snat 10.0.0.1 192.168.0.0/24; add-snat 10.0.0.1 192.168.0.0/24",
        "allocate owner=a gateway=gw1; bind-fip 10.0.0.1 192.168.0.1; unbind-fip 10.0.0.1; unbind-fip 10.0.0.1",
        "allocate owner=a gateway=gw1; release 10.0.0.1; release 10.0.0.1",
        "allocate owner=a; release 10.0.0.1 tenure=9; release 10.0.0.1 tenure=9",
        "allocate owner=a gateway=gw1; force-release 10.0.0.1; force-release 10.0.0.1"
      })
  void nothingFollows(String lines) {
    Script script = new Script().play(WORLD);
    List<String> steps = List.of(lines.split("; ", -1));
    steps.subList(0, steps.size() - 1).forEach(step -> script.step(step + " -> ok"));
    Head before = script.ledger().head();
    script.play("wait +1s");
    script.step(steps.getLast() + " -> same silent");
    assertThat(script.ledger().head()).isEqualTo(before);
    assertThat(sequence(script)).isEqualTo(before.sequence());
  }

  /** The head's time is that of the last event, not of the last question. */
  @Test
  void aRefusalLeavesTheHeadWhereItIs() {
    Script script = new Script().play(WORLD);
    Head before = script.ledger().head();
    script.play("wait +1s\nallocate owner=a count=7 -> PoolExhausted\nheartbeat n1 b1 -> silent");
    assertThat(script.ledger().head()).isEqualTo(before);
    assertThat(((Outcome.Rejected) script.lastOutcome()).sequence()).isEqualTo(before.sequence());
  }

  @Test
  void anAnswerSaysTheSequenceNumberAfterIt() {
    Script script = new Script().play(WORLD);
    long before = script.ledger().head().sequence();
    script.play("allocate owner=a gateway=gw1 -> EipAllocated EipAttached");
    assertThat(sequence(script)).isEqualTo(before + 2);
    assertThat(script.ledger().head().sequence()).isEqualTo(before + 2);
  }

  @Test
  void idsArePrintableAsciiWithoutBlanks() {
    assertThat(Decider.isCommandId("!~")).isTrue();
    for (String bad : List.of("a b", "a\u007f", "a\u0080", "a\tb")) {
      assertThat(Decider.isCommandId(bad)).as(bad).isFalse();
    }
  }

  private static long sequence(Script script) {
    return ((Outcome.Accepted) script.lastOutcome()).sequence();
  }
}
