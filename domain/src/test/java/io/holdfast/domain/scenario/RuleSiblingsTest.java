package io.holdfast.domain.scenario;

import io.holdfast.domain.script.Script;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What happened to one kind of rule, played for all kinds: Kube-OVN #7405 (release while rules use
 * it), #5115 (added and removed at once), spinifex #538 (one private address, two EIPs).
 */
class RuleSiblingsTest {
  private static final String WORLD =
      """
      define-pool p 10.0.0.0/29 cooldown=30s
      beat n1
      beat n2
      define-gateway gw1 n1,n2
      allocate owner=a gateway=gw1           -> 10.0.0.1
      allocate owner=b gateway=gw1           -> 10.0.0.2
      agent gw1 n1                           -> EipProgrammed*2
      """;

  enum Kind {
    FIP("fip", "192.168.0.1", "bind-fip IP 192.168.0.1", "unbind-fip IP"),
    DNAT(
        "dnat/tcp/443",
        "192.168.0.1:8080",
        "add-dnat IP tcp/443 192.168.0.1",
        "remove-dnat IP tcp/443"),
    SNAT("snat/192.168.0.0/24", "", "add-snat IP 192.168.0.0/24", "remove-snat IP 192.168.0.0/24");

    private final String id;
    private final String target;
    private final String add;
    private final String remove;

    Kind(String id, String target, String add, String remove) {
      this.id = id;
      this.target = target;
      this.add = add;
      this.remove = remove;
    }

    String in(String script) {
      return script
          .replace("ADD", add)
          .replace("REMOVE", remove)
          .replace("ID", id)
          .replace("TARGET", target)
          .replace("IP", "10.0.0.1");
    }
  }

  enum Move {
    NONE(""),
    RESTART("restart"),
    RESCHEDULE(
        """
        reschedule gw1 n2                      -> GatewayRescheduled
        agent gw1 n1                           -> GatewayInstanceFenced
        agent gw1 n2                           -> EipProgrammed*2
        """),
    NEW_INSTANCE(
        """
        begin gw1 n1
        agent gw1 n1                           -> GatewayRescheduled EipProgrammed*2
        """);

    private final String lines;

    Move(String lines) {
      this.lines = lines;
    }
  }

  static Stream<Arguments> siblings() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(Move.values()).map(move -> Arguments.of(kind, move)));
  }

  /** #7405: refused as long as a rule is wanted; not free before the rule is seen gone, too. */
  @ParameterizedTest
  @MethodSource("siblings")
  void aRuleKeepsItsEipUntilItIsSeenGone(Kind kind, Move move) {
    new Script()
        .play(WORLD)
        .play(
            kind.in(
                """
                ADD                                    -> ok
                release IP                             -> InUse silent
                agent gw1 n1                           -> RuleProgrammed
                release IP                             -> InUse silent
                """))
        .play(move.lines)
        .play(
            kind.in(
                """
                release IP                             -> InUse silent
                REMOVE                                 -> ok
                rule IP ID                             -> removing
                release IP                             -> ok EipReleaseRequested
                observe gw1 ip=10.0.0.2/32 rule=IP|ID|TARGET -> EipWithdrawn EipCooldownStarted*0
                eip IP                                 -> RELEASING
                observe gw1 ip=10.0.0.2/32             -> RuleWithdrawn EipCooldownStarted
                eip 10.0.0.2                           -> ALLOCATED ready
                """));
  }

  /** #5115: whether the agent heard of it in between or not, nothing stays in the kernel. */
  @ParameterizedTest
  @MethodSource("siblings")
  void addedAndRemovedWithinTenMilliseconds(Kind kind, Move move) {
    new Script()
        .play(WORLD)
        .play(kind.in("ADD -> ok\nwait +10ms\nREMOVE -> ok\nrule IP ID -> removing"))
        .play(move.lines)
        .play(
            kind.in(
                """
                beat n1
                beat n2
                agent gw1 n1
                agent gw1 n2
                tick +0s
                rule IP ID                             -> none
                ADD                                    -> ok
                sync gw1 n1
                sync gw1 n2
                wait +10ms
                REMOVE                                 -> ok
                apply gw1 n1
                apply gw1 n2
                look gw1 n1 as=r1
                look gw1 n2 as=r2
                deliver r1                             -> RuleProgrammed*0 RuleWithdrawn*0
                deliver r2                             -> RuleProgrammed*0 RuleWithdrawn*0
                rule IP ID                             -> removing
                agent gw1 n1
                agent gw1 n2
                rule IP ID                             -> none
                eip IP                                 -> ALLOCATED ready
                """));
  }
}
