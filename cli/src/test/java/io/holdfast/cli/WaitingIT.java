package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.standalone.Standalone;
import io.holdfast.standalone.StandaloneOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pool that is full, those who wait for it, a quota and a bundle, typed against a real service.
 */
final class WaitingIT {
  @TempDir private Path dir;
  private String screens = "";

  private Shell.Run run(Shell shell, String typed) {
    Shell.Run run = shell.run(typed.split(" ", -1));
    screens += "$ holdfast " + typed + "\n" + run.out() + run.err();
    return run;
  }

  private String done(Shell shell, String typed) {
    Shell.Run run = run(shell, typed);
    assertThat(run.code()).as(screens).isZero();
    return run.out();
  }

  private String refused(Shell shell, String typed) {
    Shell.Run run = run(shell, typed);
    assertThat(run.code()).as(screens).isEqualTo(3);
    return run.err();
  }

  @Test
  void aFullPool() throws Exception {
    Path bundle =
        Files.writeString(
            dir.resolve("bundle.ndjson"),
            """
            {"owner": "acme/VM/web", "pools": ["b"], "gateway": "gw-1", "rules": [{"kind": "Fip", "internalIp": "10.0.0.5"}]}
            {"owner": "acme/VM/db", "labels": {"tier": "gold"}, "count": 2, "contiguous": true}
            """);
    try (Standalone standalone =
        Standalone.start(StandaloneOptions.in(dir.resolve("data")).withFsync(false), line -> {})) {
      Shell shell = new Shell(standalone.httpUrl());
      done(shell, "pool create a 203.0.113.1 --cooldown 0s --opt-in --label tier=gold");
      done(shell, "eip allocate --pool a --owner acme/Pod/one --tag app=web");
      assertThat(refused(shell, "eip allocate --pool a --owner acme/Pod/two --id full-1"))
          .startsWith("refused: PoolExhausted: no free address in a (1 more needed)");
      assertThat(done(shell, "eip allocate --pool a --owner acme/Pod/two --wait 10m"))
          .contains("Nothing is free: it waits, at position 1 (ticket 3), given up at");
      assertThat(done(shell, "eip allocate --pool a --owner acme/Pod/three --wait"))
          .contains("at position 2 (ticket 4)");
      assertThat(done(shell, "waiting list")).contains("acme/Pod/two", "1 v4", "acme/Pod/three");
      assertThat(done(shell, "pool show a"))
          .contains("Waiting       2", "Available     no  0 of 1 free");
      assertThat(done(shell, "pool explain a")).contains("2 requests wait for it, the oldest acme");
      assertThat(done(shell, "outcome explain full-1"))
          .contains("(PoolExhausted)", "Now pool a: 0 of 1 free.");
      done(shell, "waiting cancel --owner acme/Pod/two");
      done(shell, "eip release 203.0.113.1");
      assertThat(done(shell, "eip allocate --pool a --owner acme/Pod/three"))
          .contains("203.0.113.1");
      assertThat(done(shell, "outcome explain full-1")).contains("Now pool a: 0 of 1 free.");

      done(shell, "pool define b 203.0.113.16/28 --priority 5 --label tier=gold");
      done(shell, "pool set b --policy best-fit --cross-tenant-cooldown 24h");
      assertThat(done(shell, "pool show b"))
          .contains("best-fit", "5m; for another tenant 1d", "tier=gold", "Priority      5");
      done(shell, "gateway define gw-1 node-1");
      done(shell, "quota set acme 4");
      assertThat(done(shell, "eip bundle " + bundle)).contains("203.0.113.17", "203.0.113.19");
      assertThat(done(shell, "quota list")).contains("acme       4      4");
      assertThat(refused(shell, "eip allocate --owner acme/VM/more --id over-1"))
          .contains("QuotaExceeded", "limit = 4; used = 4");
      done(shell, "quota set acme none");
      assertThat(done(shell, "outcome explain over-1")).contains("Now: tenant acme has no limit.");
      assertThat(run(shell, "quota show acme").err()).contains("QuotaUnknown");
      assertThat(done(shell, "gateway explain gw-1"))
          .contains(
              "Gateway gw-1 runs on node node-1 as epoch 1",
              "Reachable is Unknown (NodeUnknown)",
              "1 of 1 EIP and 1 of 1 rule are not ready.");
      assertThat(done(shell, "gateway show gw-1")).contains("CONDITION", "Reachable  Unknown");
      assertThat(done(shell, "events --from 1"))
          .contains(
              "AllocationQueued       for acme/Pod/two wants 1 v4 from a until 20",
              "AllocationDequeued     ticket 3 for acme/Pod/two CANCELLED",
              "AllocationDequeued     ticket 4 for acme/Pod/three GRANTED",
              "PoolChanged            pool b policy best-fit, cooldown 5m; for another tenant 1d",
              "QuotaSet               tenant acme limit 4",
              "chosen: best fit");
    }
  }
}
