package io.holdfast.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.decide.Recorded;
import io.holdfast.domain.event.Event;
import io.holdfast.domain.script.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** D. dstack #2166: a new gateway gets an old gateway's IP. */
class DstackReuseTest {

  @ParameterizedTest
  @CsvSource({"34.163.200.233, 32", "2001:db8::7, 128"})
  void lateCleanUpsOfAnEarlierTenureTouchNothing(String ip, int prefix) {
    Script script = reused(ip, prefix);
    for (int twice = 0; twice < 2; twice++) {
      script.play(
          """
          release IP tenure=8                                  -> StaleTenure silent
          force-release IP tenure=8                            -> StaleTenure silent
          detach IP tenure=8                                   -> StaleTenure silent
          attach IP gwA tenure=8                               -> StaleTenure silent
          release IP owner=A                                   -> NotOwner silent
          check IP absent tenure=8                             -> late silent
          probe IP tenure=8 fail                               -> late silent
          observe gwA ip=IP/PREFIX applied=9                   -> used silent
          observe gwA                                          -> used silent
          observe gwB n1 ip=IP/PREFIX applied=8                -> late silent
          eip IP                                               -> ALLOCATED#19 owner:B on:gwB ready
          """
              .replace("IP", ip)
              .replace("PREFIX", Integer.toString(prefix)));
    }
    script.play("restart\neip " + ip + " -> ALLOCATED#19 owner:B ready");
  }

  /**
   * D-a: what was sent for tenure 1 comes in any order, twice, and the service restarts meanwhile.
   */
  @ParameterizedTest
  @ValueSource(longs = {2166, 2167, 2168, 2169})
  void inAnyOrderAndTwice(long seed) {
    String ip = "34.163.200.233";
    Script script = reused(ip, 32);
    script.play(
        """
        bind-fip IP 192.168.0.1
        add-dnat IP tcp/443 192.168.0.2
        add-snat IP 192.168.9.0/24
        observe gwB all                                      -> RuleProgrammed*3
        """
            .replace("IP", ip));
    List<String> late = new ArrayList<>();
    for (int twice = 0; twice < 2; twice++) {
      late.addAll(
          List.of(
              "release IP tenure=8 -> StaleTenure silent",
              "force-release IP tenure=8 -> StaleTenure silent",
              "restore IP tenure=8 -> silent",
              "detach IP tenure=8 -> StaleTenure silent",
              "attach IP gwA tenure=8 -> StaleTenure silent",
              "bind-fip IP 192.168.7.7 tenure=8 -> StaleTenure silent",
              "bind-fip IP 192.168.7.7 replace tenure=8 -> StaleTenure silent",
              "unbind-fip IP tenure=8 -> StaleTenure silent",
              "add-dnat IP tcp/443 192.168.7.7 replace tenure=8 -> StaleTenure silent",
              "remove-dnat IP tcp/443 tenure=8 -> StaleTenure silent",
              "add-snat IP 192.168.7.0/24 tenure=8 -> StaleTenure silent",
              "remove-snat IP 192.168.9.0/24 tenure=8 -> StaleTenure silent",
              "release IP owner=A -> NotOwner silent",
              "check IP absent tenure=8 -> late silent",
              "check IP unknown tenure=8 -> late silent",
              "probe IP tenure=8 fail -> late silent",
              "observe gwA ip=IP/32 applied=9 -> silent",
              "observe gwA -> silent",
              "observe gwB n1 ip=IP/32 applied=8 -> late silent",
              "restart"));
    }
    Collections.shuffle(late, new Random(seed));
    for (String line : late) {
      script.step(line.replace("IP", ip));
      script.step("eip " + ip + " -> ALLOCATED#19 owner:B on:gwB ready");
      script.step("rule " + ip + " fip -> wanted ready 192.168.0.1");
      script.step("rule " + ip + " dnat/tcp/443 -> wanted ready 192.168.0.2:8080");
      script.step("rule " + ip + " snat/192.168.9.0/24 -> wanted ready");
    }
    assertThat(script.ledger().log())
        .as("history shows both tenures")
        .extracting(Recorded::event)
        .filteredOn(Event.EipAllocated.class::isInstance)
        .extracting(
            e -> ((Event.EipAllocated) e).owner().name() + "#" + ((Event.EipAllocated) e).tenure())
        .containsExactly("A#8", "B#19");
  }

  /** A had it in tenure 8, B has it in tenure 19. */
  private static Script reused(String ip, int prefix) {
    String family = ip.contains(":") ? "v6" : "v4";
    return new Script()
        .play(
            """
            define-pool p IP/PREFIX cooldown=300s
            heartbeat n1 b1
            heartbeat n2 b1
            define-gateway gwA n1 fence=10s
            define-gateway gwB n2 fence=10s
            allocate owner=A gateway=gwA family=FAM          -> IP#8
            observe gwA all                                  -> EipProgrammed
            release IP tenure=8                              -> EipReleaseRequested
            observe gwA                                      -> EipWithdrawn EipCooldownStarted
            allocate owner=B gateway=gwB family=FAM          -> PoolExhausted
            tick +300s                                       -> EipFreed
            heartbeat n1 b1
            heartbeat n2 b1
            allocate owner=B gateway=gwB family=FAM          -> IP#19
            eip IP                                           -> unready
            observe gwB all                                  -> EipProgrammed
            eip IP                                           -> ALLOCATED#19 owner:B ready
            """
                .replace("IP", ip)
                .replace("PREFIX", Integer.toString(prefix))
                .replace("FAM", family));
  }
}
