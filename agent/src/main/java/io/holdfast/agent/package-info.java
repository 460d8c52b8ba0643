/**
 * The node agent: makes a node's gateways what the service wants them to be, looks at what they
 * really are, and says so. It keeps nothing it cannot lose. May use the domain's words, never the
 * allocator.
 */
@NullMarked
package io.holdfast.agent;

import org.jspecify.annotations.NullMarked;
