package io.holdfast.agent.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where a gateway lives on this node.
 *
 * @param namespace file of its network namespace, for instance {@code /run/netns/gw1}
 * @param external interface that carries the addresses
 * @param internal interface towards the hosts inside
 * @param table name of its nftables tables
 * @param conflictWait how long an answer to the question "has anybody this address?" is waited for
 *     before the address is put on the interface; zero: it is not asked
 */
public record LinuxGateway(
    Path namespace, String external, String internal, String table, Duration conflictWait) {
  private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9._-]{1,15}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  public LinuxGateway {
    check("external", external, INTERFACE, "1 to 15 letters, digits, '.', '_', '-'");
    check("internal", internal, INTERFACE, "1 to 15 letters, digits, '.', '_', '-'");
    if (external.equals(internal)) {
      throw new IllegalArgumentException(
          "internal '" + internal + "' is the external interface too; allowed: another one");
    }
    if (conflictWait.isNegative() || conflictWait.toSeconds() > 10) {
      throw new IllegalArgumentException(
          "conflictWait " + conflictWait + " is not allowed; allowed: 0 to 10 s");
    }
  }

  /** The table's name of a network's gateway. */
  public static String table(String network, String gateway) {
    check("network", network, NAME, "1 to 100 letters, digits, '.', '_', '-'");
    check("gateway", gateway, NAME, "1 to 100 letters, digits, '.', '_', '-'");
    return "holdfast/" + network + "/" + gateway;
  }

  private static void check(String field, String value, Pattern pattern, String allowed) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(
          field + " '" + value + "' is not allowed; allowed: " + allowed);
    }
  }
}
