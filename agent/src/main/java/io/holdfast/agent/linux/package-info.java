/**
 * A NAT gateway in a Linux network namespace: addresses by rtnetlink, rules in one nftables table,
 * conntrack, announcements. May use {@link io.holdfast.agent.driver} and the domain's words,
 * nothing else of the agent.
 */
@NullMarked
package io.holdfast.agent.linux;

import org.jspecify.annotations.NullMarked;
