package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.script.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** F. Kube-OVN #5114: deleting a FIP marks an EIP ready during a reschedule. */
class KubeOvnRescheduleTest {

  /** Found by simulation: the name of an instance that ended, never heard before, comes late. */
  @Test
  void aNameThatComesLateChangesNothing() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            define-gateway gw1 n1
            started gw1 n1 b1 i2 uptime=200        -> used GatewayInstanceStarted
            allocate owner=a gateway=gw1           -> 10.0.0.1
            observe gw1 all                        -> EipProgrammed
            started gw1 n1 b1 i1 uptime=100        -> late silent
            started gw1 n1 b1 i2 uptime=200        -> late silent
            eip 10.0.0.1                           -> ready
            started gw1 n1 b1 i3 uptime=300        -> used GatewayRescheduled GatewayInstanceFenced
            started gw1 n1 b1 i2 uptime=200        -> late silent
            gateway gw1                            -> epoch=2 node=n1
            """);
  }

  /** The kernel of who was taken for ended is not empty: nothing is called gone by its return. */
  @Test
  void whoRunsTakesItsNameBack() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/29
            heartbeat n1 b1
            heartbeat n2 b2
            define-gateway gw1 n1,n2
            started gw1 n1 b1 i1 uptime=100        -> used GatewayInstanceStarted
            allocate owner=a gateway=gw1           -> 10.0.0.1
            observe gw1 all                        -> EipProgrammed
            reschedule gw1                         -> GatewayRescheduled
            reschedule gw1                         -> GatewayRescheduled
            started gw1 n1 b1 i0 uptime=50         -> used GatewayInstanceStarted
            started gw1 n1 b1 i1 uptime=100        -> used GatewayRescheduled GatewayInstanceStarted GatewayInstanceFenced*0
            """);
  }

  @Test
  void fiveHundredFipsAreUnboundWhileTheGatewayMoves() {
    Script script =
        new Script()
            .auditAtTheEnd()
            .play(
                """
                define-pool p 10.0.0.0/22
                heartbeat n1 b1
                heartbeat n2 b1
                define-gateway gw1 n1,n2
                """);
    for (int epoch = 1; epoch < 7; epoch++) {
      script.step("reschedule gw1 -> GatewayRescheduled");
      script.step(
          "observe gw1 n"
              + (epoch % 2 == 1 ? 1 : 2)
              + " epoch="
              + epoch
              + " -> GatewayInstanceFenced");
    }
    script.play(
        """
        gateway gw1                            -> epoch=7 node=n1
        repeat 500 allocate owner=o{i} gateway=gw1
        """);
    List<String> ips = new ArrayList<>();
    script.ledger().oracle().summary().keySet().forEach(ip -> ips.add(ip.toString()));
    for (int i = 0; i < ips.size(); i++) {
      script.step("bind-fip " + ips.get(i) + " 172.16." + i / 256 + "." + i % 256 + " -> FipBound");
    }
    script.play(
        """
        observe gw1 all                        -> EipProgrammed*500 RuleProgrammed*500
        reschedule gw1                         -> GatewayRescheduled*1 GatewayInstanceFenced*0
        observe gw1 n1 epoch=7                 -> GatewayInstanceFenced
        """);
    assertThat(script.ledger().oracle().summary().values()).allMatch(l -> l.contains("not ready"));
    Random random = new Random(5114);
    List<String> steps = new ArrayList<>();
    for (String ip : ips) {
      steps.add("unbind-fip " + ip + " -> FipUnbound EipProgrammed*0");
      steps.add("observe gw1 partial ip=" + ip + "/32");
      steps.add("observe gw1 partial ip=" + ip + "/32");
      steps.add("observe gw1 n1 epoch=7 applied=1 ip=" + ip + "/32 -> late silent");
    }
    Collections.shuffle(steps, random);
    steps.forEach(script::step);
    assertThat(script.ledger().oracle().summary()).hasSize(500);
    assertThat(script.ledger().oracle().summary().values()).noneMatch(l -> l.contains("not ready"));
    script.play(
        "observe gw1 all -> RuleWithdrawn*500 EipUnprogrammed*0\nobserve gw1 all -> silent");
  }

  static Stream<Arguments> siblings() {
    return Stream.of("10.0.0.1", "2001:db8::1")
        .flatMap(ip ->
            Stream.of("fip", "dnat", "snat")
                .flatMap(kind ->
                    Stream.of("reschedule", "restart", "reboot", "allocator")
                        .map(move -> Arguments.of(ip, kind, move))));
  }

  /**
   * {FIP, DNAT, SNAT} x {add, change, remove} x {reschedule, restart in place, node reboot,
   * reschedule while the allocator restarts}, IPv4 and IPv6.
   */
  @ParameterizedTest
  @MethodSource("siblings")
  void noRuleChangeDuringAMoveTouchesAnEip(String ip, String kind, String move) {
    boolean v6 = ip.contains(":");
    String one = v6 ? "fd00::1" : "192.168.0.1";
    String two = v6 ? "fd00::2" : "192.168.0.2";
    String add =
        switch (kind) {
          case "fip" -> "bind-fip IP " + one;
          case "dnat" -> "add-dnat IP tcp/443 " + one;
          default -> "add-snat IP " + one;
        };
    String change =
        switch (kind) {
          case "fip" -> "bind-fip IP " + two + " replace";
          case "dnat" -> "add-dnat IP tcp/443 " + two + " replace";
          default -> "add-snat IP " + two;
        };
    String remove =
        switch (kind) {
          case "fip" -> "unbind-fip IP";
          case "dnat" -> "remove-dnat IP tcp/443";
          default -> "remove-snat IP " + one;
        };
    String moved =
        switch (move) {
          case "reschedule" ->
              """
              reschedule gw1                              -> GatewayRescheduled*1
              observe gw1 n1 epoch=1                      -> GatewayInstanceFenced
              """;
          case "allocator" ->
              """
              reschedule gw1                              -> GatewayRescheduled*1
              restart
              observe gw1 n1 epoch=1                      -> GatewayInstanceFenced
              restart
              """;
          case "restart" ->
              "started gw1 n1 b1 i2         -> GatewayRescheduled*1 GatewayInstanceFenced*1";
          default ->
              "heartbeat n1 b2                     -> GatewayRescheduled*1 GatewayInstanceFenced*1";
        };
    Script script =
        new Script()
            .play(
                """
                define-pool p4 10.0.0.1-10.0.0.9
                define-pool p6 2001:db8::1-2001:db8::9
                heartbeat n1 b1
                heartbeat n2 b1
                define-gateway gw1 n1,n2
                started gw1 n1 b1 i1                        -> GatewayInstanceStarted
                """)
            .play("allocate owner=a ip=" + ip + " gateway=gw1 family=" + (v6 ? "v6" : "v4"))
            .play("allocate owner=b gateway=gw1")
            .play("observe gw1 all -> EipProgrammed*2")
            .play(moved)
            .play("eip " + ip + " -> unready");
    for (String step : List.of(add, change, remove)) {
      script.step(step.replace("IP", ip) + " -> ok EipProgrammed*0 EipUnprogrammed*0");
      script.step("eip " + ip + " -> unready");
      script.step("observe gw1 n1 epoch=1 applied=7 number=9999 ip=" + ip + "/32 -> late silent");
    }
    script.step("observe gw1 all -> EipProgrammed*2");
    script.step("eip " + ip + " -> ready");
    for (String step : List.of(add, change, remove)) {
      script.step(step.replace("IP", ip) + " -> EipProgrammed*0 EipUnprogrammed*0");
      script.step("eip " + ip + " -> ready");
      script.step("observe gw1 all -> EipProgrammed*0 EipUnprogrammed*0");
      script.step("eip " + ip + " -> ready");
    }
    script.play("observe gw1 all -> EipUnprogrammed*0\nrestart\neip " + ip + " -> ready");
  }

  @Test
  void twoGatewaysMoveAtOnce() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/28
            heartbeat n1 b1
            heartbeat n2 b1
            define-gateway gw1 n1,n2
            define-gateway gw2 n2,n1
            allocate owner=a gateway=gw1           -> 10.0.0.1
            allocate owner=b gateway=gw2           -> 10.0.0.2
            observe gw1 all                        -> EipProgrammed*1
            observe gw2 all                        -> EipProgrammed*1
            reschedule gw1
            reschedule gw2
            reschedule gw2                         -> ok
            gateway gw1                            -> epoch=2 unfenced=1
            gateway gw2                            -> epoch=3 unfenced=1 unfenced=2
            observe gw1 n1 epoch=1                 -> GatewayInstanceFenced*1
            observe gw1 n2 epoch=3 all             -> late silent
            observe gw2 n2 epoch=2 all             -> late silent
            observe gw1 n2 epoch=2 all             -> EipProgrammed*1
            eip 10.0.0.1                           -> ready
            eip 10.0.0.2                           -> unready
            """);
  }

  @Test
  void theNewInstanceIsGivenNothingBeforeTheOldOneIsGone() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/28
            heartbeat n1 b1
            heartbeat n2 b1
            define-gateway gw1 n1,n2 fence=10s
            allocate owner=a gateway=gw1           -> 10.0.0.1
            observe gw1 all                        -> EipProgrammed
            reschedule gw1
            gateway gw1                            -> inactive unfenced=1
            observe gw1 n2 all                     -> silent
            observe gw1 n1 epoch=1 ip=10.0.0.1/32  -> silent
            observe gw1 n1 epoch=1 applied=4       -> late silent
            observe gw1 n1 epoch=1 partial         -> late silent
            observe gw1 n2 epoch=1                 -> late silent
            tick +12s                              -> silent
            heartbeat n1 b1
            heartbeat n2 b1
            tick +12s                              -> GatewayInstanceFenced*0
            tick +1s                               -> GatewayInstanceFenced
            gateway gw1                            -> active unfenced:0
            observe gw1 n2 all                     -> EipProgrammed
            """);
  }

  @Test
  void takeoverOverlapsAndSaysSo() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/28
            heartbeat n1 b1
            heartbeat n2 b1
            define-gateway gw1 n1,n2 failover=takeover
            allocate owner=a gateway=gw1           -> 10.0.0.1
            observe gw1 all                        -> EipProgrammed
            reschedule gw1                         -> GatewayRescheduled
            gateway gw1                            -> active unfenced=1
            observe gw1 n2 all                     -> EipProgrammed
            release 10.0.0.1
            observe gw1 n2                         -> EipCleared EipWithdrawn*0
            eip 10.0.0.1                           -> RELEASING
            observe gw1 n1 epoch=1                 -> GatewayInstanceFenced
            tick +1s                               -> EipWithdrawn EipCooldownStarted
            """);
  }

  @Test
  void anAddressReleasedDuringTheHoldWaitsForBothInstances() {
    String begin =
        """
        define-pool p 10.0.0.0/28
        heartbeat n1 b1
        heartbeat n2 b1
        define-gateway gw1 n1,n2
        allocate owner=a gateway=gw1             -> 10.0.0.1
        observe gw1 all                          -> EipProgrammed
        reschedule gw1
        release 10.0.0.1
        """;
    new Script()
        .play(begin)
        .play(
            """
            observe gw1 n2                         -> EipCleared
            observe gw1 n2                         -> silent
            observe gw1 n1 epoch=1                 -> GatewayInstanceFenced
            tick +1s                               -> EipWithdrawn EipCooldownStarted
            """);
    new Script()
        .play(begin)
        .play(
            """
            observe gw1 n1 epoch=1                 -> GatewayInstanceFenced
            tick +1s                               -> EipWithdrawn*0
            observe gw1 n2                         -> EipWithdrawn EipCooldownStarted
            """);
  }

  @Test
  void thereAndBackAgainIsNotADeadlock() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/28
            heartbeat n1 b1
            heartbeat n2 b1
            define-gateway gw1 n1,n2
            allocate owner=a gateway=gw1           -> 10.0.0.1
            observe gw1 all                        -> EipProgrammed
            reschedule gw1 n1                      -> same silent
            reschedule gw1 n2                      -> ok
            reschedule gw1 n1                      -> ok
            gateway gw1                            -> epoch=3 node=n1 unfenced=1 unfenced=2
            observe gw1 n1 ip=10.0.0.1/32          -> silent
            observe gw1 n1                         -> GatewayInstanceFenced*1
            observe gw1 n2 epoch=2                 -> GatewayInstanceFenced*1
            observe gw1 n1 all                     -> EipProgrammed
            """);
  }

  @Test
  void anAddressThatMovesToAnotherGatewayIsHeldBackUntilItLeftTheFirst() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/28
            heartbeat n1 b1
            heartbeat n2 b1
            define-gateway gw1 n1
            define-gateway gw2 n2
            allocate owner=a gateway=gw1           -> 10.0.0.1
            observe gw1 all                        -> EipProgrammed
            attach 10.0.0.1 gw2                    -> EipDetached EipAttached
            observe gw2 all                        -> silent
            eip 10.0.0.1                           -> on:gw2 unready
            observe gw1                            -> EipWithdrawn EipCooldownStarted*0
            observe gw2 all                        -> EipProgrammed
            eip 10.0.0.1                           -> on:gw2 ready
            """);
  }

  @Test
  void aLeaseThatAnOperatorShortensIsNotTrustedForWhoMayNotKnow() {
    new Script()
        .play(
            """
            define-pool p 10.0.0.0/28
            heartbeat n1 b1
            heartbeat n2 b1
            define-gateway gw1 n1,n2 fence=60s
            allocate owner=a gateway=gw1           -> 10.0.0.1
            observe gw1 all                        -> EipProgrammed
            define-gateway gw1 n1,n2 fence=1s      -> GatewayDefined
            tick +14s
            heartbeat n2 b1
            tick +2s                               -> NodeLost GatewayRescheduled
            heartbeat n2 b1
            tick +14s                              -> GatewayInstanceFenced*0
            heartbeat n2 b1
            tick +14s                              -> GatewayInstanceFenced*0
            heartbeat n2 b1
            tick +14s                              -> GatewayInstanceFenced*0
            heartbeat n2 b1
            tick +10s                              -> GatewayInstanceFenced*1
            """);
  }

  @Test
  void aLeaseThatAnOperatorLengthensMayReachAnInstanceThatWasReplaced() {
    new Script()
        .play(
            """
            heartbeat n1 b1
            heartbeat n2 b1
            define-gateway gw1 n1,n2 fence=10s
            reschedule gw1                         -> GatewayRescheduled
            define-gateway gw1 n1,n2 fence=20s     -> GatewayDefined
            tick +13s                              -> GatewayInstanceFenced*0
            tick +10s                              -> GatewayInstanceFenced*0
            tick +1s                               -> GatewayInstanceFenced*1
            """);
  }
}
