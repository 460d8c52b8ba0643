package io.holdfast.agent.linux;

import io.holdfast.agent.driver.DriverException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs nft in a gateway's namespace. What it is given in one run is done all or none. */
final class Nft {
  private final Path namespace;

  Nft(Path namespace) {
    this.namespace = namespace;
  }

  /** Commands in nft's own language. */
  void run(String what, String commands) throws DriverException {
    execute(what, List.of("-f", "-"), commands.getBytes(StandardCharsets.UTF_8));
  }

  /** Commands in JSON, as in libnftables-json(5). */
  void runJson(String what, byte[] commands) throws DriverException {
    execute(what, List.of("-j", "-f", "-"), commands);
  }

  private void execute(String what, List<String> arguments, byte[] input) throws DriverException {
    List<String> command = new ArrayList<>(List.of("nsenter", "--net=" + namespace, "nft"));
    command.addAll(arguments);
    Command.run(what, command, input);
  }
}
