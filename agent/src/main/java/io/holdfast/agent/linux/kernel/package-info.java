/**
 * Talks to the Linux kernel without a process per call: sockets of a network namespace, netlink
 * messages, raw frames. Knows nothing of Holdfast but its addresses.
 */
@NullMarked
package io.holdfast.agent.linux.kernel;

import org.jspecify.annotations.NullMarked;
