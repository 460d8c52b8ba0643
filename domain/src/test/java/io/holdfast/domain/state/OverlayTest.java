package io.holdfast.domain.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * An overlay reads like a map that was copied and changed; the state below changes only when it is
 * applied.
 */
class OverlayTest {

  @Test
  void randomOperationsAgainstAPlainMap() {
    for (int seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      MemoryState base = new MemoryState();
      NavigableMap<String, Node> below = new TreeMap<>();
      long digest = 0;
      for (int round = 0; round < 4; round++) {
        Overlay overlay = new Overlay(base, digest);
        NavigableMap<String, Node> model = new TreeMap<>(below);
        for (int i = 0; i < 40; i++) {
          String key = key(random);
          if (random.nextBoolean()) {
            Node value = Node.registered("b" + random.nextInt(5), random.nextInt(3));
            overlay.nodes().put(key, value);
            model.put(key, value);
          } else {
            overlay.nodes().remove(key);
            model.remove(key);
          }
          assertThat(overlay.nodes().get(key)).isEqualTo(model.get(key));
          String from = key(random);
          String to = key(random);
          int limit = 1 + random.nextInt(8);
          assertThat(scan(overlay, from, to, limit)).isEqualTo(expected(model, from, to, limit));
          assertThat(overlay.digest()).isEqualTo(digest(model));
        }
        assertThat(scan(base, "", "z", 1000))
            .as("untouched")
            .isEqualTo(expected(below, "", "z", 1000));
        if (random.nextInt(3) == 0) {
          overlay.drop(digest);
          assertThat(overlay.digest()).isEqualTo(digest);
          assertThat(scan(overlay, "", "z", 1000)).isEqualTo(expected(below, "", "z", 1000));
        } else {
          overlay.apply();
          below = model;
          digest = overlay.digest();
        }
        assertThat(scan(base, "", "z", 1000)).isEqualTo(expected(below, "", "z", 1000));
      }
    }
  }

  @Test
  void aSecondOverlayLiesOnTheFirst() {
    MemoryState base = new MemoryState();
    Overlay one = new Overlay(base, 0);
    one.lastSeen().put("a", 1L);
    Overlay two = new Overlay(one, one.digest());
    two.lastSeen().remove("a");
    two.lastSeen().put("b", 2L);
    two.apply();
    assertThat(one.lastSeen().get("a")).isNull();
    assertThat(base.lastSeen().get("b")).isNull();
    one.apply();
    assertThat(base.lastSeen().get("b")).isEqualTo(2L);
    assertThat(one.digest()).as("soft state").isZero();
  }

  private static String key(Random random) {
    return "k" + random.nextInt(12);
  }

  private static List<String> scan(State state, String from, String to, int limit) {
    List<String> seen = new ArrayList<>();
    state
        .nodes()
        .scan(
            min(from, to),
            max(from, to),
            (key, value) -> {
              seen.add(key + value);
              return seen.size() < limit;
            });
    return seen;
  }

  private static List<String> expected(
      NavigableMap<String, Node> model, String from, String to, int limit) {
    return model.subMap(min(from, to), true, max(from, to), false).entrySet().stream()
        .limit(limit)
        .map(e -> e.getKey() + e.getValue())
        .toList();
  }

  private static String min(String a, String b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String max(String a, String b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  private static long digest(Map<String, Node> model) {
    return model.entrySet().stream()
        .mapToLong(e -> TableId.NODES.digest().of(e.getKey(), e.getValue()))
        .sum();
  }

  /** What comes and goes within one decision is no change: nothing is written for it. */
  @Test
  void whatCameAndWentIsNoChange() {
    MemoryState base = new MemoryState();
    TimerKey kept = new TimerKey(5, TimerKind.SWEEP, "gw1", "");
    TimerKey other = new TimerKey(6, TimerKind.SWEEP, "gw1", "");
    base.timers().put(kept, Mark.SET);
    Overlay overlay = new Overlay(base, 0);
    overlay.timers().put(other, Mark.SET);
    overlay.timers().put(kept, Mark.SET);
    overlay.timers().remove(other);
    overlay.timers().remove(kept);
    assertThat(overlay.size()).isEqualTo(1);
    assertThat(overlay.timers().get(kept)).isNull();
    assertThat(overlay.timers().get(other)).isNull();
    overlay.apply();
    assertThat(base.timers().get(kept)).isNull();
    overlay.timers().remove(other);
    overlay.timers().put(other, Mark.SET);
    overlay.apply();
    assertThat(base.timers().get(other)).isEqualTo(Mark.SET);
  }
}
