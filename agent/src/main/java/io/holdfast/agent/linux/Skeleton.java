package io.holdfast.agent.linux;

/**
 * The tables of a gateway without its rules, in nft's own language. Which way a packet goes is
 * written here once; rules are elements of maps, and looked up in one step.
 */
final class Skeleton {
  private Skeleton() {}

  /** Makes both tables, empty, the gate closed. */
  static String create(LinuxGateway gateway, String instance) {
    return """
    table inet TABLE {
      set instance {
        type ifname
        elements = { "EXTERNAL" comment "INSTANCE" }
      }
      map fip_in4 { type ipv4_addr : ipv4_addr; }
      map fip_in6 { type ipv6_addr : ipv6_addr; }
      map fip_out4 { type ipv4_addr : ipv4_addr; }
      map fip_out6 { type ipv6_addr : ipv6_addr; }
      map dnat4 { type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }
      map dnat6 { type ipv6_addr . inet_proto . inet_service : ipv6_addr . inet_service; }
      chain prerouting { type nat hook prerouting priority dstnat; policy accept; }
      chain prefixes { }
      chain source { }
      chain postrouting { type nat hook postrouting priority srcnat; policy accept; }
    }
    table netdev TABLE {
      set eip4 { type ipv4_addr; }
      set eip6 { type ipv6_addr; }
      set lease_a { type ifname; flags timeout; }
      set lease_b { type ifname; flags timeout; }
      set use_a { type ifname; }
      set use_b { type ifname; }
      chain external_in {
        type filter hook ingress device "EXTERNAL" priority -500; policy accept;
      }
      chain external_out {
        type filter hook egress device "EXTERNAL" priority -500; policy accept;
      }
      chain internal_in {
        type filter hook ingress device "INTERNAL" priority -500; policy accept;
      }
    }
    """
            .replace("TABLE", gateway.table())
            .replace("EXTERNAL", gateway.external())
            .replace("INTERNAL", gateway.internal())
            .replace("INSTANCE", instance)
        + rules(gateway);
  }

  /** The rules of all chains but those of prefixes, anew. */
  static String rules(LinuxGateway gateway) {
    return """
    flush chain inet TABLE prerouting
    flush chain inet TABLE source
    flush chain inet TABLE postrouting
    flush chain netdev TABLE external_in
    flush chain netdev TABLE external_out
    flush chain netdev TABLE internal_in
    table inet TABLE {
      chain prerouting {
        iifname != { "EXTERNAL", "INTERNAL" } accept comment "holdfast"
        dnat ip to ip daddr . meta l4proto . th dport map @dnat4 comment "holdfast"
        dnat ip6 to ip6 daddr . meta l4proto . th dport map @dnat6 comment "holdfast"
        dnat ip to ip daddr map @fip_in4 comment "holdfast"
        dnat ip6 to ip6 daddr map @fip_in6 comment "holdfast"
      }
      chain source {
        snat ip to ip saddr map @fip_out4 comment "holdfast"
        snat ip6 to ip6 saddr map @fip_out6 comment "holdfast"
        jump prefixes comment "holdfast"
      }
      chain postrouting {
        iifname != "INTERNAL" accept comment "holdfast"
        oifname "EXTERNAL" goto source comment "holdfast"
        oifname "INTERNAL" ct status dnat goto source comment "holdfast: inside to an EIP of this gateway"
      }
    }
    table netdev TABLE {
      chain external_in {
        arp daddr ip ANCHOR drop comment "holdfast: is there to keep the routes"
        iifname @lease_a iifname @use_a accept comment "holdfast"
        iifname @lease_b iifname @use_b accept comment "holdfast"
        ip daddr @eip4 drop comment "holdfast"
        arp daddr ip @eip4 drop comment "holdfast"
        ip6 daddr @eip6 drop comment "holdfast"
      }
      chain external_out {
        oifname @lease_a oifname @use_a accept comment "holdfast"
        oifname @lease_b oifname @use_b accept comment "holdfast"
        ip saddr @eip4 drop comment "holdfast"
        arp saddr ip @eip4 drop comment "holdfast"
        ip6 saddr @eip6 drop comment "holdfast: neighbour advertisements too"
      }
      chain internal_in {
        iifname @lease_a iifname @use_a accept comment "holdfast"
        iifname @lease_b iifname @use_b accept comment "holdfast"
        ip daddr @eip4 drop comment "holdfast"
        ip6 daddr @eip6 drop comment "holdfast"
      }
    }
    """
        .replace("TABLE", gateway.table())
        .replace("ANCHOR", Addresses.ANCHOR.toString())
        .replace("EXTERNAL", gateway.external())
        .replace("INTERNAL", gateway.internal());
  }

  /** Removes the rules and the mark, whether they are there or not. */
  static String removeRules(String table) {
    return remove("inet", table);
  }

  /** Removes the gate, whether it is there or not. */
  static String removeGate(String table) {
    return remove("netdev", table);
  }

  private static String remove(String family, String table) {
    return """
    table FAMILY TABLE { }
    delete table FAMILY TABLE
    """
        .replace("FAMILY", family)
        .replace("TABLE", table);
  }
}
