package io.holdfast.agent.linux;

import io.holdfast.agent.driver.DriverException;
import io.holdfast.domain.net.IpAddress;
import io.holdfast.domain.net.IpFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes what is missing of a gateway's namespace, and leaves alone what is there. */
final class NamespaceMaker {
  private static final Path NAMED = Path.of("/run/netns");

  private final LinuxGateway gateway;
  private final LinuxOptions.Creation creation;

  NamespaceMaker(LinuxGateway gateway, LinuxOptions.Creation creation) {
    this.gateway = gateway;
    this.creation = creation;
  }

  void make() throws DriverException {
    Path file = gateway.namespace();
    if (!NAMED.equals(file.getParent())) {
      throw new DriverException(
          "make namespace " + file, "only one with a name in " + NAMED + " can be made");
    }
    String name = file.getFileName().toString();
    if (!Files.exists(file)) {
      ip("netns", "add", name);
    }
    ip("-n", name, "link", "set", "lo", "up");
    link(name, gateway.external(), creation.externalParent());
    link(name, gateway.internal(), creation.internalParent());
    for (String address : creation.internalAddresses()) {
      ip("-n", name, "addr", "replace", address, "dev", gateway.internal());
    }
    for (IpAddress router : creation.routers()) {
      String family = router.family() == IpFamily.V4 ? "-4" : "-6";
      // On-link: without an EIP there is no address of the router's prefix on the interface.
      ip(
          "-n",
          name,
          family,
          "route",
          "replace",
          "default",
          "via",
          router.toString(),
          "dev",
          gateway.external(),
          "onlink");
    }
  }

  private void link(String namespace, String name, String parent) throws DriverException {
    if (!exists(namespace, name)) {
      ip(
          "link", "add", "link", parent, "name", name, "netns", namespace, "type", "macvlan",
          "mode", "bridge");
    }
    ip("-n", namespace, "link", "set", name, "up");
  }

  private static boolean exists(String namespace, String link) throws DriverException {
    byte[] all =
        Command.run(
            "list interfaces of " + namespace,
            List.of("ip", "-n", namespace, "-o", "link", "show"),
            new byte[0]);
    return new String(all, java.nio.charset.StandardCharsets.UTF_8)
        .lines()
        .anyMatch(line -> line.matches("\\d+: " + java.util.regex.Pattern.quote(link) + "[@:].*"));
  }

  private static void ip(String... arguments) throws DriverException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Command.run(String.join(" ", command), command, new byte[0]);
  }
}
