package io.holdfast.agent.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a namespace must be set to for a gateway to work. To be used in a thread that is in it. */
final class Sysctls {
  private static final Path ROOT = Path.of("/proc/sys/net");

  private Sysctls() {}

  static boolean apply(LinuxGateway gateway) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("ipv4/ip_forward", "1");
    values.put("ipv6/conf/all/forwarding", "1");
    // Without it the kernel takes all addresses of a prefix down with the first one.
    values.put("ipv4/conf/" + gateway.external() + "/promote_secondaries", "1");
    // An address is answered for on its own interface only.
    values.put("ipv4/conf/" + gateway.external() + "/arp_ignore", "1");
    values.put("ipv4/conf/" + gateway.internal() + "/arp_ignore", "1");
    for (Map.Entry<String, String> value : values.entrySet()) {
      Path file = ROOT.resolve(value.getKey());
      if (!Files.exists(file)) {
        continue; // no IPv6 in this kernel
      }
      if (!Files.readString(file).strip().equals(value.getValue())) {
        Files.writeString(file, value.getValue());
      }
    }
    return true;
  }
}
