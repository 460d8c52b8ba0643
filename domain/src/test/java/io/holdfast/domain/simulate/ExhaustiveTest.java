package io.holdfast.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.script.Script;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every sequence of a few lines over a tiny world: two addresses, two owners. A sequence whose last
 * line changed nothing is not continued: what could follow it follows its beginning, too.
 */
class ExhaustiveTest {
  private static final List<String> WORLD =
      List.of(
          "define-pool p 10.0.0.0/30 cooldown=10s",
          "beat n1",
          "beat n2",
          "define-gateway gw1 n1,n2 fence=10s hold=0s threshold=1",
          "agent gw1 n1");

  @Test
  void allocationReleaseAndCoolDown() {
    int played =
        all(
            Integer.getInteger("holdfast.depth", 4),
            List.of(
                "allocate owner=a gateway=gw1",
                "allocate owner=b",
                "allocate owner=b count=2",
                "allocate owner=b ip=10.0.0.1",
                "release 10.0.0.1",
                "release 10.0.0.1 tenure=8",
                "restore 10.0.0.1",
                "attach 10.0.0.1 gw1",
                "detach 10.0.0.1",
                "agent gw1 n1",
                "tick +10s",
                "wait +10s",
                "resize-pool p 10.0.0.2 mode=retain",
                "resize-pool p 10.0.0.0/30 mode=retain",
                "restart"));
    assertThat(played).isGreaterThan(5_000);
  }

  @Test
  void rulesAndMoves() {
    int played =
        all(
            Integer.getInteger("holdfast.depth", 4),
            List.of(
                "allocate owner=a gateway=gw1",
                "bind-fip 10.0.0.1 192.168.0.1",
                "bind-fip 10.0.0.1 192.168.0.2 replace",
                "unbind-fip 10.0.0.1",
                "force-release 10.0.0.1",
                "restore 10.0.0.1",
                "reschedule gw1",
                "agent gw1 n1",
                "agent gw1 n2",
                "begin gw1 n1",
                "reboot n1",
                "beat n1",
                "tick +14s",
                "stray gw1 n1 10.0.0.2",
                "apply gw1 n1 stuck"));
    assertThat(played).isGreaterThan(5_000);
  }

  private static int all(int depth, List<String> steps) {
    return extend(new ArrayList<>(), depth, steps);
  }

  private static int extend(List<String> sequence, int left, List<String> steps) {
    int played = 0;
    for (String step : steps) {
      sequence.add(step);
      played++;
      if (play(sequence) && left > 1) {
        played += extend(sequence, left - 1, steps);
      }
      sequence.removeLast();
    }
    return played;
  }

  /** Returns whether the last line made a difference. */
  private static boolean play(List<String> sequence) {
    Script script = new Script(Player.SETTINGS).auditAtTheEnd();
    WORLD.forEach(script::step);
    try {
      for (int i = 0; i < sequence.size() - 1; i++) {
        script.step(sequence.get(i));
      }
      long before = script.ledger().head().sequence();
      String last = sequence.getLast();
      script.step(last);
      script.ledger().audit();
      boolean unseen =
          !last.startsWith("allocate")
              && !last.startsWith("release")
              && !last.startsWith("restore")
              && !last.startsWith("detach");
      return unseen || script.ledger().head().sequence() > before;
    } catch (RuntimeException | AssertionError broken) {
      throw new AssertionError(
          broken.getMessage()
              + "\n\nscript:\n"
              + String.join("\n", WORLD)
              + "\n"
              + String.join("\n", sequence),
          broken);
    }
  }
}
