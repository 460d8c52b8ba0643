package io.holdfast.domain.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.script.Script;
import io.holdfast.domain.view.DesiredPart;
import io.holdfast.domain.view.DesiredState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random play; nodes that ask now and then, and are told parts, know what nodes know that are told
 * everything each time.
 */
class DesiredPartTest {
  private static final int SEEDS = 40;
  private static final int LENGTH = 140;

  /** Of a gateway and a node: what the node knows, and as of how many events. */
  private record Known(DesiredState state, int events) {}

  private final Map<String, Known> known = new HashMap<>();
  private int parts;
  private int changed;

  @Test
  void partsMakeTheWhole() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<String> lines = new ArrayList<>();
      new Generator(seed, new Script(Player.SETTINGS), lines).play(LENGTH);
      known.clear();
      Script script = new Script(Player.SETTINGS);
      Random dice = new Random(seed);
      for (String line : lines) {
        script.step(line);
        if (dice.nextInt(3) == 0) {
          ask(script, "seed " + seed + ", after: " + line);
        }
      }
    }
    assertTrue(parts > 1_000 && changed > 300, parts + " parts, " + changed + " with changes");
  }

  private void ask(Script script, String where) {
    List<Recorded> log = script.ledger().log();
    for (String gateway : Generator.GATEWAYS) {
      for (String node : Generator.NODES) {
        DesiredState whole = DesiredState.of(script.ledger().state(), gateway, node);
        if (whole == null) {
          continue;
        }
        Known before = known.get(gateway + node);
        if (before != null) {
          Optional<Set<IpAddress>> touched =
              DesiredPart.touched(
                  log.subList(before.events(), log.size()).stream().map(Recorded::event).toList());
          touched.ifPresent(ips -> {
            DesiredPart part =
                Objects.requireNonNull(DesiredPart.of(script.ledger().state(), gateway, node, ips));
            assertEquals(
                unordered(whole),
                unordered(part.appliedTo(before.state())),
                () -> where + ", " + gateway + " on " + node + ", touched " + ips);
            parts++;
            changed += unordered(whole).equals(unordered(before.state())) ? 0 : 1;
          });
        }
        known.put(gateway + node, new Known(whole, log.size()));
      }
    }
  }

  /** The lists of a desired state have no order of meaning. */
  private static List<Object> unordered(DesiredState d) {
    return List.of(
        List.of(d.gateway(), d.node(), d.instance(), d.version(), d.held(), d.fenceAfterMs()),
        new HashSet<>(d.addresses()),
        new HashSet<>(d.rules()),
        new HashSet<>(d.waiting()),
        new HashSet<>(d.withdraw()));
  }
}
