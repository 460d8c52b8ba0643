package io.holdfast.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.command.Command;
import io.holdfast.domain.command.CommandMeta;
import io.holdfast.domain.model.FamilyChoice;
import io.holdfast.domain.model.Owner;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.report.Report;
import io.holdfast.domain.script.Script;
import io.holdfast.domain.state.OrderedTable;
import io.holdfast.domain.state.State;
import io.holdfast.domain.state.TableId;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rule 15: what a decision costs, counted in entries it reads and writes, does not grow with how
 * many addresses a pool has, how many are in use, or how many EIPs a gateway carries.
 */
class CostTest {
  private static final Decider DECIDER = new Decider(Settings.DEFAULT);

  @Test
  void allocation() {
    assertSame(s ->
        command(
            s,
            new Command.AllocateEip(
                List.of("p"),
                new Owner("t", "Pod", "n", "new", ""),
                null,
                FamilyChoice.V4,
                1,
                "gw1",
                null)));
  }

  @Test
  void allocationOfAnAddressThatWasUsed() {
    assertSame(s -> {
      s.step("force-release 10.0.0.9");
      s.step("observe gw1 partial absent=10.0.0.9 -> EipCooldownStarted");
      s.step("wait +300s");
      return command(
          s,
          new Command.AllocateEip(
              List.of(),
              new Owner("t", "Pod", "n", "new", ""),
              null,
              FamilyChoice.V4,
              1,
              null,
              null));
    });
  }

  @Test
  void release() {
    assertSame(s -> command(s, new Command.ReleaseEip(IpAddress.parse("10.0.0.7"), null, null)));
  }

  @Test
  void reschedule() {
    assertSame(s -> command(s, new Command.RescheduleGateway("gw1", null)));
  }

  @Test
  void restartOfAnInstance() {
    assertSame(s -> report(s, new Report.InstanceStarted("gw1", "n1", "b1", "i2")));
  }

  @Test
  void rebootOfItsNode() {
    assertSame(s -> report(s, new Report.NodeHeartbeat("n1", "b2")));
  }

  @Test
  void anObservationOfOneAddress() {
    IpAddress ip = IpAddress.parse("10.0.0.7");
    assertSame(s ->
        report(
            s,
            new Report.Observation(
                "gw1",
                "n1",
                1,
                99,
                revision(s),
                false,
                List.of(new Report.SeenAddress(ip, 32)),
                List.of(),
                List.of(),
                List.of())));
  }

  @Test
  void growingAPool() {
    assertSame(s ->
        command(
            s,
            new Command.ResizePool(
                "p",
                List.of("10.0.0.0/16", "10.1.0.0/16"),
                List.of(),
                null,
                null,
                io.holdfast.domain.command.ResizeMode.REJECT)));
  }

  @Test
  void aRule() {
    assertSame(s ->
        command(
            s,
            new Command.BindFip(
                IpAddress.parse("10.0.0.7"), IpAddress.parse("192.168.0.1"), "v", false, null)));
  }

  private static long revision(Script script) {
    var gateway = script.ledger().state().gateways().get("gw1");
    return gateway == null ? 0 : gateway.revision();
  }

  private static void assertSame(ToLongFunction<Script> decision) {
    long few = decision.applyAsLong(world(20));
    long many = decision.applyAsLong(world(2_000));
    assertThat(many).as("entries touched with 2,000 EIPs, and with 20").isLessThanOrEqualTo(few);
    assertThat(many).isLessThan(150);
  }

  private static Script world(int eips) {
    return new Script()
        .auditAtTheEnd()
        .play(
            """
            define-pool p 10.0.0.0/16 cooldown=300s
            heartbeat n1 b1
            heartbeat n2 b1
            define-gateway gw1 n1,n2
            started gw1 n1 b1 i1
            """)
        .play("repeat " + eips + " allocate owner=o{i} gateway=gw1");
  }

  private static long command(Script script, Command command) {
    Counting state = new Counting(script.ledger().state());
    var decision =
        DECIDER.command(
            state,
            script.ledger().head(),
            new CommandMeta("cost", "a", "r", false),
            command,
            script.ledger().now());
    assertThat(decision.events()).as(decision.answer().toString()).isNotEmpty();
    return state.touched;
  }

  private static long report(Script script, Report report) {
    Counting state = new Counting(script.ledger().state());
    var decision = DECIDER.report(state, script.ledger().head(), report, script.ledger().now());
    assertThat(decision.events()).as(decision.answer().toString()).isNotEmpty();
    return state.touched;
  }

  /** Counts entries read. */
  private static final class Counting implements State {
    private final State base;
    private long touched;

    Counting(State base) {
      this.base = base;
    }

    @Override
    public <K extends Comparable<K>, V> OrderedTable<K, V> table(TableId<K, V> id) {
      OrderedTable<K, V> table = base.table(id);
      return new OrderedTable<>() {
        @Override
        public @Nullable V get(K key) {
          touched++;
          return table.get(key);
        }

        @Override
        public void put(K key, V value) {
          throw new IllegalStateException("a decision writes nothing");
        }

        @Override
        public void remove(K key) {
          throw new IllegalStateException("a decision writes nothing");
        }

        @Override
        public void scan(K from, K to, Visitor<K, V> visitor) {
          table.scan(
              from,
              to,
              (key, value) -> {
                touched++;
                return visitor.visit(key, value);
              });
        }
      };
    }
  }
}
