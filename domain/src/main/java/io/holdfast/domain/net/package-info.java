/**
 * Addresses, prefixes, ranges and sets of them, IPv4 and IPv6 alike. Knows nothing of pools or
 * EIPs.
 */
@NullMarked
package io.holdfast.domain.net;

import org.jspecify.annotations.NullMarked;
