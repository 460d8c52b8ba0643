package io.holdfast.agent.linux;

import io.holdfast.domain.net.IpAddress;

/**
 * What an element leads to.
 *
 * @param port of a DNAT rule, else 0
 */
record NatValue(IpAddress ip, int port) {}
