package io.holdfast.domain.state;

import io.holdfast.domain.net.IpAddress;

/**
 * Index of what a gateway carries or may carry: what is being withdrawn first, then what is wanted,
 * by address.
 *
 * @param rule the rule's id, empty for the address itself
 */
public record CarriedKey(String gateway, boolean wanted, IpAddress ip, String rule)
    implements Comparable<CarriedKey> {

  /** Where the items of a gateway that are (not) wanted begin. */
  public static CarriedKey first(String gateway, boolean wanted) {
    return new CarriedKey(gateway, wanted, IpAddress.LOWEST, "");
  }

  /** Where they end (excluded). */
  public static CarriedKey last(String gateway, boolean wanted) {
    return new CarriedKey(gateway, wanted, IpAddress.HIGHEST, TableId.LAST_NAME);
  }

  /** Where the items of one address that are (not) wanted on a gateway begin. */
  public static CarriedKey first(String gateway, boolean wanted, IpAddress ip) {
    return new CarriedKey(gateway, wanted, ip, "");
  }

  /** Where they end (excluded). */
  public static CarriedKey last(String gateway, boolean wanted, IpAddress ip) {
    return new CarriedKey(gateway, wanted, ip, TableId.LAST_NAME);
  }

  public boolean isAddress() {
    return rule.isEmpty();
  }

  @Override
  public int compareTo(CarriedKey other) {
    int byGateway = gateway.compareTo(other.gateway);
    if (byGateway != 0) {
      return byGateway;
    }
    int byWanted = Boolean.compare(wanted, other.wanted);
    if (byWanted != 0) {
      return byWanted;
    }
    int byIp = ip.compareTo(other.ip);
    return byIp != 0 ? byIp : rule.compareTo(other.rule);
  }
}
