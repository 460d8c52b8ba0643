package io.holdfast.domain.scenario;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** D. dstack #2166: a new gateway gets an old gateway's IP. */
class DstackReuseTest {

  @ParameterizedTest
  @CsvSource({"34.163.200.233, 32", "2001:db8::7, 128"})
  void lateCleanUpsOfAnEarlierTenureTouchNothing(String ip, int prefix) {
    String family = ip.contains(":") ? "v6" : "v4";
    Script script =
        new Script()
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
}
