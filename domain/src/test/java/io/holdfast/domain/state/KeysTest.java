package io.holdfast.domain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.net.IpAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The order of keys is the order in which stores walk them. */
class KeysTest {
  private static final IpAddress ONE = IpAddress.parse("10.0.0.1");
  private static final IpAddress TWO = IpAddress.parse("10.0.0.2");

  private static <K extends Comparable<K>> void ascending(List<K> keys) {
    for (int i = 0; i < keys.size(); i++) {
      for (int j = 0; j < keys.size(); j++) {
        assertThat(Integer.signum(keys.get(i).compareTo(keys.get(j))))
            .as(keys.get(i) + " and " + keys.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void order() {
    ascending(
        List.of(
            new ReusableKey("a", 9, TWO),
            new ReusableKey("b", 1, TWO),
            new ReusableKey("b", 2, ONE),
            new ReusableKey("b", 2, TWO)));
    ascending(
        List.of(
            new TimerKey(1, TimerKind.OUTCOMES, "b", "b"),
            new TimerKey(2, TimerKind.COOLDOWN, "b", "b"),
            new TimerKey(2, TimerKind.FENCE, "a", "b"),
            new TimerKey(2, TimerKind.FENCE, "b", "a"),
            new TimerKey(2, TimerKind.FENCE, "b", "b")));
    ascending(
        List.of(
            new CarriedKey("a", true, TWO, "b"),
            new CarriedKey("b", false, TWO, "b"),
            new CarriedKey("b", true, ONE, "b"),
            new CarriedKey("b", true, TWO, "a"),
            new CarriedKey("b", true, TWO, "b")));
    ascending(
        List.of(
            new DriftKey("a", TWO, "b"),
            new DriftKey("b", ONE, "b"),
            new DriftKey("b", TWO, "a"),
            new DriftKey("b", TWO, "b")));
    ascending(
        List.of(new ResidentKey("a", TWO), new ResidentKey("b", ONE), new ResidentKey("b", TWO)));
    ascending(
        List.of(new BindingKey("a", "b"), new BindingKey("b", "a"), new BindingKey("b", "b")));
    ascending(List.of(new RuleKey(ONE, "b"), new RuleKey(TWO, "a"), new RuleKey(TWO, "b")));
  }

  /** They stand in stored keys: a code never changes, and the order of codes is that of kinds. */
  @Test
  void codesOfTimerKinds() {
    assertThat(List.of(TimerKind.values()))
        .extracting(TimerKind::code)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    for (TimerKind kind : TimerKind.values()) {
      assertThat(TimerKind.of(kind.code())).isEqualTo(kind);
    }
    assertThatThrownBy(() -> TimerKind.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  /** Indexes follow from other tables, and soft state may be lost: neither enters the digest. */
  @Test
  void whatIsDigested() {
    assertThat(TableId.all())
        .filteredOn(id -> !id.isDigested())
        .containsExactly(
            TableId.CARRIED,
            TableId.REUSABLE,
            TableId.RESIDENTS,
            TableId.TIMERS,
            TableId.TENANT_REUSABLE,
            TableId.LAST_HELD,
            TableId.RUNS,
            TableId.RUN_LENGTHS,
            TableId.WAITING,
            TableId.TICKETS,
            TableId.LAST_SEEN,
            TableId.OUTCOMES);
    assertThat(TableId.LAST_SEEN.digest().of("n1", 7L)).isZero();
  }

  @Test
  void theFirstKeyOfARange() {
    MemoryState state = new MemoryState();
    assertThat(state.timers().firstKey(TimerKey.FIRST, TimerKey.after(9))).isNull();
    TimerKey early = new TimerKey(3, TimerKind.FENCE, "a", "");
    TimerKey late = new TimerKey(5, TimerKind.FENCE, "a", "");
    state.timers().put(late, Mark.SET);
    state.timers().put(early, Mark.SET);
    assertThat(state.timers().firstKey(TimerKey.FIRST, TimerKey.after(9))).isEqualTo(early);
    assertThat(state.timers().firstKey(early, TimerKey.after(9))).isEqualTo(early);
    assertThat(state.timers().firstKey(TimerKey.after(3), TimerKey.after(9))).isEqualTo(late);
    assertThat(state.timers().firstKey(TimerKey.after(3), late)).isNull();
  }

  /** It reads one entry, however many there are. */
  @Test
  void theFirstKeyCostsOneVisit() {
    AtomicInteger visits = new AtomicInteger();
    OrderedTable<String, Integer> endless =
        new OrderedTable<>() {
          @Override
          public Integer get(String key) {
            return 1;
          }

          @Override
          public void put(String key, Integer value) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void remove(String key) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void scan(String from, String to, Visitor<String, Integer> visitor) {
            for (int i = 0; i < 100; i++) {
              visits.incrementAndGet();
              if (!visitor.visit("k" + i, i)) {
                return;
              }
            }
          }
        };
    assertThat(endless.firstKey("", "z")).isEqualTo("k0");
    assertThat(visits).hasValue(1);
  }

  @Test
  void anOverlayThatWasAppliedIsEmpty() {
    MemoryState base = new MemoryState();
    Overlay overlay = new Overlay(base, 0);
    overlay.lastSeen().put("a", 1L);
    overlay.apply();
    base.lastSeen().put("a", 2L);
    assertThat(overlay.lastSeen().get("a")).isEqualTo(2L);
    overlay.apply();
    assertThat(base.lastSeen().get("a")).isEqualTo(2L);
  }
}
