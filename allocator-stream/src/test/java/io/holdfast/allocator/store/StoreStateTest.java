package io.holdfast.allocator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.model.FormerRule;
import io.holdfast.domain.model.Owner;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The state in stores behaves as the one in memory, in value and in order, and networks that share
 * the stores do not see each other.
 */
final class StoreStateTest {
  private static final Codec CODEC = new Codec(new NumberedIds());
  private static final int STEPS = 4_000;
  private static final Owner OWNER = new Owner("t", "Pod", "ns", "a", "");
  private static final Owner LATER = new Owner("t", "Pod", "ns", "b", "");

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

  /** A feature that a network does without costs it no lookups. */
  @Test
  void anEmptyTableIsNotReadForEver() {
    List<byte[]> reads = new ArrayList<>();
    Rows counted = counting(stores.apply("any"), reads);
    State state = new StoreState(new Layout(CODEC), "n", name -> counted);
    State neighbour = new StoreState(new Layout(CODEC), "n.2", name -> counted);
    neighbour.tickets().put(OWNER, 7L);
    for (int i = 0; i < 5_000; i++) {
      assertThat(state.tickets().get(OWNER)).isNull();
      assertThat(state.tickets().firstKey(OWNER, LATER)).isNull();
    }
    assertThat(reads).hasSizeBetween(1, 1_100);

    state.tickets().put(OWNER, 8L);
    assertThat(state.tickets().firstKey(OWNER, LATER)).isEqualTo(OWNER);
    State again = new StoreState(new Layout(CODEC), "n", name -> counted);
    for (int i = 0; i < 5_000; i++) {
      assertThat(again.tickets().get(LATER)).isNull();
    }
    assertThat(again.tickets().get(OWNER)).isEqualTo(8L);
    assertThat(again.tickets().firstKey(OWNER, LATER)).isEqualTo(OWNER);
  }

  /** RocksDB would walk over all that was deleted there. */
  @Test
  void aQueueIsLookedForWhereItBegins() {
    List<byte[]> reads = new ArrayList<>();
    Rows counted = counting(stores.apply("any"), reads);
    State state = new StoreState(new Layout(CODEC), "n", name -> counted);
    for (int i = 1; i <= 100; i++) {
      state.reusable().put(reusable(i), Mark.SET);
    }
    for (int i = 1; i < 100; i++) {
      assertThat(first(state)).isEqualTo(reusable(i));
      state.reusable().remove(reusable(i));
    }
    assertThat(first(state)).isEqualTo(reusable(100));
    assertThat(reads).hasSizeLessThan(10);

    state.reusable().put(reusable(7), Mark.SET);
    assertThat(first(state)).isEqualTo(reusable(7));
  }

  /** In its turn a network keeps rows at hand; out of turn only where they begin. */
  @Test
  void aQueueIsStillThereAfterATurn() {
    StoreState state = new StoreState(new Layout(CODEC), "n", stores);
    for (int i = 1; i <= 300; i++) {
      state.reusable().put(reusable(i), Mark.SET);
      first(state);
    }
    for (int i = 1; i <= 300; i++) {
      assertThat(first(state)).isEqualTo(reusable(i));
      state.reusable().remove(reusable(i));
      if (i % 7 == 0) {
        state.forget();
      }
    }
    assertThat(first(state)).isNull();
    state.reusable().put(reusable(3), Mark.SET);
    assertThat(first(state)).isEqualTo(reusable(3));
  }

  /** More rows than are kept at hand, looked at from more places than are remembered. */
  @Test
  void aLongTableIsTheSameFromEverywhere() {
    long seed = System.nanoTime();
    System.out.println("StoreStateTest, long table: seed " + seed);
    Random random = new Random(seed);
    StoreState state = new StoreState(new Layout(CODEC), "n", stores);
    OrderedTable<String, Long> table = state.table(TableId.LAST_SEEN);
    NavigableMap<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < STEPS; i++) {
      int at = random.nextInt(2_000);
      int rows = random.nextInt(20) == 0 ? 300 : 1;
      boolean isPut = random.nextBoolean();
      for (int row = at; row < at + rows; row++) {
        if (isPut) {
          expected.put(number(row), (long) i);
          table.put(number(row), (long) i);
        } else {
          expected.remove(number(row));
          table.remove(number(row));
        }
      }
      if (random.nextInt(50) == 0) {
        state.forget();
      }
      int place = 100 * random.nextInt(20);
      String from = number(place);
      String to = number(place + 1 + random.nextInt(2_000));
      int most = random.nextInt(3) == 0 ? 2_000 : 1 + random.nextInt(5);
      List<Map.Entry<String, Long>> seen = new ArrayList<>();
      table.scan(
          from,
          to,
          (key, value) -> {
            seen.add(Map.entry(key, value));
            return seen.size() < most;
          });
      assertThat(seen)
          .isEqualTo(expected.subMap(from, to).entrySet().stream().limit(most).toList());
    }
  }

  private static String number(int number) {
    return "%04d".formatted(number);
  }

  /** Where it begins is known exactly, in a turn and after it. */
  @Test
  void nothingThatWasRemovedFromAQueueIsWalkedOver() {
    Walked walked = new Walked();
    StoreState state = new StoreState(new Layout(CODEC), "n", name -> walked);
    for (int i = 1; i <= 300; i++) {
      state.reusable().put(reusable(i), Mark.SET);
    }
    first(state); // From the second look on, the rows are at hand.
    for (int i = 1; i <= 1_000; i++) {
      assertThat(first(state)).isEqualTo(reusable(i));
      state.reusable().remove(reusable(i));
      state.reusable().put(reusable(300 + i), Mark.SET);
      // With rows left at hand, and then each time the 64 that were read are used up.
      if (i <= 700 ? i % 7 == 0 : (i - 700) % 64 == 0) {
        state.forget();
      }
    }
    assertThat(walked.removed).isZero();
  }

  @Test
  void aQueueThatIsEmptyIsWalkedOverOnce() {
    Walked walked = new Walked();
    State state = new StoreState(new Layout(CODEC), "n", name -> walked);
    for (int i = 1; i <= 50; i++) {
      state.reusable().put(reusable(i), Mark.SET);
      state.reusable().remove(reusable(i));
    }
    for (int i = 1; i <= 3; i++) {
      assertThat(first(state)).isNull();
    }
    assertThat(walked.removed).isEqualTo(50);
    assertThat(walked.scans).isEqualTo(1);
  }

  /** 64 are read at once; of more than 128 that came to be there, 64 stay. */
  @Test
  void onlyTheFirstRowsAreKept() {
    Walked walked = new Walked();
    StoreState state = new StoreState(new Layout(CODEC), "n", name -> walked);
    state.reusable().put(reusable(1_000), Mark.SET);
    first(state);
    first(state);
    assertThat(walked.scans).as("where it begins, and what is there").isEqualTo(2);
    for (int i = 1; i <= 300; i++) {
      state.reusable().put(reusable(i), Mark.SET);
    }
    assertThat(first(state)).isEqualTo(reusable(1));
    assertThat(walked.scans).as("at hand").isEqualTo(2);
    assertThat(all(state)).hasSize(301);
    assertThat(walked.scans).as("beyond").isEqualTo(3);

    state.forget();
    assertThat(all(state)).hasSize(301);
    assertThat(walked.scans).as("both anew").isEqualTo(5);
    assertThat(all(state)).hasSize(301);
    assertThat(walked.scans).as("beyond").isEqualTo(6);
  }

  @Test
  void sixteenPlacesAreRemembered() {
    Walked walked = new Walked();
    State state = new StoreState(new Layout(CODEC), "n", name -> walked);
    state.tickets().put(LATER, 8L);
    for (int place = 1; place <= 17; place++) {
      for (int look = 0; look < 3; look++) {
        assertThat(firstTicket(state, place)).isEqualTo(LATER);
      }
      assertThat(walked.scans).isEqualTo(2 * place);
    }
    firstTicket(state, 2);
    assertThat(walked.scans).as("still known").isEqualTo(34);
    firstTicket(state, 1);
    assertThat(walked.scans).as("given up").isEqualTo(35);
  }

  /** After a thousand looks in vain it is known, wherever they were; never if it has rows. */
  @Test
  void whetherATableIsEmptyIsAskedSeldom() {
    Walked walked = new Walked();
    State state = new StoreState(new Layout(CODEC), "n", name -> walked);
    for (int place = 1; place <= 3_000; place++) {
      assertThat(firstTicket(state, place)).isNull();
    }
    assertThat(walked.scans).isEqualTo(1_001);
    state.tickets().put(LATER, 8L);
    for (int place = 1; place <= 3_000; place++) {
      assertThat(firstTicket(state, place)).isEqualTo(LATER);
    }
    assertThat(walked.scans).isEqualTo(4_001);

    state.reusable().put(reusable(1), Mark.SET);
    for (int i = 0; i < 3_000; i++) {
      assertThat(all(state)).hasSize(1);
    }
    assertThat(walked.scans).isEqualTo(4_003);
  }

  /** What other networks have there does not count, and looking is not given up. */
  @Test
  void aTableWithARowIsNotTakenForEmpty() {
    Walked walked = new Walked();
    new StoreState(new Layout(CODEC), "a", name -> walked).tickets().put(OWNER, 7L);
    StoreState state = new StoreState(new Layout(CODEC), "n", name -> walked);
    state.tickets().put(LATER, 8L);
    state.forget();
    for (int i = 1; i <= 3_000; i++) {
      assertThat(state.tickets().get(owner(i))).isNull();
    }
    assertThat(walked.scans).isEqualTo(3);
    assertThat(state.tickets().get(LATER)).isEqualTo(8L);
    assertThat(walked.gets).isEqualTo(3_001);

    state.tickets().remove(LATER);
    for (int i = 1; i <= 3_000; i++) {
      assertThat(state.tickets().get(owner(i))).isNull();
    }
    assertThat(walked.scans).isEqualTo(4);
    assertThat(walked.gets).isEqualTo(4_001);
  }

  /** The last 32, whether they are there or not; of a table that is small, all, for good. */
  @Test
  void aFewRowsAreKeptDecoded() {
    Walked walked = new Walked();
    StoreState state = new StoreState(new Layout(CODEC), "n", name -> walked);
    for (int i = 1; i <= 33; i++) {
      state.tickets().get(owner(i));
    }
    state.tickets().get(owner(33));
    state.tickets().get(owner(2));
    assertThat(walked.gets).as("the last 32").isEqualTo(33);
    state.tickets().get(owner(1));
    assertThat(walked.gets).as("one before").isEqualTo(34);
    state.forget();
    state.tickets().get(owner(33));
    assertThat(walked.gets).as("after the turn").isEqualTo(35);

    for (int i = 1; i <= 900; i++) {
      state.gateways().get(number(i));
    }
    state.forget();
    for (int i = 1; i <= 900; i++) {
      state.gateways().get(number(i));
    }
    assertThat(walked.gets).isEqualTo(935);
  }

  private static @Nullable Owner firstTicket(State state, int place) {
    return state.tickets().firstKey(owner(place), new Owner("u", "", "", "", ""));
  }

  private static Owner owner(int number) {
    return new Owner("t", "Pod", "ns", number(number), "");
  }

  private static List<ReusableKey> all(State state) {
    List<ReusableKey> all = new ArrayList<>();
    state
        .reusable()
        .scan(ReusableKey.first("p"), ReusableKey.last("p"), (key, mark) -> all.add(key));
    return all;
  }

  /** Rows that count the looks, and what was removed and lay on their way as it does in RocksDB. */
  private static final class Walked implements Rows {
    private final Rows rows = new InMemoryRows();
    private final NavigableSet<byte[]> graves = new TreeSet<>(Arrays::compareUnsigned);
    private int gets;
    private int scans;
    private int removed;

    @Override
    public byte @Nullable [] get(byte[] key) {
      gets++;
      return rows.get(key);
    }

    @Override
    public void put(byte[] key, byte @Nullable [] value) {
      rows.put(key, value);
      if (value == null) {
        graves.add(key);
      } else {
        graves.remove(key);
      }
    }

    @Override
    public void scan(byte[] from, byte[] to, Visitor visitor) {
      scans++;
      byte[][] end = {to};
      rows.scan(
          from,
          to,
          (key, value) -> {
            boolean goesOn = visitor.visit(key, value);
            end[0] = goesOn ? to : key;
            return goesOn;
          });
      removed += graves.subSet(from, end[0]).size();
    }
  }

  private static ReusableKey reusable(long freeAt) {
    return new ReusableKey("p", freeAt, IpAddress.parse("10.0.0.1"));
  }

  private static @Nullable ReusableKey first(State state) {
    return state.reusable().firstKey(ReusableKey.first("p"), ReusableKey.last("p"));
  }

  private static Rows counting(Rows rows, List<byte[]> reads) {
    return new Rows() {
      @Override
      public byte @Nullable [] get(byte[] key) {
        reads.add(key);
        return rows.get(key);
      }

      @Override
      public void put(byte[] key, byte @Nullable [] value) {
        rows.put(key, value);
      }

      @Override
      public void scan(byte[] from, byte[] to, Visitor visitor) {
        reads.add(from);
        rows.scan(from, to, visitor);
      }
    };
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
