package io.holdfast.allocator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.model.FormerRule;
import io.holdfast.domain.model.RuleKey;
import io.holdfast.domain.model.RuleSpec;
import io.holdfast.domain.net.Cidr;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import io.holdfast.domain.outcome.Outcome;
import io.holdfast.domain.outcome.Remembered;
import io.holdfast.domain.state.CarriedKey;
import io.holdfast.domain.state.Mark;
import io.holdfast.domain.state.MemoryState;
import io.holdfast.domain.state.OrderedTable;
import io.holdfast.domain.state.ResidentKey;
import io.holdfast.domain.state.ReusableKey;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import io.holdfast.domain.state.TimerKey;
import io.holdfast.domain.state.TimerKind;
import io.holdfast.wire.Codec;
import io.holdfast.wire.NumberedIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The state in stores behaves as the one in memory, in value and in order, and networks that share
 * the stores do not see each other.
 */
final class StoreStateTest {
  private static final Codec CODEC = new Codec(new NumberedIds());
  private static final int STEPS = 4_000;

  /** Prefixes of each other, the lowest and the highest characters, and a zero byte. */
  private static final List<String> NAMES =
      List.of("a", "a!", "a~", "ab", "a\u0000", "a\u0000b", "a\u0000\u0000", "A", "z", "\u00e9");

  private final Function<String, Rows> stores = InMemoryRows.stores();

  /** A table, and how its keys and values are made up. */
  private record Kind<K extends Comparable<K>, V>(
      TableId<K, V> id, Function<Random, K> keys, Function<Random, V> values) {

    void step(Random random, State expected, State actual) {
      OrderedTable<K, V> memory = expected.table(id);
      OrderedTable<K, V> stored = actual.table(id);
      K key = keys.apply(random);
      if (random.nextInt(3) == 0) {
        memory.remove(key);
        stored.remove(key);
      } else {
        V value = values.apply(random);
        memory.put(key, value);
        stored.put(key, value);
      }
      K one = keys.apply(random);
      K other = keys.apply(random);
      assertThat(stored.get(one)).isEqualTo(memory.get(one));
      K from = one.compareTo(other) < 0 ? one : other;
      K to = one.compareTo(other) < 0 ? other : one;
      assertThat(scanned(stored, from, to)).isEqualTo(scanned(memory, from, to));
      // From the same places again and again, too: where a queue begins is remembered.
      K start = keys.apply(new Random(random.nextInt(3)));
      K end = keys.apply(new Random(3 + random.nextInt(3)));
      if (start.compareTo(end) < 0) {
        assertThat(scanned(stored, start, end)).isEqualTo(scanned(memory, start, end));
      }
    }

    private List<Map.Entry<K, V>> scanned(OrderedTable<K, V> table, K from, K to) {
      List<Map.Entry<K, V>> seen = new ArrayList<>();
      table.scan(
          from,
          to,
          (key, value) -> {
            seen.add(Map.entry(key, value));
            return seen.size() < 5;
          });
      return seen;
    }
  }

  private static String name(Random random) {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private static IpAddress ip(Random random) {
    long lo = random.nextInt(4);
    return switch (random.nextInt(3)) {
      case 0 -> new IpAddress(IpFamily.V4, 0, lo);
      case 1 -> new IpAddress(IpFamily.V4, 0, 0xffff_ffffL - lo);
      default -> new IpAddress(IpFamily.V6, random.nextBoolean() ? -1L : 1L, lo - 2);
    };
  }

  private static final List<Kind<?, ?>> KINDS =
      List.of(
          new Kind<>(TableId.LAST_SEEN, StoreStateTest::name, Random::nextLong),
          new Kind<>(
              TableId.OUTCOMES,
              StoreStateTest::name,
              r ->
                  new Remembered(
                      new Outcome.Accepted(List.of(), r.nextBoolean(), r.nextInt(9)),
                      r.nextLong())),
          new Kind<>(
              TableId.CARRIED,
              r -> new CarriedKey(name(r), r.nextBoolean(), ip(r), r.nextBoolean() ? "" : name(r)),
              r -> Mark.SET),
          new Kind<>(
              TableId.REUSABLE,
              r -> new ReusableKey(name(r), r.nextInt(300), ip(r)),
              r -> Mark.SET),
          new Kind<>(
              TableId.FORMER_RULES,
              r -> new RuleKey(ip(r), name(r)),
              r -> new FormerRule(new RuleSpec.Snat(Cidr.parse("10.0.0.0/8"), name(r)))),
          new Kind<>(TableId.RESIDENTS, r -> new ResidentKey(name(r), ip(r)), r -> Mark.SET),
          new Kind<>(
              TableId.TIMERS,
              r ->
                  new TimerKey(
                      r.nextInt(300),
                      TimerKind.of(1 + r.nextInt(TimerKind.values().length)),
                      name(r),
                      name(r)),
              r -> Mark.SET));

  @Test
  void itBehavesAsTheStateInMemory() {
    long seed = System.nanoTime();
    System.out.println("StoreStateTest: seed " + seed);
    Random random = new Random(seed);
    List<String> networks = List.of("n", "n2", "n.2");
    List<State> expected = new ArrayList<>();
    List<State> actual = new ArrayList<>();
    for (String network : networks) {
      expected.add(new MemoryState());
      actual.add(new StoreState(new Layout(CODEC), network, stores));
    }
    for (int i = 0; i < STEPS; i++) {
      int network = random.nextInt(networks.size());
      KINDS
          .get(random.nextInt(KINDS.size()))
          .step(random, expected.get(network), actual.get(network));
    }
  }

  @Test
  void theNextDeadlineIsKnown() {
    StoreState state = new StoreState(new Layout(CODEC), "n", stores);
    assertThat(state.nextDue()).isEqualTo(Long.MAX_VALUE);

    state.timers().put(new TimerKey(70, TimerKind.FENCE, "gw", "3"), Mark.SET);
    state.timers().put(new TimerKey(50, TimerKind.SWEEP, "gw", ""), Mark.SET);
    state.timers().put(new TimerKey(1_700_000_000_000L, TimerKind.SWEEP, "gw", ""), Mark.SET);
    assertThat(state.nextDue()).isEqualTo(50);

    state.timers().remove(new TimerKey(50, TimerKind.SWEEP, "gw", ""));
    state.findNextDue();
    assertThat(state.nextDue()).isEqualTo(70);

    StoreState reopened = new StoreState(new Layout(CODEC), "n", stores);
    reopened.findNextDue();
    assertThat(reopened.nextDue()).isEqualTo(70);

    reopened.timers().remove(new TimerKey(70, TimerKind.FENCE, "gw", "3"));
    reopened.findNextDue();
    assertThat(reopened.nextDue()).isEqualTo(1_700_000_000_000L);
    reopened.timers().remove(new TimerKey(1_700_000_000_000L, TimerKind.SWEEP, "gw", ""));
    reopened.findNextDue();
    assertThat(reopened.nextDue()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRuleKeyEndsWhereItEnds() {
    RuleKey one = new RuleKey(new IpAddress(IpFamily.V4, 0, 1), "dnat/tcp/80");
    RuleKey longer = new RuleKey(new IpAddress(IpFamily.V4, 0, 1), "dnat/tcp/8080");
    assertThat(bytes(one)).isNotEqualTo(bytes(longer));
    assertThat(KeyCodec.RULE.read(new KeyReader(bytes(longer), 0))).isEqualTo(longer);
  }

  private static byte[] bytes(RuleKey key) {
    KeyWriter to = new KeyWriter();
    KeyCodec.RULE.write(key, to);
    return to.toBytes();
  }
}
