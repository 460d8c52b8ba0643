package io.holdfast.domain.scenario;

import io.holdfast.domain.script.Script;
import org.junit.jupiter.api.Test;

/** Calico #2713: thousands of owners are gone within a minute. */
class ManyOwnersTest {
  private static final int OWNERS = 2_000;

  /** Each is one report, and what follows by time comes in portions: others get their answer. */
  @Test
  void othersAreAnsweredInBetween() {
    Script script = new Script().auditAtTheEnd();
    script.play("define-pool p 10.0.0.0/20 confirm=1 over=30s cooldown=60s");
    script.step("repeat " + OWNERS + " allocate owner=o{i} -> EipAllocated");
    for (int i = 0; i < OWNERS; i++) {
      script.step("check " + ip(i) + " absent tenure=" + (i + 2) + " -> OwnerAbsent*1");
    }
    script.step("tick +30s -> silent");
    for (int i = 0; i < OWNERS; i++) {
      script.step("check " + ip(i) + " absent tenure=" + (i + 2) + " -> EipReleaseRequested*1");
      if (i % 100 == 0) {
        script.step("allocate owner=new" + i + " -> ok EipAllocated*1 EipReleaseRequested*0");
      }
    }
    script.play("pool p -> allocated=20 cooling=2000");
    script.step("wait +60s");
    script.step("allocate owner=in-the-middle -> ok EipAllocated*1");
    script.step("repeat 30 tick +1s");
    script.play("pool p -> allocated=21 cooling=0 free=4073");
  }

  /** All on one node, which comes back without them. */
  @Test
  void oneInventoryWithoutThem() {
    new Script()
        .auditAtTheEnd()
        .play(
            """
            define-pool p 10.0.0.0/20 cooldown=60s
            heartbeat n1 b1
            repeat 2000 allocate owner=o{i} node=n1
            heartbeat n1 b2
            inventory n1 b2                    -> OwnerInventoryTaken EipReleaseRequested*2000
            allocate owner=z                   -> ok EipAllocated*1
            wait +60s
            allocate owner=y                   -> ok EipAllocated*1
            repeat 30 tick +1s
            pool p                             -> allocated=2 cooling=0 free=4092
            """);
  }

  private static String ip(int i) {
    int n = i + 1;
    return "10.0." + n / 256 + "." + n % 256;
  }
}
