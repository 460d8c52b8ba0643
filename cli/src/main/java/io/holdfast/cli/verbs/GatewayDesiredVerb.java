package io.holdfast.cli.verbs;

import io.holdfast.cli.client.HoldfastClient;
import io.holdfast.cli.session.ExitCode;
import io.holdfast.cli.session.Session;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast gateway desired}. */
@Command(
    name = "desired",
    description = "What a gateway's instance is told to carry.",
    footer = {"", "Example:", "  holdfast gateway desired gw-1 --node node-1"})
final class GatewayDesiredVerb extends VerbGroup implements Callable<Integer> {
  @Parameters(paramLabel = "GATEWAY", description = "Its name.")
  @SuppressWarnings("NullAway.Init") // required, so picocli sets it
  private String gateway;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description = "As the instance on this node is told; else the node it runs on now.")
  private @Nullable String node;

  @Override
  public Integer call() {
    Session s = session();
    try (HoldfastClient client = s.client()) {
      String asked = node;
      if (asked == null) {
        asked = client.get(s.query("gateways", gateway)).path("node").asText("");
      }
      if (asked.isEmpty()) {
        s.terminal()
            .err()
            .println("holdfast: " + gateway + " runs on no node now; ask for one by --node");
        return ExitCode.FAILED;
      }
      client
          .desired(s.network(), gateway, asked, null, Duration.ZERO)
          .ifPresent(d -> s.show(d.document(), s.views().gateways()::desired));
      return ExitCode.DONE;
    }
  }
}
