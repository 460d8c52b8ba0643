package io.holdfast.bench.load;

import io.holdfast.domain.report.Report;
import io.holdfast.domain.report.ReportMeta;
import io.holdfast.standalone.Standalone;
import io.holdfast.wire.Contract;
import io.holdfast.wire.Message;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What agents would say. */
public final class Reports {
  private static final long LIMIT_S = 30;

  private Reports() {}

  /** As it is produced. */
  public static byte[] encode(Standalone standalone, String id, Report report) {
    return standalone
        .codec()
        .encode(Contract.REPORTS, new Message<>(new ReportMeta(id, "bench"), report));
  }

  /** Produces a report; returns when the broker has it. */
  public static void send(Standalone standalone, String network, byte[] report) {
    standalone.allocator().report(network, report).orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
  }

  /** Nodes are there; returns when the allocator knows. */
  public static void nodesUp(Standalone standalone, Script script, String... nodes) {
    for (String node : nodes) {
      Report heartbeat = new Report.NodeHeartbeat(node, "boot-1");
      send(standalone, script.network(), encode(standalone, node, heartbeat));
      script.heard(heartbeat);
      if (!standalone
          .allocator()
          .await(
              script.network(),
              view -> view.state().nodes().get(node) != null,
              Duration.ofSeconds(LIMIT_S))) {
        throw new IllegalStateException("node " + node + " is not known yet");
      }
    }
  }
}
