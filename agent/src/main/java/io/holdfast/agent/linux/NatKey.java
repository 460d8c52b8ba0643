package io.holdfast.agent.linux;

import io.holdfast.domain.model.Protocol;
import io.holdfast.domain.net.IpAddress;

/**
 * What an element is found by.
 *
 * @param ip address, or the first one of the prefix
 * @param protocol of a DNAT rule, else UNKNOWN
 * @param port of a DNAT rule, else 0
 */
record NatKey(NatMap map, IpAddress ip, Protocol protocol, int port) {
  static NatKey of(NatMap map, IpAddress ip) {
    return new NatKey(map, ip, Protocol.UNKNOWN, 0);
  }
}
